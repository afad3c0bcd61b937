//! The plain words for Meta's codes, in both languages: what happened, and what to do.

/// One line of the table: the codes it speaks of, English, Russian.
pub(super) struct Words {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) english: &'static str,
    pub(super) russian: &'static str,
    /// Meta's own words follow, because the code alone says too little.
    pub(super) with_details: bool,
}

const fn words(from: i64, to: i64, english: &'static str, russian: &'static str) -> Words {
    Words {
        from,
        to,
        english,
        russian,
        with_details: false,
    }
}

const fn detailed(from: i64, to: i64, english: &'static str, russian: &'static str) -> Words {
    Words {
        from,
        to,
        english,
        russian,
        with_details: true,
    }
}

const RECONNECT: (&str, &str) = (
    "WhatsApp no longer accepts the access token. An administrator has to connect WhatsApp again.",
    "WhatsApp больше не принимает ключ доступа. Администратор должен подключить WhatsApp заново.",
);
const PERMISSION: (&str, &str) = (
    "The access token lacks a permission. An administrator has to reconnect WhatsApp and grant messaging and management.",
    "У ключа доступа не хватает прав. Администратор должен подключить WhatsApp заново и разрешить сообщения и управление.",
);
const TEMPORARY: (&str, &str) = (
    "Meta has a temporary fault. The message is sent again automatically.",
    "Временный сбой на стороне Meta. Сообщение будет отправлено повторно автоматически.",
);
const DELAYED: (&str, &str) = (
    "Too many requests to Meta at once. The message is delayed and sent automatically.",
    "Слишком много запросов к Meta. Сообщение задержано и будет отправлено автоматически.",
);
const BILLING: (&str, &str) = (
    "Meta refuses because of a payment problem. An administrator has to check billing in Meta Business Settings.",
    "Meta отказывает из-за проблемы с оплатой. Администратору нужно проверить оплату в настройках компании Meta.",
);
const NUMBER_GONE: (&str, &str) = (
    "This business number is not registered at Meta. An administrator has to register it again.",
    "Этот номер компании не зарегистрирован в Meta. Администратор должен зарегистрировать его снова.",
);
const TECHNICAL: (&str, &str) = (
    "Meta rejected the request as wrong. Please tell the administrator.",
    "Meta отклонила запрос как неверный. Сообщите администратору.",
);

/// The codes an operator can meet. Unknown ones show Meta's own words.
pub(super) const TABLE: &[Words] = &[
    words(0, 0, RECONNECT.0, RECONNECT.1),
    words(1, 2, TEMPORARY.0, TEMPORARY.1),
    words(3, 3, PERMISSION.0, PERMISSION.1),
    words(4, 4, DELAYED.0, DELAYED.1),
    words(10, 10, PERMISSION.0, PERMISSION.1),
    words(17, 17, DELAYED.0, DELAYED.1),
    words(32, 32, DELAYED.0, DELAYED.1),
    words(33, 33, NUMBER_GONE.0, NUMBER_GONE.1),
    detailed(100, 100, TECHNICAL.0, TECHNICAL.1),
    words(102, 102, RECONNECT.0, RECONNECT.1),
    words(104, 104, RECONNECT.0, RECONNECT.1),
    words(190, 190, RECONNECT.0, RECONNECT.1),
    words(200, 299, PERMISSION.0, PERMISSION.1),
    words(341, 341, DELAYED.0, DELAYED.1),
    words(
        368,
        368,
        "Meta has blocked this business account for now. An administrator finds the reason in Business Support Home.",
        "Meta временно заблокировала аккаунт компании. Причина указана в центре поддержки Meta для бизнеса.",
    ),
    words(613, 613, DELAYED.0, DELAYED.1),
    words(80_007, 80_007, DELAYED.0, DELAYED.1),
    words(
        130_403,
        130_403,
        "This customer is on the block list. Unblock the customer to write again.",
        "Клиент в списке заблокированных. Чтобы писать ему, снимите блокировку.",
    ),
    words(130_429, 130_429, DELAYED.0, DELAYED.1),
    words(
        130_472,
        130_472,
        "Meta did not deliver this message because the customer is part of an experiment. Wait until the customer writes.",
        "Meta не доставила сообщение: клиент участвует в эксперименте. Дождитесь, пока клиент напишет сам.",
    ),
    words(
        130_497,
        130_497,
        "Meta does not allow this business to write to customers in this country.",
        "Meta не разрешает компании писать клиентам в этой стране.",
    ),
    words(131_000, 131_000, TEMPORARY.0, TEMPORARY.1),
    words(131_005, 131_005, PERMISSION.0, PERMISSION.1),
    detailed(131_008, 131_009, TECHNICAL.0, TECHNICAL.1),
    words(131_016, 131_016, TEMPORARY.0, TEMPORARY.1),
    words(
        131_021,
        131_021,
        "The business cannot write to its own number.",
        "Нельзя отправить сообщение на собственный номер компании.",
    ),
    words(
        131_026,
        131_026,
        "The message cannot be delivered: the number is not on WhatsApp, or the customer's WhatsApp is too old. Use another channel.",
        "Сообщение нельзя доставить: номера нет в WhatsApp или у клиента старая версия приложения. Свяжитесь другим способом.",
    ),
    words(
        131_030,
        131_030,
        "This is a test number, and the customer is not on its list of allowed recipients. Add the number in Meta's App Dashboard.",
        "Это тестовый номер, а клиента нет в списке разрешённых получателей. Добавьте номер в панели приложения Meta.",
    ),
    words(
        131_031,
        131_031,
        "Meta has locked the WhatsApp Business account. An administrator has to clear it up with Meta.",
        "Meta заблокировала аккаунт WhatsApp Business. Администратор должен решить вопрос с Meta.",
    ),
    words(
        131_037,
        131_037,
        "Meta has not approved the display name of this number. An administrator has to correct it.",
        "Meta не утвердила отображаемое имя этого номера. Администратор должен его исправить.",
    ),
    words(131_042, 131_042, BILLING.0, BILLING.1),
    words(131_044, 131_044, BILLING.0, BILLING.1),
    words(131_045, 131_045, NUMBER_GONE.0, NUMBER_GONE.1),
    words(
        131_047,
        131_047,
        "The 24-hour window is closed: more than 24 hours have passed since the customer last wrote. Send a template; when the customer answers, you can write freely again.",
        "24-часовое окно закрыто: с последнего сообщения клиента прошло больше 24 часов. Отправьте шаблон; когда клиент ответит, можно будет писать свободно.",
    ),
    words(
        131_048,
        131_048,
        "Meta limits this number because too many customers marked its messages as spam. Pause sending for some hours.",
        "Meta ограничила номер: слишком много клиентов пожаловались на спам. Приостановите рассылку на несколько часов.",
    ),
    words(
        131_049,
        131_049,
        "Meta chose not to deliver this message, to keep the customer from too much advertising. Do not send it again today.",
        "Meta решила не доставлять это сообщение, чтобы у клиента не было слишком много рекламы. Не отправляйте его сегодня повторно.",
    ),
    words(
        131_050,
        131_050,
        "The customer does not want marketing messages from this business. Do not send any.",
        "Клиент отказался от рекламных сообщений компании. Не отправляйте их.",
    ),
    words(
        131_051,
        131_051,
        "WhatsApp does not pass on messages of this type. Ask the customer to send it another way.",
        "WhatsApp не передаёт сообщения такого типа. Попросите клиента отправить это иначе.",
    ),
    words(
        131_052,
        131_052,
        "The customer's file could not be fetched. Ask the customer to send it another way.",
        "Не удалось получить файл клиента. Попросите отправить его другим способом.",
    ),
    detailed(
        131_053,
        131_053,
        "WhatsApp did not take the file. Send it in another format.",
        "WhatsApp не принял файл. Отправьте его в другом формате.",
    ),
    detailed(131_055, 131_055, TECHNICAL.0, TECHNICAL.1),
    words(131_056, 131_057, DELAYED.0, DELAYED.1),
    words(
        131_060,
        131_060,
        "This message is not available to programs. It can be read in the WhatsApp app on the phone.",
        "Это сообщение недоступно программам. Его можно прочитать в приложении WhatsApp на телефоне.",
    ),
    words(
        131_062,
        131_062,
        "This kind of message needs the customer's phone number, which is not known.",
        "Для такого сообщения нужен номер телефона клиента, а он неизвестен.",
    ),
    words(
        131_063,
        131_063,
        "Marketing templates are switched off for this account. Use the Marketing Messages API.",
        "Рекламные шаблоны для этого аккаунта отключены. Используйте Marketing Messages API.",
    ),
    words(
        131_064,
        131_064,
        "The messaging limit is reached because a template has the wrong category. Correct the category.",
        "Достигнут предел отправки: у шаблона неверная категория. Исправьте категорию.",
    ),
    detailed(
        132_000,
        132_000,
        "The number of values does not fit the template. Check the template's variables.",
        "Число значений не подходит к шаблону. Проверьте переменные шаблона.",
    ),
    words(
        132_001,
        132_001,
        "There is no approved template with this name and language. Choose another template.",
        "Нет утверждённого шаблона с таким именем и языком. Выберите другой шаблон.",
    ),
    words(
        132_005,
        132_005,
        "The template's text is too long with these values. Shorten them.",
        "С этими значениями текст шаблона слишком длинный. Сократите их.",
    ),
    words(
        132_007,
        132_007,
        "The template's text breaks WhatsApp's policy. Change the template or the values.",
        "Текст шаблона нарушает правила WhatsApp. Измените шаблон или значения.",
    ),
    detailed(
        132_008,
        132_012,
        "A value does not fit the template. Correct the values.",
        "Значение не подходит к шаблону. Исправьте значения.",
    ),
    words(
        132_015,
        132_015,
        "Meta has paused this template because of low quality. Wait or change it.",
        "Meta приостановила шаблон из-за низкого качества. Подождите или измените его.",
    ),
    words(
        132_016,
        132_016,
        "Meta has disabled this template for good. Create a new one.",
        "Meta навсегда отключила этот шаблон. Создайте новый.",
    ),
    words(133_010, 133_010, NUMBER_GONE.0, NUMBER_GONE.1),
    words(
        137_000,
        137_000,
        "The customer's identity has changed since it was last confirmed. Confirm it before sending.",
        "Идентификация клиента изменилась. Подтвердите её перед отправкой.",
    ),
];
