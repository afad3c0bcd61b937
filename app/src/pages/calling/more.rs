use leptos::prelude::*;

use super::{
    fields::{part, tick},
    hours::Hours,
};
use crate::{
    model::{CallingForm, Srtp},
    text,
    ui::{Chosen, Draft, Typed},
};

/// Fields that stand in sight from the beginning; what is wrong with any other opens the rest.
const FIRST: [&str; 4] = ["calling", "sip", "host", "port"];

/// The settings most people leave as they are.
#[component]
pub fn More(
    draft: Draft<CallingForm>,
    /// Whether the portal may be told of calls.
    telephony: bool,
) -> impl IntoView {
    let is_wrong = draft.problems.with_untracked(|problems| {
        let mut fields = problems
            .iter()
            .filter_map(|problem| problem.field.as_deref());
        fields.any(|field| !FIRST.contains(&field))
    });
    view! {
        <details class="more" open=is_wrong>
            <summary>{text!(calling.form.more)}</summary>
            <div class="form">
                {seen(draft)}
                {server(draft)}
                <Hours draft=draft />
                {voicemail(draft)}
                {crm(draft, telephony)}
            </div>
        </details>
    }
}

/// What customers see.
fn seen(draft: Draft<CallingForm>) -> AnyView {
    let form = draft.form.get_untracked();
    let countries = draft.typed(
        Typed::new("countries", text!(calling.form.countries))
            .hint(text!(calling.form.countries_hint))
            .optional(),
        |form| form.countries.clone(),
        |form, value| form.countries = value,
    );
    let icon_hint = Some(text!(calling.form.icon_hint));
    view! {
        <div class="form form-page">
            {tick(draft, "icon", text!(calling.form.icon), icon_hint, form.icon)}
            {countries}
            {tick(draft, "callback", text!(calling.form.callback), None, form.callback)}
        </div>
    }
    .into_any()
}

/// How the server is spoken to.
fn server(draft: Draft<CallingForm>) -> AnyView {
    let form = draft.form.get_untracked();
    let ways = vec![
        (Srtp::Sdes.as_str().to_owned(), text!(calling.form.sdes)),
        (Srtp::Dtls.as_str().to_owned(), text!(calling.form.dtls)),
    ];
    let srtp = draft.chosen(
        Chosen::new("srtp", text!(calling.form.srtp), ways).hint(text!(calling.form.srtp_hint)),
        |form| form.srtp.as_str().to_owned(),
        |form, value| {
            form.srtp = if value == Srtp::Dtls.as_str() {
                Srtp::Dtls
            } else {
                Srtp::Sdes
            };
        },
    );
    let params = draft.typed(
        Typed::new("uri_params", text!(calling.form.uri_params))
            .hint(text!(calling.form.uri_params_hint))
            .lines(2)
            .optional(),
        |form| form.uri_params.clone(),
        |form, value| form.uri_params = value,
    );
    let webhooks = Some(text!(calling.form.webhooks_hint));
    let codecs = view! {
        {tick(draft, "pcma", text!(calling.form.pcma), None, form.pcma)}
        {tick(draft, "pcmu", text!(calling.form.pcmu), None, form.pcmu)}
    };
    view! {
        <div class="form form-page">{srtp}</div>
        {part(text!(calling.form.codecs), codecs)}
        <div class="form form-page">
            {tick(draft, "webhooks", text!(calling.form.webhooks), webhooks, form.webhooks)}
            {params}
        </div>
    }
    .into_any()
}

fn voicemail(draft: Draft<CallingForm>) -> AnyView {
    let voicemail = draft.form.with_untracked(|form| form.voicemail.clone());
    let seconds = draft.typed(
        Typed::new("seconds", text!(calling.voicemail.seconds))
            .hint(text!(calling.voicemail.seconds_hint))
            .optional(),
        |form| form.voicemail.seconds.clone(),
        |form, value| form.voicemail.seconds = value,
    );
    let announcement = draft.typed(
        Typed::new("announcement", text!(calling.voicemail.announcement))
            .hint(text!(calling.voicemail.announcement_hint))
            .optional(),
        |form| form.voicemail.announcement.clone(),
        |form, value| form.voicemail.announcement = value,
    );
    let on_hint = Some(text!(calling.voicemail.on_hint));
    let inside = view! {
        {tick(draft, "voicemail", text!(calling.voicemail.on), on_hint, voicemail.on)}
        {tick(draft, "on_reject", text!(calling.voicemail.on_reject), None, voicemail.on_reject)}
        {tick(draft, "on_timeout", text!(calling.voicemail.on_timeout), None, voicemail.on_timeout)}
        <div class="pair">{seconds}{announcement}</div>
    };
    part(text!(calling.voicemail.title), inside)
}

/// What the portal is told of calls; what is missing where it may not be told.
fn crm(draft: Draft<CallingForm>, telephony: bool) -> AnyView {
    let (is_on, user) = draft
        .form
        .with_untracked(|form| (form.in_crm, form.crm_user.clone()));
    if !telephony {
        // What was chosen before stays chosen.
        let inside = view! {
            <p class="muted">{text!(calling.crm.no_permission)}</p>
            {is_on.then(|| view! { <input type="hidden" name="in_crm" value="true" /> })}
            <input type="hidden" name="crm_user" value=user />
        };
        return part(text!(calling.crm.title), inside);
    }
    let user = draft.typed(
        Typed::new("crm_user", text!(calling.crm.user))
            .hint(text!(calling.crm.user_hint))
            .optional(),
        |form| form.crm_user.clone(),
        |form, value| form.crm_user = value,
    );
    let on_hint = Some(text!(calling.crm.on_hint));
    let inside = view! {
        {tick(draft, "in_crm", text!(calling.crm.on), on_hint, is_on)}
        {user}
    };
    part(text!(calling.crm.title), inside)
}
