use leptos::prelude::*;

use super::{Ago, Icon, IconName, Tone, question::with_params};
use crate::{
    base,
    model::{Connection, Proof, Subject, Verdict},
    pages::checks::check_text,
    text,
};

/// One health sentence: what, how it stands, why we say so and since when.
#[component]
pub fn HealthLine(connection: Connection) -> impl IntoView {
    let Connection {
        subject,
        name,
        verdict,
        proof,
        at,
    } = connection;
    let (kind, list) = match subject {
        Subject::Waba => (text!(health.waba), "/wabas"),
        Subject::Phone => (text!(health.phone), "/phones"),
        Subject::Portal => (text!(health.portal), "/portals"),
    };
    let href = with_params(&base::at(list), &[("q".to_owned(), name.clone())]);
    let (icon, word) = match verdict {
        Verdict::Ok => (IconName::Ok, text!(health.ok)),
        Verdict::Attention => (IconName::Attention, text!(health.attention)),
        Verdict::Failed => (IconName::Failed, text!(health.failed)),
        Verdict::Unknown => (IconName::Unknown, text!(health.unknown)),
    };
    let (sentence, when) = sentence(proof);
    view! {
        <li class="health" data-tone=Tone::from(verdict).as_str()>
            <Icon name=icon />
            <div>
                <p class="health-name"><a class="health-link" href=href>{name}</a><span class="muted">{kind}</span></p>
                <p>
                    {sentence}
                    {at.map(|at| view! { <span class="muted">", "{when}" "<Ago at=at /></span> })}
                </p>
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}

/// The proof as a sentence, and the word before its time.
fn sentence(proof: Proof) -> (String, String) {
    match proof {
        Proof::WebhookSeen => (text!(health.webhook_seen), text!(health.last)),
        Proof::WebhookNeverSeen => (text!(health.webhook_never_seen), text!(health.checked)),
        Proof::ConnectorActive { line } => (
            text!(health.connector_active, line = line),
            text!(health.checked),
        ),
        Proof::Found { check } => (check_text(&check), text!(health.checked)),
        Proof::ConnectorUnchecked { line: Some(line) } => (
            text!(health.connector_unchecked, line = line),
            text!(health.checked),
        ),
        Proof::ConnectorUnchecked { line: None } => {
            (text!(health.connector_coming), text!(health.checked))
        }
        Proof::NotLinked => (text!(health.not_linked), text!(health.checked)),
        Proof::PortalAnswers => (text!(health.portal_answers), text!(health.checked)),
        Proof::PortalUninstalled => (text!(health.portal_uninstalled), text!(health.answered)),
        Proof::PortalNeedsTokens => (text!(health.portal_needs_tokens), text!(health.answered)),
        Proof::PortalUnchecked => (text!(health.portal_unchecked), text!(health.checked)),
        Proof::PortalRefuses { reason } => (
            text!(health.portal_refuses, reason = reason),
            text!(health.answered),
        ),
    }
}
