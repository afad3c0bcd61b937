//! The words, code by code: what it means, what to do.

use super::words::{Words, words};

const CLIENT_LATER: (&str, &str) = ("Try again later.", "Повторите позже.");

/// First and last code, and their words; in order.
pub(super) const TABLE: &[(i64, i64, Words)] = &[
    (
        100,
        100,
        words(
            (
                "Meta does not take one of the settings.",
                "Look at Meta's words above: mostly it is the server's name, the hours or the time zone. Correct it and save again.",
            ),
            (
                "Meta не принимает одну из настроек.",
                "Посмотрите слова Meta выше: чаще всего дело в имени сервера, часах или часовом поясе. Исправьте и сохраните снова.",
            ),
        ),
    ),
    (
        613,
        613,
        words(
            (
                "Meta was asked too often.",
                "Wait a few seconds and try again.",
            ),
            (
                "Слишком частые запросы к Meta.",
                "Подождите несколько секунд и повторите.",
            ),
        ),
    ),
    (
        131_009,
        131_009,
        words(
            (
                "Calls are not supported for this number.",
                "A call button cannot be used in this country. Remove it from the message.",
            ),
            (
                "Звонки для этого номера не поддерживаются.",
                "Кнопка звонка в этой стране недоступна. Уберите её из сообщения.",
            ),
        ),
    ),
    (
        131_055,
        131_055,
        words(
            (
                "Calls through the Graph API are not possible while SIP is on.",
                "Call from your telephone server, or switch SIP off.",
            ),
            (
                "Пока SIP включён, звонить через Graph API нельзя.",
                "Звоните со своей АТС или выключите SIP.",
            ),
        ),
    ),
    (
        138_000,
        138_000,
        words(
            (
                "Calling is not enabled for this number.",
                "Switch Calling on and save.",
            ),
            (
                "Звонки для этого номера не включены.",
                "Включите звонки и сохраните.",
            ),
        ),
    ),
    (
        138_001,
        138_001,
        words(
            (
                "The customer cannot take WhatsApp calls: no WhatsApp, new terms not accepted, or an app that is too old.",
                "Write to the customer, or call an ordinary number.",
            ),
            (
                "Клиент не может принять звонок: нет WhatsApp, не приняты новые условия или приложение устарело.",
                "Напишите клиенту или позвоните на обычный номер.",
            ),
        ),
    ),
    (
        138_002,
        138_002,
        words(
            (
                "All 1,000 simultaneous calls of this number are in use.",
                "Try again when some of them have ended.",
            ),
            (
                "Заняты все 1000 одновременных звонков этого номера.",
                "Повторите, когда часть из них закончится.",
            ),
        ),
    ),
    (
        138_003,
        138_003,
        words(
            (
                "A call with this customer is going on already.",
                "End that call first.",
            ),
            (
                "С этим клиентом уже идёт разговор.",
                "Сначала завершите его.",
            ),
        ),
    ),
    (
        138_004,
        138_004,
        words(
            (
                "Meta could not connect the call.",
                "Try once more. If it stays so, check SRTP mode and codecs, then ask Meta's support with the trace id.",
            ),
            (
                "Meta не смогла соединить звонок.",
                "Повторите один раз. Если не помогло, проверьте режим SRTP и кодеки, затем обратитесь в поддержку Meta с trace id.",
            ),
        ),
    ),
    (
        138_005,
        138_005,
        words(
            ("Calls are started too fast.", "Start fewer calls a second."),
            (
                "Звонки начинаются слишком часто.",
                "Начинайте меньше звонков в секунду.",
            ),
        ),
    ),
    (
        138_006,
        138_006,
        words(
            (
                "The customer has not allowed calls.",
                "Ask for permission on the Calls page and wait for the answer.",
            ),
            (
                "Клиент не разрешил звонить.",
                "Запросите разрешение на странице «Звонки» и дождитесь ответа.",
            ),
        ),
    ),
    (
        138_007,
        138_007,
        words(
            (
                "The connection was not made in time.",
                "Check how fast your telephone server answers, and that nothing delays its media.",
            ),
            (
                "Соединение не установлено вовремя.",
                "Проверьте, быстро ли отвечает ваша АТС и не задерживается ли её звук.",
            ),
        ),
    ),
    (
        138_009,
        138_009,
        words(
            (
                "The limit of requests for permission is reached: one a day and two a week for each customer.",
                "Wait for the day the Calls page shows. A call that is answered resets the limit.",
            ),
            (
                "Достигнут предел запросов разрешения: один в сутки и два в неделю на клиента.",
                "Подождите до дня, указанного на странице «Звонки». Состоявшийся разговор сбрасывает предел.",
            ),
        ),
    ),
    (
        138_011,
        138_011,
        words(
            (
                "There is no conversation with this customer yet.",
                "Send a message or a template first, then ask for permission.",
            ),
            (
                "Переписки с этим клиентом ещё не было.",
                "Сначала отправьте сообщение или шаблон, затем запрашивайте разрешение.",
            ),
        ),
    ),
    (
        138_012,
        138_012,
        words(
            (
                "This customer has been called as often as Meta allows in 24 hours.",
                "Meta's words name the time from which it is possible again.",
            ),
            (
                "Этому клиенту уже звонили столько раз, сколько Meta разрешает за сутки.",
                "В словах Meta указано, когда снова можно позвонить.",
            ),
        ),
    ),
    (
        138_013,
        138_013,
        words(
            (
                "The business may not call first from a number of this country.",
                "Customers can call you; outgoing calls are not possible with this number.",
            ),
            (
                "С номера этой страны компания не может звонить первой.",
                "Клиенты звонить могут; исходящие с этого номера невозможны.",
            ),
        ),
    ),
    (
        138_014,
        138_014,
        words(
            (
                "Meta has switched calling off for a while because customers complained.",
                "Wait until the restriction ends, mostly seven days. Call only those who expect it.",
            ),
            (
                "Meta временно отключила звонки: клиенты жаловались.",
                "Дождитесь конца ограничения, обычно семь дней. Звоните только тем, кто этого ждёт.",
            ),
        ),
    ),
    (
        138_015,
        138_015,
        words(
            (
                "Calling cannot be enabled: the messaging limit of the business is below 2,000.",
                "Raise the limit: verify the business at Meta, keep the quality high and write to more customers. Then save again.",
            ),
            (
                "Звонки не включить: лимит сообщений компании ниже 2000.",
                "Поднимите лимит: пройдите проверку компании в Meta, держите качество и пишите большему числу клиентов. Затем сохраните снова.",
            ),
        ),
    ),
    (
        138_017,
        138_017,
        words(
            (
                "The customer has already allowed calls for good.",
                "Just call; no request is needed.",
            ),
            (
                "Клиент уже разрешил звонки навсегда.",
                "Просто звоните; запрос не нужен.",
            ),
        ),
    ),
    (
        138_018,
        138_018,
        words(
            (
                "Meta sees nobody who would take the calls: no telephone server, and no app subscribed to calls.",
                "Switch SIP on with your server's address in the same form, or subscribe your Meta app to the field calls.",
            ),
            (
                "Meta не видит, кто примет звонки: нет ни АТС, ни приложения, подписанного на звонки.",
                "Включите в этой же форме SIP и укажите адрес сервера или подпишите приложение Meta на поле calls.",
            ),
        ),
    ),
    (
        138_019,
        138_019,
        words(
            (
                "The customer's app could not set the call up.",
                CLIENT_LATER.0,
            ),
            (
                "Приложение клиента не смогло установить звонок.",
                CLIENT_LATER.1,
            ),
        ),
    ),
    (
        138_020,
        138_020,
        words(
            (
                "The customer's app could not reach Meta's relay.",
                CLIENT_LATER.0,
            ),
            (
                "Приложение клиента не смогло связаться с узлом Meta.",
                CLIENT_LATER.1,
            ),
        ),
    ),
    (
        138_021,
        138_021,
        words(
            (
                "The customer heard nothing for a long time: your server's sound does not arrive.",
                "Check firewall and NAT of your server's RTP ports, and that its SRTP mode is the one chosen here.",
            ),
            (
                "Клиент долго ничего не слышал: звук вашей АТС не доходит.",
                "Проверьте межсетевой экран и NAT для портов RTP и то, что режим SRTP на АТС такой же, как здесь.",
            ),
        ),
    ),
    (
        138_022,
        138_022,
        words(
            (
                "No sound came from the customer for a long time.",
                "Mostly it is the customer's network. Try again later.",
            ),
            (
                "От клиента долго не было звука.",
                "Чаще всего дело в сети клиента. Повторите позже.",
            ),
        ),
    ),
    (
        138_023,
        138_023,
        words(
            (
                "The call was answered, but no sound could be agreed on.",
                "Check the SRTP mode: with DTLS your server needs ICE, with SDES it does not.",
            ),
            (
                "На звонок ответили, но о звуке договориться не удалось.",
                "Проверьте режим SRTP: при DTLS серверу нужен ICE, при SDES нет.",
            ),
        ),
    ),
    (
        138_024,
        138_024,
        words(
            (
                "SIP is not enabled for this number.",
                "Switch SIP on and save.",
            ),
            (
                "SIP для этого номера не включён.",
                "Включите SIP и сохраните.",
            ),
        ),
    ),
    (
        138_025,
        138_025,
        words(
            (
                "Meta has no telephone server of this app for the number.",
                "Save the SIP settings here: they are written with this app's token.",
            ),
            (
                "У этого приложения в Meta нет сервера АТС для номера.",
                "Сохраните настройки SIP здесь: они запишутся с токеном этого приложения.",
            ),
        ),
    ),
];
