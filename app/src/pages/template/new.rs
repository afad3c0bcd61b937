use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    buttons::buttons,
    fields::{body, head, header},
};
use crate::{
    api::template_start,
    base::at,
    i18n::{Language, language},
    model::{ProblemCode, TemplateCategory, TemplateForm, TemplateFormStart},
    read::reading,
    text,
    ui::{
        Bubble, Draft, Empty, Failure, FormProblem, IconName, Loading, PageHead, Section, Submit,
    },
};

/// Making a template and handing it to Meta.
#[component]
pub fn TemplateNewPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let start = reading(move || id.get(), template_start);
    let list = format!("/wabas/{}/templates", id.get_untracked());
    view! {
        <PageHead title=text!(template.new.title) back=(list, text!(template.title)) />
        <Suspense fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <TheForm start=start waba=id.get_untracked() /> }.into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => view! {
                        <Empty
                            icon=IconName::Search
                            title=text!(waba.missing_title)
                            hint=text!(waba.missing_hint)
                            href="/wabas"
                            action=text!(waba.to_list)
                        />
                    }
                    .into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| start.refetch()) /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// An empty form, with what most people want.
fn empty() -> TemplateForm {
    TemplateForm {
        category: TemplateCategory::Utility.as_str().to_owned(),
        language: match language() {
            Language::en => "en_US",
            Language::ru => "ru",
        }
        .to_owned(),
        ..TemplateForm::default()
    }
}

/// The form goes to this page itself: what was typed is too long for an address.
#[component]
fn TheForm(start: TemplateFormStart, waba: String) -> impl IntoView {
    let (form, problems) = start.refused.unwrap_or_else(|| (empty(), Vec::new()));
    let draft = Draft::new(form, problems);
    let sending = RwSignal::new(false);
    let preview = move || view! { <Bubble preview=draft.form.with(TemplateForm::preview) /> };
    view! {
        <form
            method="post"
            enctype="multipart/form-data"
            class="form beside"
            novalidate
            on:submit=move |_| sending.set(true)
        >
            // Enter sends the form, and is no press of the first small button in it.
            <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true">{text!(template.new.send)}</button>
            <div class="beside-main form">
                {draft.is_marked().then(|| view! { <p class="form-problem" role="alert">{text!(form.marked)}</p> })}
                <FormProblem problem=draft.whole() />
                <Section title=text!(template.new.what)>{head(draft, start.languages)}</Section>
                <Section title=text!(template.new.header) hint=text!(template.new.header_hint)>
                    {header(draft, start.takes_samples)}
                </Section>
                <Section title=text!(template.new.body)>{body(draft)}</Section>
                <Section title=text!(template.new.buttons) hint=text!(template.new.buttons_hint)>
                    {buttons(draft)}
                </Section>
                <p class="muted">{text!(template.new.review)}</p>
                <div class="form-actions">
                    <Submit label=text!(template.new.send) pending=sending class="button primary" />
                    <a class="button quiet" href=at(&format!("/wabas/{waba}/templates"))>{text!(form.cancel)}</a>
                </div>
            </div>
            <div class="beside-look">
                <h2 class="beside-title">{text!(template.preview)}</h2>
                {preview}
                <button type="submit" name="step" value="show" class="button unscripted">{text!(template.new.show)}</button>
            </div>
        </form>
    }
}
