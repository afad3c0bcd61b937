use leptos::prelude::*;

use crate::model::Problem;

/// A long form: what is typed, and what was wrong with it when it was sent.
pub struct Draft<F: Send + Sync + 'static> {
    /// What is typed.
    pub form: RwSignal<F>,
    /// What was wrong when it was sent.
    pub problems: Signal<Vec<Problem>>,
}

impl<F: Send + Sync + 'static> Clone for Draft<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for Draft<F> {}

impl<F: Send + Sync + 'static> Draft<F> {
    /// A form and what was wrong with it.
    pub fn new(form: F, problems: Vec<Problem>) -> Self {
        Self {
            form: RwSignal::new(form),
            problems: Signal::stored(problems),
        }
    }

    /// A part of it.
    pub fn get(self, read: impl Fn(&F) -> String + Send + Sync + 'static) -> Signal<String> {
        Memo::new(move |_| self.form.with(&read)).into()
    }

    /// Takes a part of it.
    pub fn set(self, write: impl Fn(&mut F, String) + Send + Sync + 'static) -> Callback<String> {
        Callback::new(move |value| self.form.update(|form| write(form, value)))
    }

    /// Changes it at the press of a button that without a script would send the form.
    pub fn press(
        self,
        change: impl Fn(&mut F) + Send + Sync + 'static,
    ) -> impl Fn(leptos::ev::MouseEvent) + Clone + Send + Sync + 'static
    where
        F: Send + Sync,
    {
        let change = std::sync::Arc::new(change);
        move |event| {
            event.prevent_default();
            self.form.update(|form| change(form));
        }
    }

    /// What was wrong at none of its fields.
    pub fn whole(self) -> Signal<Option<Problem>> {
        let problems = self.problems;
        Signal::derive(move || {
            let problems = problems.get();
            problems.into_iter().find(|problem| problem.field.is_none())
        })
    }

    /// Whether a field was wrong.
    pub fn is_marked(self) -> bool {
        self.problems
            .with_untracked(|problems| problems.iter().any(|problem| problem.field.is_some()))
    }
}
