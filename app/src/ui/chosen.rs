use leptos::prelude::*;

use super::{
    Draft,
    typed::{note, refused},
};
use crate::model::Problem;

/// One of several, followed as it is chosen.
pub struct Chosen {
    name: String,
    label: String,
    hint: Option<String>,
    options: Vec<(String, String)>,
}

impl Chosen {
    /// A choice with this name in the form; value and words of each option.
    pub fn new(name: impl Into<String>, label: String, options: Vec<(String, String)>) -> Self {
        Self {
            name: name.into(),
            label,
            hint: None,
            options,
        }
    }

    /// A line under it.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl<F: Send + Sync + 'static> Draft<F> {
    /// A choice of the form.
    pub fn chosen(
        self,
        field: Chosen,
        read: impl Fn(&F) -> String + Send + Sync + 'static,
        write: impl Fn(&mut F, String) + Send + Sync + 'static,
    ) -> AnyView {
        chosen(field, self.get(read), self.set(write), self.problems)
    }
}

fn chosen(
    field: Chosen,
    value: Signal<String>,
    set: Callback<String>,
    problems: Signal<Vec<Problem>>,
) -> AnyView {
    let refused = refused(&field.name, problems);
    let first = value.get_untracked();
    let sent = first.clone();
    let problem = Signal::derive(move || {
        // What was refused is not wrong any more once it is another.
        let changed = value.with(|value| *value != sent);
        refused.clone().filter(|_| !changed)
    });
    let options = field.options.into_iter().map(|(value, words)| {
        let selected = value == first;
        view! { <option value=value selected=selected>{words}</option> }
    });
    let described = format!("{}-note", field.name);
    view! {
        <div class="field">
            <label for=field.name.clone()>{field.label}</label>
            <select
                id=field.name.clone()
                name=field.name
                prop:value=move || value.get()
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=described.clone()
                on:change=move |event| set.run(event_target_value(&event))
            >
                {options.collect_view()}
            </select>
            {note(described, field.hint, problem)}
        </div>
    }
    .into_any()
}
