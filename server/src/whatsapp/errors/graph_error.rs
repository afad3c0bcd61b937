//! One error of the Graph API, from an answer or from a webhook.

use serde_json::Value;

use super::redact::redacted;
use crate::outside::loose;

/// Any part may be missing. Branch on `code` (see `verdict`), never on the texts: Meta changes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphError {
    /// Meta's code, such as 131047.
    pub code: Option<i64>,
    /// Still meaningful for tokens (190) and management calls.
    pub subcode: Option<i64>,
    /// HTTP status, when it came as an answer.
    pub http: Option<u16>,
    /// Short title (webhooks).
    pub title: Option<String>,
    /// The sentence for developers.
    pub message: Option<String>,
    /// `error_data.details`: the most telling text.
    pub details: Option<String>,
    /// Title meant for people (management calls).
    pub user_title: Option<String>,
    /// Text meant for people.
    pub user_message: Option<String>,
    /// Meta says that trying again may help.
    pub transient: bool,
    /// Meta's number for support requests.
    pub trace_id: Option<String>,
}

impl GraphError {
    /// Reads an error object, of a webhook's `errors[]` or inside an answer's `error`; `None` when it is no object.
    ///
    /// Keys are taken in Meta's spelling and in camel case, which some gateways turn them into.
    pub fn read(raw: &Value) -> Option<Self> {
        raw.as_object()?;
        let either = |snake: &str, camel: &str| {
            loose::field(raw, snake).or_else(|| loose::field(raw, camel))
        };
        let shown = |snake: &str, camel: &str| words(either(snake, camel)?);
        let details = either("error_data", "errorData").and_then(details);
        Some(Self {
            code: loose::integer(raw, "code"),
            subcode: either("error_subcode", "errorSubcode").and_then(loose::as_integer),
            http: None,
            title: shown("title", "title"),
            message: shown("message", "message"),
            details: details.or_else(|| shown("details", "details")),
            user_title: shown("error_user_title", "errorUserTitle"),
            user_message: shown("error_user_msg", "errorUserMsg"),
            transient: either("is_transient", "isTransient")
                .and_then(loose::as_flag)
                .unwrap_or(false),
            trace_id: shown("fbtrace_id", "fbtraceId"),
        })
    }

    /// Reads every error object of a list; what is none is left out.
    pub fn read_list(raw: &Value, key: &str) -> Vec<Self> {
        let items = loose::field(raw, key).map(loose::items).unwrap_or_default();
        items.into_iter().filter_map(Self::read).collect()
    }

    /// Reads the error envelope of an answer; `None` when the body carries no error.
    pub fn of_answer(http: u16, body: &Value) -> Option<Self> {
        let error = loose::field(body, "error")?;
        let mut found = match error {
            Value::String(text) => Self {
                message: Some(redacted(text)),
                ..Self::default()
            },
            other => Self::read(other)?,
        };
        found.http = Some(http);
        Some(found)
    }

    /// Stands in where an answer had no readable error: only the HTTP status is known.
    pub fn of_status(http: u16) -> Self {
        Self {
            http: Some(http),
            ..Self::default()
        }
    }

    /// The most telling of Meta's own words.
    pub fn own_words(&self) -> Option<&str> {
        let first = self
            .user_message
            .as_deref()
            .or(self.details.as_deref())
            .or(self.message.as_deref());
        first.or(self.title.as_deref())
    }
}

/// A filled text with no token in it.
fn words(value: &Value) -> Option<String> {
    loose::as_text(value)
        .map(|text| redacted(&text))
        .filter(|text| !text.is_empty())
}

/// `error_data` is an object with `details`, plain text, or an object written into a string.
fn details(data: &Value) -> Option<String> {
    let Value::String(text) = data else {
        return loose::field(data, "details").and_then(words);
    };
    let inside = serde_json::from_str::<Value>(text).ok();
    inside
        .as_ref()
        .and_then(|found| loose::field(found, "details"))
        .and_then(words)
        .or_else(|| words(data))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn error_data_comes_in_three_shapes() {
        for data in [
            json!({"details": "why"}),
            json!("why"),
            json!("{\"details\":\"why\"}"),
        ] {
            let error = GraphError::read(&json!({"code": "100", "error_data": data})).unwrap();
            assert_eq!(
                (error.code, error.details.as_deref()),
                (Some(100), Some("why"))
            );
        }
    }

    #[test]
    fn an_envelope_may_lack_everything() {
        let error =
            GraphError::of_answer(500, &json!({"error": {"message": "Internal Server Error"}}))
                .unwrap();
        assert_eq!((error.code, error.http), (None, Some(500)));
        assert_eq!(error.own_words(), Some("Internal Server Error"));
        assert!(GraphError::of_answer(200, &json!({"messages": []})).is_none());
        assert!(GraphError::of_answer(200, &json!([])).is_none());
    }

    #[test]
    fn camel_case_is_read_too() {
        let raw = json!({"code": 131047, "errorSubcode": 9, "errorData": {"details": "late"}, "fbtraceId": "T"});
        let error = GraphError::read(&raw).unwrap();
        assert_eq!(
            (
                error.subcode,
                error.details.as_deref(),
                error.trace_id.as_deref()
            ),
            (Some(9), Some("late"), Some("T"))
        );
    }
}
