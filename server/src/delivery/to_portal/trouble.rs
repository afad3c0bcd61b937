//! What a failed call means for its deliveries and for the portal.

use crate::bitrix::CallError;
use crate::delivery::outcome::{Outcome, Trouble, Weather};
use crate::delivery::settle::millis;

/// The channel is switched off or gone: nothing is wrong with the message, and an admin can mend it.
const CHANNEL_CODES: [&str; 2] = ["NOT_ACTIVE_LINE", "IMCONNECTOR_NO_CORRECT_PROVIDER"];

/// How long a line that is switched off waits, in milliseconds.
const CHANNEL_WAIT: i64 = 30_000;

/// How long a method whose time is used up waits when the portal does not say, in milliseconds.
const OPERATION_WAIT: i64 = 60_000;

/// True when the portal says that the line or the connector is not active.
pub(super) fn is_channel_off(error: &CallError) -> bool {
    matches!(error, CallError::Refused { code, .. } if CHANNEL_CODES.contains(&code.to_ascii_uppercase().as_str()))
}

/// The outcome for every delivery of the call, and the weather.
pub(super) fn read(error: &CallError, now: i64) -> (Outcome, Weather) {
    let why = words(error);
    match error {
        CallError::RateLimited { after } => {
            (Outcome::Untried(why), Weather::Crowded(after.map(millis)))
        }
        CallError::OperationLimit { until } => {
            let wait = until.map_or(OPERATION_WAIT, |until| until.saturating_mul(1000) - now);
            (
                Outcome::Later {
                    after: Some(wait.clamp(1000, 15 * 60_000)),
                    why,
                },
                Weather::Fair,
            )
        }
        CallError::Refused { .. } if is_channel_off(error) => (
            Outcome::Later {
                after: Some(CHANNEL_WAIT),
                why,
            },
            Weather::Fair,
        ),
        CallError::Refused { .. } => (Outcome::Refused(why), Weather::Fair),
        CallError::Overload
        | CallError::Denied { .. }
        | CallError::Reauthorize
        | CallError::ExpiredToken
        | CallError::InvalidToken { .. }
        | CallError::UserGone { .. } => (Outcome::Untried(why.clone()), Weather::Closed(why)),
        CallError::NotSent { .. } => (Outcome::Untried(why.clone()), Weather::Stormy(why)),
        CallError::ServerError { .. } | CallError::Unknown { .. } => {
            (Outcome::Unknown(why.clone()), Weather::Stormy(why))
        }
    }
}

/// A failed call in a code and words.
pub(super) fn words(error: &CallError) -> Trouble {
    let (code, http) = match error {
        CallError::ExpiredToken => ("expired_token", Some(401)),
        CallError::Reauthorize => ("reauthorize", None),
        CallError::RateLimited { .. } => ("QUERY_LIMIT_EXCEEDED", Some(503)),
        CallError::OperationLimit { .. } => ("OPERATION_TIME_LIMIT", Some(429)),
        CallError::Overload => ("OVERLOAD_LIMIT", Some(503)),
        CallError::InvalidToken { code } | CallError::UserGone { code } => {
            (code.as_str(), Some(401))
        }
        CallError::Refused { http, code, .. }
        | CallError::Denied { http, code, .. }
        | CallError::ServerError { http, code, .. } => (code.as_str(), Some(*http)),
        CallError::NotSent { .. } => ("not_sent", None),
        CallError::Unknown { .. } => ("answer_lost", None),
    };
    Trouble {
        http,
        ..Trouble::new(code, error.to_string())
    }
}
