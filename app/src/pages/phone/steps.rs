use leptos::prelude::*;

use crate::{
    model::{CheckState, PhoneDetail},
    pages::checks::check_text,
    text,
    ui::{Section, Step},
};

/// The steps of linking, with ticks as they happen.
#[component]
pub fn Steps(phone: PhoneDetail) -> impl IntoView {
    let names = [
        ("link_register", text!(phone.step.register)),
        (
            "link_line",
            text!(phone.step.line, name = phone.line_name.clone()),
        ),
        ("link_activate", text!(phone.step.activate)),
        ("link_data", text!(phone.step.data)),
        ("link_status", text!(phone.step.status)),
    ];
    let steps = names
        .into_iter()
        .map(|(name, label)| {
            let found = phone.steps.iter().find(|step| step.name == name).cloned();
            let state = found.as_ref().map(|step| step.state);
            // What worked needs no words.
            let sentence = found
                .filter(|step| step.state != CheckState::Ok)
                .map(|step| check_text(&step))
                .unwrap_or_default();
            view! { <Step label=label state=state sentence=sentence /> }
        })
        .collect_view();
    view! {
        <Section title=text!(phone.linking)>
            <ol class="steps">{steps}</ol>
        </Section>
    }
}
