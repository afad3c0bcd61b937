//! What Bitrix24's errors mean.

use std::time::Duration;

use serde_json::Value;

use crate::outside::{Trouble, loose};

/// The longest description kept.
const DESCRIPTION_LENGTH_MAX: usize = 400;

/// Why a call brought nothing, sorted by what to do. Source: "Error codes" and "Limits" of the REST documentation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The access token is an hour old: refresh once and repeat. Not done.
    #[error("the access token has expired")]
    ExpiredToken,
    /// The token is not known: refresh once, then the portal must be connected again. Not done.
    #[error("the access token is not accepted ({code})")]
    InvalidToken {
        /// Bitrix24's code.
        code: String,
    },
    /// The user of this token was dismissed or blocked: take another user's. Not done.
    #[error("the token's user may not call any more ({code})")]
    UserGone {
        /// Bitrix24's code.
        code: String,
    },
    /// No token is left that works: an admin has to connect the portal again. Not done.
    #[error("no token of the portal works any more: it has to be connected again")]
    Reauthorize,
    /// Too many calls at once: the whole portal waits. Not done.
    #[error("too many calls to the portal")]
    RateLimited {
        /// Where the portal says so.
        after: Option<Duration>,
    },
    /// The method has used up its time: this method waits. Not done.
    #[error("the portal's time for this method is used up")]
    OperationLimit {
        /// Unix seconds from which it may be tried again.
        until: Option<i64>,
    },
    /// Bitrix24 has blocked the app by hand: no retry, ask their support. Not done.
    #[error("Bitrix24 has blocked the app for overload")]
    Overload,
    /// Wrong in itself: never again as it is. Not done.
    #[error("the portal refused the call: {code}: {description}")]
    Refused {
        /// HTTP status.
        http: u16,
        /// Bitrix24's code.
        code: String,
        /// In Bitrix24's words.
        description: String,
    },
    /// A right, a scope or a subscription is missing: an admin has to act. Not done.
    #[error("the portal denies the call: {code}: {description}")]
    Denied {
        /// HTTP status.
        http: u16,
        /// Bitrix24's code.
        code: String,
        /// In Bitrix24's words.
        description: String,
    },
    /// The portal failed in the middle: whether it was done is unknown.
    #[error("the portal failed with HTTP status {http}: {code}")]
    ServerError {
        /// HTTP status.
        http: u16,
        /// Bitrix24's code, where there is one.
        code: String,
        /// In Bitrix24's words.
        description: String,
    },
    /// Certainly not sent.
    #[error("not sent: {reason}")]
    NotSent {
        /// In words.
        reason: String,
    },
    /// It may have been done, but no whole answer came back.
    #[error("no readable answer: {reason}")]
    Unknown {
        /// In words.
        reason: String,
    },
}

impl From<Trouble> for CallError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotSent { reason } => Self::NotSent { reason },
            Trouble::Unknown { reason } => Self::Unknown { reason },
        }
    }
}

impl CallError {
    /// What the portal itself said, words and code; of other errors what happened.
    pub fn said(&self) -> String {
        match self {
            Self::Refused {
                code, description, ..
            }
            | Self::Denied {
                code, description, ..
            } => match (code.is_empty(), description.is_empty()) {
                (_, true) => code.clone(),
                (true, false) => description.clone(),
                (false, false) => format!("{description} ({code})"),
            },
            Self::ExpiredToken
            | Self::InvalidToken { .. }
            | Self::UserGone { .. }
            | Self::Reauthorize
            | Self::RateLimited { .. }
            | Self::OperationLimit { .. }
            | Self::Overload
            | Self::ServerError { .. }
            | Self::NotSent { .. }
            | Self::Unknown { .. } => self.to_string(),
        }
    }

    /// The call may have been done although it failed: look before it is repeated (R4).
    pub fn is_outcome_unknown(&self) -> bool {
        match self {
            Self::ServerError { .. } | Self::Unknown { .. } => true,
            Self::ExpiredToken
            | Self::InvalidToken { .. }
            | Self::UserGone { .. }
            | Self::Reauthorize
            | Self::RateLimited { .. }
            | Self::OperationLimit { .. }
            | Self::Overload
            | Self::Refused { .. }
            | Self::Denied { .. }
            | Self::NotSent { .. } => false,
        }
    }

    /// Reads the error of an answer or of one command of a batch; `None` when it carries none.
    ///
    /// Both shapes are known: `{"error":"CODE","error_description":"…"}` and `{"error":{"code":…,"message":…}}`.
    pub(super) fn read(http: u16, body: &Value, after: Option<Duration>) -> Option<Self> {
        let error = loose::field(body, "error").filter(|found| !is_nothing(found))?;
        let (code, said) = match error {
            Value::Object(_) => (loose::text(error, "code"), loose::text(error, "message")),
            other => (
                loose::as_text(other),
                loose::text(body, "error_description"),
            ),
        };
        let code = code.unwrap_or_default();
        let description: String = said
            .unwrap_or_default()
            .chars()
            .take(DESCRIPTION_LENGTH_MAX)
            .collect();
        let until =
            loose::field(body, "time").and_then(|time| loose::integer(time, "operating_reset_at"));
        Some(Self::of_code(http, code, description, after, until))
    }

    /// Judges by the status alone.
    pub(super) fn of_status(http: u16, after: Option<Duration>) -> Self {
        let code = format!("HTTP {http}");
        let description = String::new();
        match http {
            401 | 403 => Self::Denied {
                http,
                code,
                description,
            },
            429 => Self::RateLimited { after },
            500.. => Self::ServerError {
                http,
                code,
                description,
            },
            _ => Self::Refused {
                http,
                code,
                description,
            },
        }
    }

    fn of_code(
        http: u16,
        code: String,
        description: String,
        after: Option<Duration>,
        until: Option<i64>,
    ) -> Self {
        match code.to_ascii_lowercase().as_str() {
            "expired_token" => Self::ExpiredToken,
            "invalid_token" | "no_auth_found" => Self::InvalidToken { code },
            "authorization_error" => Self::UserGone { code },
            "query_limit_exceeded" => Self::RateLimited { after },
            "operation_time_limit" => Self::OperationLimit { until },
            "overload_limit" => Self::Overload,
            "access_denied"
            | "insufficient_scope"
            | "invalid_credentials"
            | "user_access_error"
            | "wrong_auth_type"
            | "method_confirm_waiting"
            | "method_confirm_denied"
            | "payment_required"
            | "portal_deleted"
            | "application_not_installed"
            | "application_not_found" => Self::Denied {
                http,
                code,
                description,
            },
            "internal_server_error" | "error_unexpected_answer" => Self::ServerError {
                http,
                code,
                description,
            },
            _ if http >= 500 => Self::ServerError {
                http,
                code,
                description,
            },
            _ if http == 429 => Self::RateLimited { after },
            _ => Self::Refused {
                http,
                code,
                description,
            },
        }
    }
}

/// Some answers carry an empty error beside their result.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(flag) => !flag,
        Value::Null => true,
        Value::Number(number) => number.as_i64() == Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(http: u16, code: &str) -> CallError {
        CallError::read(
            http,
            &json!({"error": code, "error_description": "why"}),
            None,
        )
        .unwrap()
    }

    #[test]
    fn codes_count_in_any_case_and_at_any_status() {
        assert_eq!(of(401, "EXPIRED_TOKEN"), CallError::ExpiredToken);
        assert!(matches!(
            of(401, "NO_AUTH_FOUND"),
            CallError::InvalidToken { .. }
        ));
        assert!(matches!(
            of(503, "query_limit_exceeded"),
            CallError::RateLimited { after: None }
        ));
        assert_eq!(of(503, "OVERLOAD_LIMIT"), CallError::Overload);
        assert!(matches!(
            of(403, "ACCESS_DENIED"),
            CallError::Denied { http: 403, .. }
        ));
        assert!(matches!(
            of(200, "ERROR_PLACEMENT_MAX_COUNT"),
            CallError::Refused { http: 200, .. }
        ));
        assert!(matches!(of(500, "X"), CallError::ServerError { .. }));
        assert!(matches!(
            of(200, "INTERNAL_SERVER_ERROR"),
            CallError::ServerError { .. }
        ));
    }

    #[test]
    fn both_shapes_are_read() {
        let newer = json!({"error": {"code": "BITRIX_REST_V3_EXCEPTION_X", "message": "no"}});
        assert_eq!(
            CallError::read(400, &newer, None),
            Some(CallError::Refused {
                http: 400,
                code: "BITRIX_REST_V3_EXCEPTION_X".into(),
                description: "no".into()
            })
        );
        assert_eq!(
            CallError::read(200, &json!({"result": true, "error": ""}), None),
            None
        );
        assert_eq!(
            CallError::read(200, &json!({"result": true, "error": []}), None),
            None
        );
        let limited =
            json!({"error": "OPERATION_TIME_LIMIT", "time": {"operating_reset_at": 1790000000}});
        assert_eq!(
            CallError::read(429, &limited, None),
            Some(CallError::OperationLimit {
                until: Some(1_790_000_000)
            })
        );
    }

    #[test]
    fn only_lost_and_broken_calls_are_unknown() {
        assert!(CallError::of_status(502, None).is_outcome_unknown());
        assert!(!CallError::of_status(404, None).is_outcome_unknown());
        assert!(!of(503, "QUERY_LIMIT_EXCEEDED").is_outcome_unknown());
    }
}
