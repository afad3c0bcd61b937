//! Fields of long forms: each says how much of its room is used, while one types.
//!
//! They are plain functions and not components: a form has dozens of them, and a component's parameters would stand
//! in the browser's program once for every use.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Draft, problem_text};
use crate::{
    model::{Problem, ProblemCode, TextPart, text_parts},
    text,
};

/// A field whose words are followed as they are typed. Without a script it is a plain field.
pub struct Typed {
    name: String,
    label: String,
    hint: Option<String>,
    placeholder: Option<String>,
    most: Option<usize>,
    lines: Option<u32>,
    is_optional: bool,
    has_variables: bool,
}

impl Typed {
    /// A field with this name in the form, which is also the `field` of a problem.
    pub fn new(name: impl Into<String>, label: String) -> Self {
        Self {
            name: name.into(),
            label,
            hint: None,
            placeholder: None,
            most: None,
            lines: None,
            is_optional: false,
            has_variables: false,
        }
    }

    /// A line under it.
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What it shows while it is empty.
    pub fn placeholder(mut self, words: String) -> Self {
        self.placeholder = Some(words);
        self
    }

    /// The most characters there may be.
    pub fn most(mut self, most: usize) -> Self {
        self.most = Some(most);
        self
    }

    /// Room for as many lines.
    pub fn lines(mut self, lines: u32) -> Self {
        self.lines = Some(lines);
        self
    }

    /// It may stay empty.
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// A variable counts as one character: its value is not known yet.
    pub fn variables(mut self) -> Self {
        self.has_variables = true;
        self
    }
}

impl<F: Send + Sync + 'static> Draft<F> {
    /// A field of the form.
    pub fn typed(
        self,
        field: Typed,
        read: impl Fn(&F) -> String + Send + Sync + 'static,
        write: impl Fn(&mut F, String) + Send + Sync + 'static,
    ) -> AnyView {
        typed(field, self.get(read), self.set(write), self.problems)
    }
}

fn typed(
    field: Typed,
    value: Signal<String>,
    set: Callback<String>,
    problems: Signal<Vec<Problem>>,
) -> AnyView {
    let refused = refused(&field.name, problems);
    let first = value.get_untracked();
    let (sent, most, variables) = (first.clone(), field.most, field.has_variables);
    let used = move || value.with(|value| length(value, variables));
    let problem = Signal::derive(move || {
        if let Some(most) = most.filter(|most| used() > *most) {
            return Some(Problem::new(ProblemCode::TooLong).arg("most", most));
        }
        // What was refused is not wrong any more once it is another.
        let changed = value.with(|value| *value != sent);
        refused.clone().filter(|_| !changed)
    });
    let room = most.map(|most| {
        let is_over = move || used() > most;
        view! {
            <span class="field-count" class:field-error=is_over>
                {move || text!(form.used, used = used(), most = most)}
            </span>
        }
    });
    let described = format!("{}-note", field.name);
    let is_described = field.hint.is_some();
    let described_by = {
        let described = described.clone();
        move || (is_described || problem.get().is_some()).then(|| described.clone())
    };
    let invalid = move || problem.get().is_some().then_some("true");
    let required = (!field.is_optional).then_some("true");
    let typed = move |event: leptos::ev::Event| set.run(event_target_value(&event));
    let name = field.name;
    let control = match field.lines {
        Some(lines) => view! {
            <textarea
                id=name.clone()
                name=name.clone()
                rows=lines
                prop:value=move || value.get()
                placeholder=field.placeholder
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described_by
                on:input=typed
                inner_html=escaped(&first)
            ></textarea>
        }
        .into_any(),
        None => view! {
            <input
                id=name.clone()
                name=name.clone()
                type="text"
                value=first
                prop:value=move || value.get()
                placeholder=field.placeholder
                autocomplete="off"
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described_by
                on:input=typed
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for=name>{field.label}</label>
                {room}
            </div>
            {control}
            {note(described, field.hint, problem)}
        </div>
    }
    .into_any()
}

/// What was wrong with a field when it was sent.
pub(super) fn refused(name: &str, problems: Signal<Vec<Problem>>) -> Option<Problem> {
    problems.with_untracked(|problems| {
        let mut problems = problems.iter();
        problems.find(|problem| problem.is_at(name)).cloned()
    })
}

/// The hint of a field, or what is wrong with it.
pub(super) fn note(id: String, hint: Option<String>, problem: Signal<Option<Problem>>) -> AnyView {
    let hint: Arc<str> = hint.unwrap_or_default().into();
    let says = move || match problem.get() {
        Some(problem) => problem_text(&problem),
        None => hint.to_string(),
    };
    view! {
        <p id=id class="field-note" class:field-error=move || problem.get().is_some() aria-live="polite">{says}</p>
    }
    .into_any()
}

/// How much room words take.
fn length(words: &str, variables: bool) -> usize {
    if !variables {
        return words.chars().count();
    }
    let parts = text_parts(words).into_iter().map(|part| match part {
        TextPart::Words(words) => words.chars().count(),
        TextPart::Place(_) => 1,
    });
    parts.sum()
}

/// Words as the inside of a text area. What reads HTML takes a first line end away.
pub fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_takes_the_room_of_one_character() {
        assert_eq!(length("Hi {{name}}!", true), 5);
        assert_eq!(length("Hi {{name}}!", false), 12);
        assert_eq!(length("Привет", true), 6);
    }

    #[test]
    fn typed_words_do_not_end_their_area() {
        assert_eq!(escaped("a</textarea>&"), "\na&lt;/textarea>&amp;");
    }
}
