use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::page::missing;
use crate::{
    api::{WabaDelete, waba_belongings_read},
    format::counted,
    model::ProblemCode,
    read::reading,
    text,
    ui::{Banner, Fact, Failure, Field, FormActions, FormProblem, Loading, PageHead, Tone},
};

/// Asks before a WABA is deleted, and names what goes with it.
#[component]
pub fn WabaDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let action = ServerAction::<WabaDelete>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let waba = reading(move || id.get(), waba_belongings_read);
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match waba.await {
                    Ok(goes) => {
                        let back = format!("/wabas/{}", id.get_untracked());
                        view! {
                            <PageHead title=text!(waba.delete.title) back=(back.clone(), goes.name.clone()) />
                            <div class="form-page">
                                <Banner tone=Tone::Attention>
                                    <p>{text!(waba.delete.hint)}</p>
                                </Banner>
                                <ActionForm action=action attr:class="form card card-form" attr:novalidate=true>
                                    <FormProblem problem=problem />
                                    <input type="hidden" name="id" value=id.get_untracked() />
                                    <dl class="facts">
                                        <Fact label=text!(waba.delete.phones)>{counted(goes.phones)}</Fact>
                                        <Fact label=text!(waba.delete.conversations)>{counted(goes.conversations)}</Fact>
                                        <Fact label=text!(waba.delete.messages)>{counted(goes.messages)}</Fact>
                                        <Fact label=text!(waba.delete.open)>{counted(goes.open)}</Fact>
                                    </dl>
                                    <Field
                                        name="typed"
                                        label=text!(form.type_name, name = goes.name.clone())
                                        problem=problem
                                    />
                                    <FormActions
                                        label=text!(waba.delete.action, name = goes.name)
                                        pending=action.pending()
                                        cancel=back
                                        danger=true
                                    />
                                </ActionForm>
                            </div>
                        }
                        .into_any()
                    }
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => {
                        view! {
                            <PageHead title=text!(waba.delete.title) back=("/wabas".to_owned(), text!(wabas.title)) />
                            <Failure problem=problem retry=Callback::new(move |()| waba.refetch()) />
                        }
                        .into_any()
                    }
                }
            })}
        </Transition>
    }
}
