use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{fields::WabaFields, page::missing};
use crate::{
    api::{WabaEdit, waba_find},
    model::ProblemCode,
    read::reading,
    text,
    ui::{Failure, FormActions, FormProblem, Loading, PageHead},
};

/// Editing a WABA.
#[component]
pub fn WabaEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let action = ServerAction::<WabaEdit>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let waba = reading(move || id.get(), waba_find);
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match waba.await {
                    Ok(known) => {
                        let back = format!("/wabas/{}", known.row.id);
                        view! {
                            <PageHead title=text!(waba.edit) back=(back.clone(), known.row.name.clone()) />
                            <div class="form-page">
                                <ActionForm action=action attr:class="form card card-form" attr:novalidate=true>
                                    <FormProblem problem=problem />
                                    <input type="hidden" name="id" value=known.row.id.to_string() />
                                    <WabaFields problem=problem known=known />
                                    <FormActions label=text!(form.save) pending=action.pending() cancel=back />
                                </ActionForm>
                            </div>
                        }
                        .into_any()
                    }
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => {
                        view! {
                            <PageHead title=text!(waba.edit) back=("/wabas".to_owned(), text!(wabas.title)) />
                            <Failure problem=problem retry=Callback::new(move |()| waba.refetch()) />
                        }
                        .into_any()
                    }
                }
            })}
        </Transition>
    }
}
