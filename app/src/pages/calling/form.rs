use leptos::prelude::*;

use super::{fields::switch, more::More};
use crate::{
    base::at,
    model::{CallingForm, CallingShown},
    text,
    ui::{Draft, FormProblem, Section, Submit, Typed},
};

/// The settings. They go to this page itself, with a script or without: there are more of them than an address holds.
#[component]
pub fn SettingsForm(shown: CallingShown) -> impl IntoView {
    let detail = shown.detail;
    let known = detail.form;
    let (form, problems) = shown.refused.unwrap_or_else(|| (known, Vec::new()));
    let draft = Draft::new(form.filled(), problems);
    let sending = RwSignal::new(false);
    let unread = draft.form.with_untracked(|form| form.unread);
    let (calling, sip) = draft.form.with_untracked(|form| (form.calling, form.sip));
    let page = format!("/phones/{}/calling", detail.phone);
    let check = at(&format!("{page}/check"));
    let host = draft.typed(
        Typed::new("host", text!(calling.form.host)).hint(text!(calling.form.host_hint)),
        |form| form.host.clone(),
        |form, value| form.host = value,
    );
    let port = draft.typed(
        Typed::new("port", text!(calling.form.port))
            .hint(text!(calling.form.port_hint))
            .placeholder(CallingForm::PORT.to_owned())
            .optional(),
        |form| form.port.clone(),
        |form, value| form.port = value,
    );
    view! {
        <Section title=text!(calling.nav.settings) id="settings">
            <form
                method="post"
                action=at(&page)
                enctype="multipart/form-data"
                class="form"
                novalidate
                on:submit=move |_| sending.set(true)
            >
                // Enter sends the form, and is no press of the first small button in it.
                <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true">{text!(form.save)}</button>
                {unread.then(|| view! { <input type="hidden" name="unread" value="true" /> })}
                {draft.is_marked().then(|| view! { <p class="form-problem" role="alert">{text!(form.marked)}</p> })}
                <FormProblem problem=draft.whole() />
                <div class="form form-page">
                    {switch(draft, "calling", text!(calling.health.calling), calling)}
                    {switch(draft, "sip", text!(calling.health.sip), sip)}
                    {host}
                    {port}
                    <p><a href=check>{text!(calling.form.test)}</a></p>
                </div>
                <More draft=draft telephony=detail.telephony />
                <p class="muted" role="status">
                    {move || sending.get().then(|| text!(calling.form.changing))}
                </p>
                <div class="form-actions">
                    <Submit label=text!(form.save) pending=sending class="button primary" />
                </div>
            </form>
        </Section>
    }
}
