use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::page::{list, missing};
use crate::{
    api::{InteractiveDelete, interactive_find},
    model::ProblemCode,
    read::reading,
    text,
    ui::{Failure, FormActions, FormProblem, Loading, PageHead, Section},
};

/// Asks before an interactive message is deleted.
#[component]
pub fn InteractiveDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let action = ServerAction::<InteractiveDelete>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let found = reading(move || id.get(), interactive_find);
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(found) => {
                        let back = format!("/interactive/{}", found.row.id);
                        view! {
                            <PageHead title=text!(interactive.delete) back=(back.clone(), found.row.name.clone()) />
                            <Section title=found.row.name.clone()>
                                <p>{text!(interactive.delete_hint)}</p>
                                <ActionForm action=action attr:class="form form-page">
                                    <FormProblem problem=problem />
                                    <input type="hidden" name="id" value=found.row.id.to_string() />
                                    <FormActions
                                        label=text!(interactive.delete_action, name = found.row.name)
                                        pending=action.pending()
                                        cancel=back
                                        danger=true
                                    />
                                </ActionForm>
                            </Section>
                        }
                        .into_any()
                    }
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(interactive.delete) back=list() />
                        <Failure problem=problem retry=Callback::new(move |()| found.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}
