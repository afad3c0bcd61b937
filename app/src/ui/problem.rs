use crate::{
    model::{Problem, ProblemCode},
    text,
};

/// What happened, why, what to do, in the language of the page.
pub fn problem_text(problem: &Problem) -> String {
    let arg = |name: &str| problem.args.get(name).cloned().unwrap_or_default();
    let number = |name: &str| arg(name).parse::<u32>().unwrap_or(1);
    match problem.code {
        ProblemCode::NotSignedIn => text!(problem.not_signed_in),
        ProblemCode::NotAllowed => text!(problem.not_allowed),
        ProblemCode::NotFound => text!(problem.not_found),
        ProblemCode::WrongCredentials => text!(problem.wrong_credentials),
        ProblemCode::TooManyAttempts => {
            text!(problem.too_many_attempts, count = number("minutes"))
        }
        ProblemCode::FieldEmpty => text!(problem.field_empty),
        ProblemCode::EmailInvalid => text!(problem.email_invalid),
        ProblemCode::PasswordShort => text!(problem.password_short, count = number("least")),
        ProblemCode::PasswordLong => text!(problem.password_long, count = number("most")),
        ProblemCode::SetupOver => text!(problem.setup_over),
        ProblemCode::StoreUnavailable => text!(problem.store_unavailable),
        ProblemCode::Unreachable => text!(problem.unreachable),
        ProblemCode::BadRequest => text!(problem.bad_request),
        ProblemCode::Internal => text!(problem.internal),
    }
}
