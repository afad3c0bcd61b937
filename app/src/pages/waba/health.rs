//! How a WABA is, in sentences.

use leptos::prelude::*;

use crate::{
    format::exact,
    model::{Check, CheckState, Moment, TokenState, WabaDetail, WabaHealth},
    text,
    ui::{Badge, CheckLine, IconName, Tone, sentence},
};

/// Health as tone, picture and word.
pub fn health_parts(health: WabaHealth) -> (Tone, IconName, String) {
    match health {
        WabaHealth::Ok => (Tone::Ok, IconName::Ok, text!(health.ok)),
        WabaHealth::Attention => (
            Tone::Attention,
            IconName::Attention,
            text!(health.attention),
        ),
        WabaHealth::Failed => (Tone::Failed, IconName::Failed, text!(health.failed)),
        WabaHealth::Unknown => (Tone::Unknown, IconName::Unknown, text!(health.unknown)),
    }
}

/// The token's kind and end, and whether that is a warning.
pub fn token_words(token: &TokenState) -> (String, bool) {
    let kind = kind_words(token.kind.as_deref());
    let words = match (token.ends_at, token.kind.is_some()) {
        (Some(at), _) => text!(waba.kind_until, kind = kind, at = exact(at)),
        (None, true) => text!(waba.kind_forever, kind = kind),
        (None, false) => text!(waba.kind_unknown),
    };
    (words, token.ends_soon)
}

/// The token's kind and end in a list; that it ends soon is a colour, a picture and a word.
#[component]
pub fn Token(words: String, warns: bool) -> impl IntoView {
    let badge = warns.then(|| {
        view! { <Badge tone=Tone::Attention icon=IconName::Attention label=text!(waba.ends_soon) /> }
    });
    view! { <span class="stack">{badge}<span>{words}</span></span> }
}

/// Meta's word for a kind of token, as people say it.
fn kind_words(kind: Option<&str>) -> String {
    match kind {
        Some("SYSTEM_USER") => text!(waba.kind.system),
        Some("USER") => text!(waba.kind.user),
        Some("PAGE" | "APP") | None => text!(waba.kind.other),
        Some(other) => other.to_lowercase().replace('_', " "),
    }
}

/// The finding of a check in words: what was checked, and the sentence.
pub fn check_words(check: &Check) -> (String, String) {
    let reason = sentence(&check.arg("reason"));
    let until = || {
        let at = check.arg("until").parse().ok();
        at.map_or_else(String::new, |at| exact(Moment(at)))
    };
    let kind = || {
        let kind = check.arg("kind");
        kind_words(Some(kind.as_str()).filter(|kind| !kind.is_empty()))
    };
    let label = match check.name.as_str() {
        "token" => text!(waba.check.token),
        "subscribed" => text!(waba.check.subscribed),
        "numbers" => text!(waba.check.numbers),
        other => other.to_owned(),
    };
    let sentence = match check.code.as_str() {
        "token_permanent" => text!(waba.says.token_permanent, kind = kind()),
        "token_good" => text!(waba.says.token_good, kind = kind(), at = until()),
        "token_ends_soon" => text!(waba.says.token_ends_soon, at = until()),
        "token_works" => text!(waba.says.token_works),
        "token_refused" => text!(waba.says.token_refused, reason = reason),
        "token_expired" if check.arg("until").is_empty() => text!(waba.says.token_expired),
        "token_expired" => text!(waba.says.token_expired_at, at = until()),
        "token_wrong_app" => text!(waba.says.token_wrong_app, app = check.arg("app")),
        "token_scope_missing" => {
            text!(waba.says.token_scope_missing, scopes = check.arg("scopes"))
        }
        "token_unreadable" => text!(waba.says.token_unreadable),
        "secret_refused" => text!(waba.says.secret_refused, reason = reason),
        "waba_unreachable" => text!(waba.says.waba_unreachable, reason = reason),
        "waba_unclear" => text!(waba.says.waba_unclear),
        "subscribed" => text!(waba.says.subscribed),
        "subscribe_refused" => text!(waba.says.subscribe_refused, reason = reason),
        "numbers_read" => {
            let count: u32 = check.arg("count").parse().unwrap_or_default();
            text!(waba.says.numbers_read, count = count)
        }
        "meta_silent" => text!(waba.says.meta_silent, reason = reason),
        "never" => text!(waba.says.never),
        _ => reason,
    };
    (label, sentence)
}

/// The sentences of a WABA's health, the webhook first.
pub fn lines(detail: &WabaDetail) -> impl IntoView + use<> {
    let mark = |state, at| Check {
        name: "webhook".to_owned(),
        state,
        code: String::new(),
        args: Default::default(),
        at,
    };
    let verified = match detail.verified_at {
        Some(at) => (text!(waba.says.verified), mark(CheckState::Ok, Some(at))),
        None => (
            text!(waba.says.not_verified),
            mark(CheckState::Unknown, None),
        ),
    };
    let heard = match detail.row.heard_at {
        Some(at) => (text!(waba.says.heard), mark(CheckState::Ok, Some(at))),
        None => (
            text!(waba.says.never_heard),
            mark(CheckState::Unknown, None),
        ),
    };
    let found = ["subscribed", "token", "numbers"].map(|name| {
        let found = detail.checks.iter().find(|check| check.name == name);
        let check = found.cloned().unwrap_or_else(|| Check {
            name: name.to_owned(),
            code: "never".to_owned(),
            ..mark(CheckState::Unknown, None)
        });
        let (label, sentence) = check_words(&check);
        view! { <CheckLine label=label sentence=sentence check=check /> }
    });
    view! {
        <ul class="health-list">
            <CheckLine label=text!(waba.check.verified) sentence=verified.0 check=verified.1 />
            <CheckLine label=text!(waba.check.heard) sentence=heard.0 check=heard.1 />
            {found.into_iter().collect_view()}
        </ul>
    }
}
