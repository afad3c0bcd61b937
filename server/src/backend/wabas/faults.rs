//! Meta's refusals at the field they belong to.

use crate::connect::waba::Fault;
use crate::connect::waba::facebook::Trouble;
use app::model::{Problem, ProblemCode, WabaForm};

/// A fault as a problem beside its field.
pub(super) fn problem(fault: &Fault) -> Problem {
    match fault {
        Fault::TokenRefused(words) => Problem::new(ProblemCode::TokenRefused)
            .at("access_token")
            .arg("reason", words),
        Fault::TokenExpired(at) => Problem::new(ProblemCode::TokenExpired)
            .at("access_token")
            .arg(
                "at",
                at.map_or_else(String::new, |at| at.saturating_mul(1000).to_string()),
            ),
        Fault::WrongApp(app) => Problem::new(ProblemCode::TokenWrongApp)
            .at("access_token")
            .arg("app", app),
        Fault::ScopeMissing(scopes) => Problem::new(ProblemCode::TokenScopeMissing)
            .at("access_token")
            .arg("scopes", scopes),
        Fault::SecretRefused(words) => Problem::new(ProblemCode::AppSecretRefused)
            .at("app_secret")
            .arg("reason", words),
        Fault::WabaUnreachable(words) => Problem::new(ProblemCode::WabaUnreachable)
            .at("waba_id")
            .arg("reason", words),
        Fault::WabaUnclear(ids) => Problem::new(ProblemCode::WabaUnclear)
            .at("waba_id")
            .arg("ids", ids.join(", ")),
    }
}

/// Why a login failed, for the person who began it.
pub(super) fn trouble(trouble: &Trouble) -> Problem {
    match trouble {
        Trouble::Denied(_) => Problem::new(ProblemCode::LoginDenied),
        Trouble::Refused(words) => Problem::new(ProblemCode::LoginFailed).arg("reason", words),
        Trouble::Silent(words) => Problem::new(ProblemCode::RemoteSilent)
            .arg("who", "Meta")
            .arg("reason", words),
        Trouble::ScopeMissing(scopes) => {
            Problem::new(ProblemCode::LoginScopeMissing).arg("scopes", scopes)
        }
    }
}

/// Keeps what was typed, except secrets.
pub(super) fn keep(problem: Problem, form: &WabaForm) -> Problem {
    problem
        .keep("name", &form.name)
        .keep("waba_id", &form.waba_id)
        .keep("app_id", &form.app_id)
        .keep("owner", &form.owner)
}
