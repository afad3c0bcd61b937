use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    actions::Actions,
    fields::{head, words},
    page::{list, missing},
};
use crate::{
    api::interactive_start,
    base::at,
    model::{InteractiveForm, InteractiveFormStart, ProblemCode},
    read::reading,
    text,
    ui::{Bubble, Draft, Failure, FormProblem, Loading, PageHead, Section, Submit},
};

/// Building an interactive message.
#[component]
pub fn InteractiveNewPage() -> impl IntoView {
    let start = reading(|| (), |()| interactive_start(String::new()));
    view! {
        <PageHead title=text!(interactive.add) back=list() />
        <Suspense fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <TheForm start=start cancel="/interactive".to_owned() /> }.into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| start.refetch()) /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// Changing one.
#[component]
pub fn InteractiveEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let start = reading(move || id.get(), interactive_start);
    view! {
        <Suspense fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                let back = format!("/interactive/{}", id.get_untracked());
                match start.await {
                    Ok(start) => view! {
                        <PageHead title=text!(interactive.edit) back=(back.clone(), text!(interactive.one)) />
                        <TheForm start=start cancel=back />
                    }
                    .into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(interactive.edit) back=list() />
                        <Failure problem=problem retry=Callback::new(move |()| start.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

/// The form goes to this page itself: what was typed is too long for an address.
#[component]
fn TheForm(start: InteractiveFormStart, cancel: String) -> impl IntoView {
    let known = start.form.unwrap_or_default();
    let (form, problems) = start.refused.unwrap_or_else(|| (known, Vec::new()));
    let form = form.placed(&start.places);
    let draft = Draft::new(form, problems);
    let sending = RwSignal::new(false);
    let preview = move || {
        let shown = draft.form.with(InteractiveForm::content).preview();
        view! { <Bubble preview=shown /> }
    };
    view! {
        <form
            method="post"
            enctype="multipart/form-data"
            class="form beside"
            novalidate
            on:submit=move |_| sending.set(true)
        >
            // Enter sends the form, and is no press of the first small button in it.
            <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true">{text!(form.save)}</button>
            <div class="beside-main form">
                {draft.is_marked().then(|| view! { <p class="form-problem" role="alert">{text!(form.marked)}</p> })}
                <FormProblem problem=draft.whole() />
                <Section title=text!(interactive.what)>{head(draft, start.places)}</Section>
                <Section title=text!(template.new.body)>{words(draft)}</Section>
                <Actions draft=draft />
                <div class="form-actions">
                    <Submit label=text!(form.save) pending=sending class="button primary" />
                    <a class="button quiet" href=at(&cancel)>{text!(form.cancel)}</a>
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
