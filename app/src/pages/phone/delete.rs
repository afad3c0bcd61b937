use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{PhoneDelete, phone_loss_read},
    format::counted,
    read::reading,
    text,
    ui::{Failure, Field, FormActions, FormProblem, Loading, PageHead, Section},
};

/// Asks before a phone is deleted, and says what goes with it.
#[component]
pub fn PhoneDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let loss = reading(move || id.get(), phone_loss_read);
    let action = ServerAction::<PhoneDelete>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let back = (
        format!("/phones/{}", id.get_untracked()),
        text!(phones.phone),
    );
    view! {
        <PageHead title=text!(phone.delete) back=back />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match loss.await {
                        Ok(loss) => {
                            let id = id.get_untracked();
                            let what = text!(
                                phone.delete_what,
                                conversations = counted(loss.conversations),
                                messages = counted(loss.messages)
                            );
                            view! {
                                <Section title=text!(phone.delete_title, phone = loss.phone.clone())>
                                    <FormProblem problem=problem />
                                    <p>{what}</p>
                                    <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                                        <input type="hidden" name="id" value=id.clone() />
                                        <Field
                                            name="typed"
                                            label=text!(form.type_number, phone = loss.phone.clone())
                                            problem=problem
                                        />
                                        <FormActions
                                            label=text!(phone.delete_button, phone = loss.phone)
                                            pending=action.pending()
                                            cancel=format!("/phones/{id}")
                                            danger=true
                                        />
                                    </ActionForm>
                                </Section>
                            }
                            .into_any()
                        }
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| loss.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}
