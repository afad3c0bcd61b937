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
    let later = |after| {
        tracing::info!(%error, step = name, "A portal could not say how a step went");
        Stop::Later(Check::unknown(name, "no_answer"), after)
    };
    match error {
        CallError::Refused { .. } => refused("refused", &error.said()),
        CallError::Denied { .. } => refused("denied", &error.said()),
        CallError::Reauthorize | CallError::InvalidToken { .. } | CallError::UserGone { .. } => {
            Stop::Refused(Check::bad(name, "tokens_dead"))
        }
        CallError::Overload => Stop::Refused(Check::bad(name, "overload")),
        CallError::RateLimited { after } => later(after.unwrap_or(WAIT)),
        CallError::OperationLimit { .. }
        | CallError::ExpiredToken
        | CallError::ServerError { .. }
        | CallError::NotSent { .. }
        | CallError::Unknown { .. } => later(WAIT),
    }
}
