use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::page::missing;
use crate::{
    api::{TemplateDelete, template_find},
    model::{ProblemCode, TemplateDetail},
    read::reading,
    text,
    ui::{Banner, Failure, Field, FormActions, FormProblem, Loading, PageHead, Tone},
};

/// Asks before a template is deleted at Meta, and explains Meta's rules.
#[component]
pub fn TemplateDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let action = ServerAction::<TemplateDelete>::new();
    let template = reading(move || id.get(), template_find);
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match template.await {
                    Ok(found) => form(found, action).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(template.delete.title) back=("/wabas".to_owned(), text!(wabas.title)) />
                        <Failure problem=problem retry=Callback::new(move |()| template.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

fn form(found: TemplateDetail, action: ServerAction<TemplateDelete>) -> impl IntoView {
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let back = format!("/templates/{}", found.row.id);
    let name = found.row.name.clone();
    let others: Vec<String> = found
        .siblings
        .into_iter()
        .map(|(_, language)| language)
        .collect();
    let kept = problem
        .get_untracked()
        .and_then(|problem| problem.kept.get("end").cloned());
    let all = kept.as_deref() == Some("name");
    let choice = (!others.is_empty()).then(|| {
        let languages = format!("{}, {}", found.row.language, others.join(", "));
        view! {
            <fieldset class="choice">
                <legend>{text!(template.delete.which)}</legend>
                <label class="tick">
                    <input type="radio" name="end" value="language" checked=!all />
                    <span>{text!(template.delete.one, language = found.row.language.clone())}</span>
                </label>
                <label class="tick">
                    <input type="radio" name="end" value="name" checked=all />
                    <span>{text!(template.delete.all, languages = languages)}</span>
                </label>
            </fieldset>
        }
    });
    view! {
        <PageHead title=text!(template.delete.title) back=(back.clone(), name.clone()) />
        <div class="form-page">
            <Banner tone=Tone::Attention>
                <p>{text!(template.delete.hint)}</p>
                <p>{text!(template.delete.rule)}</p>
            </Banner>
            <ActionForm action=action attr:class="form card card-form" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=found.row.id.to_string() />
                {choice}
                <Field name="typed" label=text!(form.type_name, name = name.clone()) problem=problem />
                <FormActions
                    label=text!(template.delete.action, name = name)
                    pending=action.pending()
                    cancel=back
                    danger=true
                />
            </ActionForm>
        </div>
    }
}
