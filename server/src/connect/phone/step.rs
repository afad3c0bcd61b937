//! How a step ends.

use crate::bitrix::CallError;
use crate::connect::Check;
use std::time::Duration;

/// Why linking stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The portal refuses: somebody has to do something.
    Refused(Check),
    /// Nobody could tell: it is tried again.
    Later(Check, Duration),
}

/// How long is waited where the portal does not say.
const WAIT: Duration = Duration::from_secs(20);

/// What a failed call means for the step `name`.
pub(super) fn stop(name: &'static str, error: &CallError) -> Stop {
    let refused = |code, words: &str| Stop::Refused(Check::bad(name, code).reason(words));
    let later = |after| Stop::Later(Check::unknown(name, "no_answer").reason(error), after);
    match error {
        CallError::Refused {
            code, description, ..
        } => refused("refused", &said(code, description)),
        CallError::Denied {
            code, description, ..
        } => refused("denied", &said(code, description)),
        CallError::Reauthorize | CallError::InvalidToken { .. } | CallError::UserGone { .. } => {
            refused("tokens_dead", &error.to_string())
        }
        CallError::Overload => refused("overload", &error.to_string()),
        CallError::RateLimited { after } => later(after.unwrap_or(WAIT)),
        CallError::OperationLimit { .. }
        | CallError::ExpiredToken
        | CallError::ServerError { .. }
        | CallError::NotSent { .. }
        | CallError::Unknown { .. } => later(WAIT),
    }
}

/// Code and words of the portal; the words alone where they are the same.
fn said(code: &str, description: &str) -> String {
    match (code.is_empty(), description.is_empty()) {
        (_, true) => code.to_owned(),
        (true, false) => description.to_owned(),
        (false, false) => format!("{description} ({code})"),
    }
}
