use crate::{
    format::exact,
    model::{Moment, Problem, ProblemCode},
    text,
};

/// What happened, why, what to do, in the language of the page.
pub fn problem_text(problem: &Problem) -> String {
    let problem = &closed(problem);
    let arg = |name: &str| problem.args.get(name).cloned().unwrap_or_default();
    let moment = |name: &str| arg(name).parse().ok().map(Moment);
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
        ProblemCode::PasswordWrong => text!(problem.password_wrong),
        ProblemCode::EmailTaken => text!(problem.email_taken),
        ProblemCode::OwnsThings => text!(problem.owns_things),
        ProblemCode::LastAdmin => text!(problem.last_admin),
        ProblemCode::TooLong => text!(problem.too_long, most = arg("most")),
        ProblemCode::NotChosen => text!(problem.not_chosen),
        ProblemCode::CountryInvalid => text!(problem.country_invalid),
        ProblemCode::DigitsOnly => text!(problem.digits_only),
        ProblemCode::TokenMalformed => text!(problem.token_malformed),
        ProblemCode::TokenRefused if arg("reason").is_empty() => text!(problem.token_refused_only),
        ProblemCode::TokenRefused => text!(problem.token_refused, reason = arg("reason")),
        ProblemCode::TokenExpired => match moment("at") {
            Some(at) => text!(problem.token_expired, at = exact(at)),
            None => text!(problem.token_expired_once),
        },
        ProblemCode::TokenWrongApp => text!(problem.token_wrong_app, app = arg("app")),
        ProblemCode::TokenScopeMissing => {
            text!(problem.token_scope_missing, scopes = arg("scopes"))
        }
        ProblemCode::AppSecretRefused => text!(problem.app_secret_refused, reason = arg("reason")),
        ProblemCode::WabaUnreachable if arg("reason").is_empty() => {
            text!(problem.waba_unreachable_only)
        }
        ProblemCode::WabaUnreachable => text!(problem.waba_unreachable, reason = arg("reason")),
        ProblemCode::WabaUnclear if arg("ids").is_empty() => text!(problem.waba_none),
        ProblemCode::WabaUnclear => text!(problem.waba_unclear, ids = arg("ids")),
        ProblemCode::WabaTaken => text!(problem.waba_taken),
        ProblemCode::PhoneInvalid => text!(problem.phone_invalid),
        ProblemCode::PhoneMismatch => text!(problem.phone_mismatch, phone = arg("phone")),
        ProblemCode::PhoneUnreachable => text!(problem.phone_unreachable, reason = arg("reason")),
        ProblemCode::PhoneTaken => text!(problem.phone_taken),
        ProblemCode::PinInvalid => text!(problem.pin_invalid),
        ProblemCode::PinWrong => text!(problem.pin_wrong),
        ProblemCode::NumberUnverified => text!(problem.number_unverified),
        ProblemCode::RegisterLater => {
            text!(
                problem.register_later,
                until = moment("until").map(exact).unwrap_or_default()
            )
        }
        ProblemCode::PortalNotReady => text!(problem.portal_not_ready),
        ProblemCode::PortalForeign => text!(problem.portal_foreign),
        ProblemCode::PortalTaken => text!(problem.portal_taken),
        ProblemCode::PortalBusy => text!(problem.portal_busy),
        ProblemCode::ClientIdInvalid => text!(problem.client_id_invalid),
        ProblemCode::ClientTaken => text!(problem.client_taken),
        ProblemCode::ClientRefused => text!(problem.client_refused, reason = arg("reason")),
        ProblemCode::LineTaken => text!(problem.line_taken),
        ProblemCode::LineGone => text!(problem.line_gone),
        ProblemCode::LoginDenied => text!(problem.login_denied),
        ProblemCode::LoginStale => text!(problem.login_stale),
        ProblemCode::LoginFailed if arg("reason").is_empty() => text!(problem.login_failed_only),
        ProblemCode::LoginFailed => text!(problem.login_failed, reason = arg("reason")),
        ProblemCode::LoginScopeMissing => {
            text!(problem.login_scope_missing, scopes = arg("scopes"))
        }
        ProblemCode::NumberTaken => text!(problem.number_taken, phone = arg("phone")),
        ProblemCode::MetaAppMissing => text!(problem.meta_app_missing),
        ProblemCode::NameNotTyped => text!(problem.name_not_typed, name = arg("name")),
        ProblemCode::HostInvalid => text!(problem.host_invalid),
        ProblemCode::HostForbidden => text!(problem.host_forbidden),
        ProblemCode::TimezoneInvalid => text!(problem.timezone_invalid),
        ProblemCode::TimeInvalid => text!(problem.time_invalid),
        ProblemCode::TimesReversed => text!(problem.times_reversed),
        ProblemCode::SpansOverlap => text!(problem.spans_overlap),
        ProblemCode::HoursEmpty => text!(problem.hours_empty),
        ProblemCode::DateInvalid => text!(problem.date_invalid),
        ProblemCode::DatePast => text!(problem.date_past),
        ProblemCode::UriParamInvalid => text!(problem.uri_param_invalid),
        ProblemCode::NothingToReveal => text!(problem.nothing_to_reveal),
        ProblemCode::ChangedElsewhere => text!(problem.changed_elsewhere),
        ProblemCode::TemplateName => text!(problem.template_name),
        ProblemCode::TemplateTaken => text!(problem.template_taken),
        ProblemCode::OneVariable => text!(problem.one_variable),
        ProblemCode::NoVariable => text!(problem.no_variable),
        ProblemCode::VariablesMixed => text!(problem.variables_mixed),
        ProblemCode::VariableName => text!(problem.variable_name),
        ProblemCode::VariablesGap => text!(problem.variables_gap),
        ProblemCode::VariableEdge => text!(problem.variable_edge),
        ProblemCode::TooManyButtons => text!(problem.too_many_buttons, most = arg("most")),
        ProblemCode::RepliesApart => text!(problem.replies_apart),
        ProblemCode::UrlInvalid => text!(problem.url_invalid),
        ProblemCode::UrlVariable => text!(problem.url_variable),
        ProblemCode::SampleMissing => text!(problem.sample_missing),
        ProblemCode::SampleKind => text!(problem.sample_kind, kinds = arg("kinds")),
        ProblemCode::SampleBig => text!(problem.sample_big, most = arg("most")),
        ProblemCode::HashtagInvalid => text!(problem.hashtag_invalid),
        ProblemCode::HashtagTaken => text!(problem.hashtag_taken),
        ProblemCode::TooMany => text!(problem.too_many, most = arg("most")),
        ProblemCode::NotUnique => text!(problem.not_unique),
        ProblemCode::OutOfRange => text!(
            problem.out_of_range,
            least = arg("least"),
            most = arg("most")
        ),
        ProblemCode::NothingChosen => text!(problem.nothing_chosen),
        ProblemCode::RemoteSilent if arg("reason").is_empty() => {
            text!(problem.remote_silent_only, who = arg("who"))
        }
        ProblemCode::RemoteSilent => text!(
            problem.remote_silent,
            who = arg("who"),
            reason = arg("reason")
        ),
        ProblemCode::RemoteRefused => text!(
            problem.remote_refused,
            who = arg("who"),
            reason = arg("reason")
        ),
        ProblemCode::StoreUnavailable => text!(problem.store_unavailable),
        ProblemCode::Unreachable => text!(problem.unreachable),
        ProblemCode::BadRequest => text!(problem.bad_request),
        ProblemCode::Internal => text!(problem.internal),
    }
}

/// The problem with the other side's words as a whole sentence: ours go on after it.
fn closed(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    if let Some(reason) = problem.args.get_mut("reason") {
        *reason = sentence(reason);
    }
    problem
}

/// Words of the other side with a full stop behind them.
pub fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() || words.ends_with(['.', '!', '?', '…']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn the_other_sides_words_end_as_a_sentence() {
        assert_eq!(
            sentence("no answer in 6 seconds"),
            "no answer in 6 seconds."
        );
        assert_eq!(sentence("Session has expired. "), "Session has expired.");
        assert_eq!(sentence(""), "");
    }
}
