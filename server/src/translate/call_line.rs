//! A call nobody took, as a line in the operator's chat.

use super::{Language, literal};
use time::OffsetDateTime;

/// `14:05 UTC`; the portal shows its own time beside the line.
fn clock(at: i64) -> String {
    OffsetDateTime::from_unix_timestamp(at).map_or_else(
        |_| String::new(),
        |at| format!("{:02}:{:02} UTC", at.hour(), at.minute()),
    )
}

/// A red line about a missed call. `at` is unix seconds.
pub fn missed_call_line(at: i64, language: Language) -> String {
    let lead = language.pick("Missed WhatsApp call,", "Пропущенный звонок в WhatsApp,");
    format!("[color=#ff0000]{lead} {}[/color]", clock(at))
}

/// A red line about a call that failed; `why` in Meta's words or ours.
pub fn failed_call_line(at: i64, why: &str, language: Language) -> String {
    let lead = language.pick(
        "A WhatsApp call of the customer failed,",
        "Звонок клиента в WhatsApp не состоялся,",
    );
    let text = format!("{lead} {}. {}", clock(at), literal(why));
    format!("[color=#ff0000]{}[/color]", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_told_and_brackets_do_nothing() {
        let missed = missed_call_line(1_785_312_300, Language::Russian);
        assert_eq!(
            missed,
            "[color=#ff0000]Пропущенный звонок в WhatsApp, 08:05 UTC[/color]"
        );
        let failed = failed_call_line(1_785_312_300, "[b]x[/b]", Language::English);
        assert!(!failed.contains("[b]"), "{failed}");
        assert!(failed.contains("08:05 UTC"), "{failed}");
    }
}
