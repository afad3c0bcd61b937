//! Why something was refused or failed, as a code both sides know.

use serde::{Deserialize, Serialize};

/// The stable codes. The sentence for each lives in `locales/` under `problem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// Nobody is signed in.
    NotSignedIn,
    /// The caller's role does not allow it.
    NotAllowed,
    /// No such thing, or it belongs to somebody else.
    NotFound,
    /// E-mail and password do not match.
    WrongCredentials,
    /// Too many failed attempts; `args.minutes` says how long to wait.
    TooManyAttempts,
    /// The field is empty.
    FieldEmpty,
    /// The text is no e-mail address.
    EmailInvalid,
    /// The password is too short; `args.least` says how long it must be.
    PasswordShort,
    /// The password is too long; `args.most` says how long it may be.
    PasswordLong,
    /// The one-time setup link was used, or never was valid.
    SetupOver,
    /// The password given for confirmation is not the caller's.
    PasswordWrong,
    /// Somebody has this e-mail already.
    EmailTaken,
    /// Somebody who owns WABAs, phones or portals cannot go.
    OwnsThings,
    /// The last admin cannot go or become a user.
    LastAdmin,
    /// The text is too long; `args.most` says how long it may be.
    TooLong,
    /// Nothing was chosen where one thing must be.
    NotChosen,
    /// No country has these two letters.
    CountryInvalid,
    /// An id of Meta's that is no row of digits.
    DigitsOnly,
    /// Meta does not take the token; `args.reason` has its words.
    TokenRefused,
    /// The text has blanks or letters no token has.
    TokenMalformed,
    /// The token has expired; `args.at` says when, in milliseconds.
    TokenExpired,
    /// The token was made for another app; `args.app` is its id.
    TokenWrongApp,
    /// The token lacks permissions; `args.scopes` names them.
    TokenScopeMissing,
    /// App id and app secret do not belong together, Meta says.
    AppSecretRefused,
    /// The token does not reach this WABA.
    WabaUnreachable,
    /// The token reaches several WABAs; `args.ids` lists them.
    WabaUnclear,
    /// The WABA is connected already.
    WabaTaken,
    /// The text is no phone number.
    PhoneInvalid,
    /// Meta has another number under this phone id; `args.phone` is it.
    PhoneMismatch,
    /// Meta does not know the phone id, or the WABA's token does not reach it.
    PhoneUnreachable,
    /// The number or the phone id is connected already; `field` says which.
    PhoneTaken,
    /// The text is no PIN of six digits.
    PinInvalid,
    /// Meta has another two-step PIN for the number.
    PinWrong,
    /// The number has to be verified at Meta first.
    NumberUnverified,
    /// Meta allows no attempt before `args.until`, in milliseconds.
    RegisterLater,
    /// The portal's app is not installed.
    PortalNotReady,
    /// The portal is connected already.
    PortalTaken,
    /// The portal belongs to another owner than the WABA.
    PortalForeign,
    /// Phones are linked to the portal.
    PortalBusy,
    /// The text is no Bitrix24 client id.
    ClientIdInvalid,
    /// An app with this client id is here already.
    ClientTaken,
    /// Bitrix24 does not take the client id and secret; `args.reason` has its words.
    ClientRefused,
    /// Another phone is linked to the line.
    LineTaken,
    /// The portal has no such line any more.
    LineGone,
    /// The person pressed Cancel at Facebook.
    LoginDenied,
    /// The login's state is used, too old, or another session's.
    LoginStale,
    /// The login did not bring a usable token; `args.reason` has the words.
    LoginFailed,
    /// The login did not share a permission; `args.scopes` names it.
    LoginScopeMissing,
    /// A chosen number is connected already; `args.phone` is it.
    NumberTaken,
    /// The admin has not set the Meta app.
    MetaAppMissing,
    /// No box is ticked.
    NothingChosen,
    /// A template's name has other signs than small Latin letters, digits and underscores.
    TemplateName,
    /// The WABA has a template of this name in this language.
    TemplateTaken,
    /// A header has one variable at most.
    OneVariable,
    /// A footer has none.
    NoVariable,
    /// Some variables have numbers and others names.
    VariablesMixed,
    /// A variable's name has capital letters.
    VariableName,
    /// Numbered variables leave a number out.
    VariablesGap,
    /// The words begin or end with a variable.
    VariableEdge,
    /// More buttons of this kind than `args.most`.
    TooManyButtons,
    /// Quick replies do not stand side by side.
    RepliesApart,
    /// The text is no web address.
    UrlInvalid,
    /// An address has a variable elsewhere than at its end, or several.
    UrlVariable,
    /// A header with media needs a file as a sample.
    SampleMissing,
    /// The file is of a kind Meta does not take here; `args.kinds` names those it does.
    SampleKind,
    /// The file has more than `args.most` megabytes.
    SampleBig,
    /// The text is no hashtag: letters, digits and underscores in one word.
    HashtagInvalid,
    /// Another message of the owner has this hashtag.
    HashtagTaken,
    /// There are more than `args.most`.
    TooMany,
    /// Another field of the form says the same.
    NotUnique,
    /// The number is not between `args.least` and `args.most`.
    OutOfRange,
    /// What is destroyed for good has to be typed; `args.name` is it.
    NameNotTyped,
    /// The other side did not answer in time; `args.who` is Meta or Bitrix24.
    RemoteSilent,
    /// The other side refused; `args.who` and `args.reason` say who and why.
    RemoteRefused,
    /// The text is no DNS name of a server.
    HostInvalid,
    /// The server has an address that may not be called.
    HostForbidden,
    /// No time zone has this name.
    TimezoneInvalid,
    /// The text is no time of day.
    TimeInvalid,
    /// A span ends before it begins.
    TimesReversed,
    /// Two spans of a day overlap.
    SpansOverlap,
    /// Hours are on and no day is open.
    HoursEmpty,
    /// The text is no date.
    DateInvalid,
    /// The day is over.
    DatePast,
    /// Not `name=value` a line, 128 signs at most each.
    UriParamInvalid,
    /// There is no SIP password.
    NothingToReveal,
    /// Somebody else is changing the same thing now.
    ChangedElsewhere,
    /// The database cannot be reached now.
    StoreUnavailable,
    /// The server could not be reached from the browser.
    Unreachable,
    /// The request could not be read.
    BadRequest,
    /// Something unforeseen; the log has it under the request id.
    #[serde(other)]
    Internal,
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotSignedIn => 401,
            Self::NotAllowed | Self::LoginDenied => 403,
            Self::NotFound | Self::LineGone => 404,
            Self::OwnsThings
            | Self::LastAdmin
            | Self::WabaTaken
            | Self::PhoneTaken
            | Self::NumberTaken
            | Self::PortalNotReady
            | Self::PortalTaken
            | Self::PortalBusy
            | Self::ClientTaken
            | Self::LineTaken
            | Self::TemplateTaken
            | Self::HashtagTaken
            | Self::MetaAppMissing
            | Self::NothingToReveal
            | Self::ChangedElsewhere => 409,
            Self::SetupOver | Self::LoginStale => 410,
            Self::WrongCredentials
            | Self::FieldEmpty
            | Self::EmailInvalid
            | Self::PasswordShort
            | Self::PasswordLong
            | Self::PasswordWrong
            | Self::EmailTaken
            | Self::TooLong
            | Self::NotChosen
            | Self::CountryInvalid
            | Self::DigitsOnly
            | Self::TokenRefused
            | Self::TokenMalformed
            | Self::TokenExpired
            | Self::TokenWrongApp
            | Self::TokenScopeMissing
            | Self::AppSecretRefused
            | Self::WabaUnreachable
            | Self::WabaUnclear
            | Self::PhoneInvalid
            | Self::PhoneMismatch
            | Self::PhoneUnreachable
            | Self::PinInvalid
            | Self::PinWrong
            | Self::NumberUnverified
            | Self::ClientIdInvalid
            | Self::ClientRefused
            | Self::LoginScopeMissing
            | Self::NameNotTyped
            | Self::PortalForeign
            | Self::TemplateName
            | Self::OneVariable
            | Self::NoVariable
            | Self::VariablesMixed
            | Self::VariableName
            | Self::VariablesGap
            | Self::VariableEdge
            | Self::TooManyButtons
            | Self::RepliesApart
            | Self::UrlInvalid
            | Self::UrlVariable
            | Self::SampleMissing
            | Self::SampleKind
            | Self::SampleBig
            | Self::HashtagInvalid
            | Self::TooMany
            | Self::NotUnique
            | Self::OutOfRange
            | Self::HostInvalid
            | Self::HostForbidden
            | Self::TimezoneInvalid
            | Self::TimeInvalid
            | Self::TimesReversed
            | Self::SpansOverlap
            | Self::HoursEmpty
            | Self::DateInvalid
            | Self::DatePast
            | Self::UriParamInvalid
            | Self::NothingChosen => 422,
            Self::TooManyAttempts | Self::RegisterLater => 429,
            Self::Internal => 500,
            Self::LoginFailed | Self::RemoteRefused => 502,
            Self::StoreUnavailable | Self::Unreachable | Self::RemoteSilent => 503,
        }
    }

    /// The code as it travels, e.g. `not_found`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotAllowed => "not_allowed",
            Self::NotFound => "not_found",
            Self::WrongCredentials => "wrong_credentials",
            Self::TooManyAttempts => "too_many_attempts",
            Self::FieldEmpty => "field_empty",
            Self::EmailInvalid => "email_invalid",
            Self::PasswordShort => "password_short",
            Self::PasswordLong => "password_long",
            Self::SetupOver => "setup_over",
            Self::PasswordWrong => "password_wrong",
            Self::EmailTaken => "email_taken",
            Self::OwnsThings => "owns_things",
            Self::LastAdmin => "last_admin",
            Self::TooLong => "too_long",
            Self::NotChosen => "not_chosen",
            Self::CountryInvalid => "country_invalid",
            Self::DigitsOnly => "digits_only",
            Self::TokenRefused => "token_refused",
            Self::TokenMalformed => "token_malformed",
            Self::TokenExpired => "token_expired",
            Self::TokenWrongApp => "token_wrong_app",
            Self::TokenScopeMissing => "token_scope_missing",
            Self::AppSecretRefused => "app_secret_refused",
            Self::WabaUnreachable => "waba_unreachable",
            Self::WabaUnclear => "waba_unclear",
            Self::WabaTaken => "waba_taken",
            Self::PhoneInvalid => "phone_invalid",
            Self::PhoneMismatch => "phone_mismatch",
            Self::PhoneUnreachable => "phone_unreachable",
            Self::PhoneTaken => "phone_taken",
            Self::PinInvalid => "pin_invalid",
            Self::PinWrong => "pin_wrong",
            Self::NumberUnverified => "number_unverified",
            Self::RegisterLater => "register_later",
            Self::PortalNotReady => "portal_not_ready",
            Self::PortalTaken => "portal_taken",
            Self::PortalForeign => "portal_foreign",
            Self::PortalBusy => "portal_busy",
            Self::ClientIdInvalid => "client_id_invalid",
            Self::ClientTaken => "client_taken",
            Self::ClientRefused => "client_refused",
            Self::LineTaken => "line_taken",
            Self::LineGone => "line_gone",
            Self::LoginDenied => "login_denied",
            Self::LoginStale => "login_stale",
            Self::LoginFailed => "login_failed",
            Self::LoginScopeMissing => "login_scope_missing",
            Self::NumberTaken => "number_taken",
            Self::MetaAppMissing => "meta_app_missing",
            Self::TemplateName => "template_name",
            Self::TemplateTaken => "template_taken",
            Self::OneVariable => "one_variable",
            Self::NoVariable => "no_variable",
            Self::VariablesMixed => "variables_mixed",
            Self::VariableName => "variable_name",
            Self::VariablesGap => "variables_gap",
            Self::VariableEdge => "variable_edge",
            Self::TooManyButtons => "too_many_buttons",
            Self::RepliesApart => "replies_apart",
            Self::UrlInvalid => "url_invalid",
            Self::UrlVariable => "url_variable",
            Self::SampleMissing => "sample_missing",
            Self::SampleKind => "sample_kind",
            Self::SampleBig => "sample_big",
            Self::HashtagInvalid => "hashtag_invalid",
            Self::HashtagTaken => "hashtag_taken",
            Self::TooMany => "too_many",
            Self::NotUnique => "not_unique",
            Self::OutOfRange => "out_of_range",
            Self::NothingChosen => "nothing_chosen",
            Self::HostInvalid => "host_invalid",
            Self::HostForbidden => "host_forbidden",
            Self::TimezoneInvalid => "timezone_invalid",
            Self::TimeInvalid => "time_invalid",
            Self::TimesReversed => "times_reversed",
            Self::SpansOverlap => "spans_overlap",
            Self::HoursEmpty => "hours_empty",
            Self::DateInvalid => "date_invalid",
            Self::DatePast => "date_past",
            Self::UriParamInvalid => "uri_param_invalid",
            Self::NothingToReveal => "nothing_to_reveal",
            Self::ChangedElsewhere => "changed_elsewhere",
            Self::NameNotTyped => "name_not_typed",
            Self::RemoteSilent => "remote_silent",
            Self::RemoteRefused => "remote_refused",
            Self::StoreUnavailable => "store_unavailable",
            Self::Unreachable => "unreachable",
            Self::BadRequest => "bad_request",
            Self::Internal => "internal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_travels_as_its_name() {
        let text = serde_json::to_string(&ProblemCode::NotSignedIn);
        assert_eq!(text.ok().as_deref(), Some("\"not_signed_in\""));
    }

    #[test]
    fn a_code_of_a_newer_server_is_still_a_problem() {
        let code: Result<ProblemCode, _> = serde_json::from_str("\"from_the_future\"");
        assert_eq!(code.ok(), Some(ProblemCode::Internal));
    }
}
