//! An error in plain words for the operator.

use super::GraphError;
use super::words::{TABLE, Words};
use crate::translate::Language;

/// What happened and what to do, in the operator's language, ending with Meta's code.
///
/// An unknown code shows Meta's own words. No token stands in it, and no BB code of ours.
pub fn explain(error: &GraphError, language: Language) -> String {
    let known = error.code.and_then(found);
    let own = error.own_words();
    let said = match (known, own) {
        (Some(words), Some(own)) if words.with_details => {
            format!("{} {own}", pick(words, language))
        }
        (Some(words), _) => pick(words, language).to_owned(),
        (None, Some(own)) => {
            format!(
                "{} {own}",
                language.pick("WhatsApp reports:", "WhatsApp сообщает:")
            )
        }
        (None, None) => language
            .pick(
                "WhatsApp reports an error without words.",
                "WhatsApp сообщает об ошибке без пояснений.",
            )
            .to_owned(),
    };
    match (error.code, error.http) {
        (Some(code), _) => format!("{said} ({code})"),
        (None, Some(http)) => format!("{said} (HTTP {http})"),
        (None, None) => said,
    }
}

/// What [`explain`] said in English, in another language; what has no words of ours stays as it is.
pub fn reworded(code: &str, said: &str, language: Language) -> String {
    let words = code.parse().ok().and_then(found);
    let rest = words.and_then(|words| said.strip_prefix(words.english));
    match (words, rest) {
        (Some(words), Some(rest)) => format!("{}{rest}", pick(words, language)),
        (Some(_) | None, _) => said.to_owned(),
    }
}

/// What a code means and what to do, where it has words of ours.
pub fn words_of(code: i64, language: Language) -> Option<&'static str> {
    found(code).map(|words| pick(words, language))
}

fn found(code: i64) -> Option<&'static Words> {
    TABLE
        .iter()
        .find(|words| (words.from..=words.to).contains(&code))
}

fn pick(words: &'static Words, language: Language) -> &'static str {
    language.pick(words.english, words.russian)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn error(raw: serde_json::Value) -> GraphError {
        GraphError::read(&raw).unwrap()
    }

    #[test]
    fn a_closed_window_says_what_to_do() {
        let closed = error(json!({"code": 131047, "message": "Re-engagement message"}));
        let english = explain(&closed, Language::English);
        assert!(english.contains("24-hour window is closed") && english.contains("template"));
        assert!(english.ends_with("(131047)") && !english.contains("Re-engagement"));
        assert!(explain(&closed, Language::Russian).contains("шаблон"));
    }

    #[test]
    fn what_was_said_in_english_is_said_in_russian() {
        let closed = error(json!({"code": 131047}));
        let detailed = error(json!({"code": 131008, "error_data": {"details": "to is missing"}}));
        for error in [closed, detailed] {
            let code = error.code.unwrap().to_string();
            let said = explain(&error, Language::English);
            let russian = explain(&error, Language::Russian);
            assert_eq!(reworded(&code, &said, Language::Russian), russian);
            assert_eq!(reworded(&code, &said, Language::English), said);
        }
        let own = "The portal is busy.";
        assert_eq!(reworded("busy", own, Language::Russian), own);
    }

    #[test]
    fn unknown_codes_show_metas_words() {
        let odd = error(
            json!({"code": 777, "message": "Odd thing", "error_data": {"details": "More of it"}}),
        );
        assert_eq!(
            explain(&odd, Language::English),
            "WhatsApp reports: More of it (777)"
        );
        assert_eq!(
            explain(&GraphError::of_status(502), Language::English),
            "WhatsApp reports an error without words. (HTTP 502)"
        );
    }

    #[test]
    fn details_follow_where_the_code_says_too_little() {
        let wrong = error(json!({"code": 100, "error_data": {"details": "Parameter to is empty"}}));
        assert!(explain(&wrong, Language::English).contains("Parameter to is empty"));
    }

    #[test]
    fn the_words_are_complete_and_in_order() {
        assert!(TABLE.windows(2).all(|pair| pair[0].to < pair[1].from));
        for words in TABLE {
            assert!(
                words.english.ends_with('.') && words.russian.ends_with('.'),
                "{}",
                words.from
            );
        }
    }
}
