use leptos::prelude::*;

use crate::{
    api::PhoneRegister,
    model::PhoneDetail,
    text,
    ui::{Field, FormActions, FormProblem, Section},
};

/// Registering a number whose two-step PIN only a person can know; nothing where none is asked for.
#[component]
pub fn Register(phone: PhoneDetail) -> impl IntoView {
    let action = ServerAction::<PhoneRegister>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let is_asked = phone.checks.iter().any(|check| {
        check.name == "registered" && matches!(check.code.as_str(), "pin_needed" | "pin_wrong")
    });
    let id = phone.row.id.to_string();
    is_asked.then(|| {
        view! {
            <Section title=text!(phone.register.title) hint=text!(phone.register.hint)>
                <ActionForm action=action attr:class="form form-page">
                    <FormProblem problem=problem />
                    <input type="hidden" name="id" value=id />
                    <Field
                        name="pin"
                        kind="password"
                        label=text!(phone.register.pin)
                        autocomplete="one-time-code"
                        problem=problem
                    />
                    <FormActions label=text!(phone.register.action) pending=action.pending() />
                </ActionForm>
            </Section>
        }
    })
}
