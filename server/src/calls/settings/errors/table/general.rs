//! Codes that other calls to Meta may bring too.

use super::{Row, words};

/// In order.
pub(super) const TABLE: &[Row] = &[
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
];
