use std::sync::Arc;

use leptos::prelude::*;

use crate::model::Problem;

/// Takes a part of a form.
type Write<F> = dyn Fn(&mut F, String) + Send + Sync;

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
        // Boxed, so that the browser's program has one memo for all fields.
        let read: Box<dyn Fn(&F) -> String + Send + Sync> = Box::new(read);
        Memo::new(move |_| self.form.with(|form| read(form))).into()
    }

    /// Takes a part of it.
    pub fn set(self, write: impl Fn(&mut F, String) + Send + Sync + 'static) -> Callback<String> {
        let write: Box<Write<F>> = Box::new(write);
        Callback::new(move |value| self.form.update(|form| write(form, value)))
    }

    /// Changes it at the press of a button that without a script would send the form.
    pub fn press(
        self,
        change: impl Fn(&mut F) + Send + Sync + 'static,
    ) -> impl Fn(leptos::ev::MouseEvent) + Clone + Send + Sync + 'static {
        let change: Arc<dyn Fn(&mut F) + Send + Sync> = Arc::new(change);
        move |event| {
            event.prevent_default();
            self.form.update(|form| change(form));
        }
    }

    /// How many there are of something, as often as that changes.
    pub fn count(self, read: impl Fn(&F) -> usize + Send + Sync + 'static) -> Memo<u32> {
        let read: Box<dyn Fn(&F) -> usize + Send + Sync> = Box::new(read);
        Memo::new(move |_| {
            let count = self.form.with(|form| read(form));
            u32::try_from(count).unwrap_or(u32::MAX)
        })
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

/// A part of a form for each of these keys. One machinery for all lists of all forms.
pub fn each(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    part: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send + Sync> = Box::new(keys);
    let part: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(part);
    view! { <For each=keys key=|key| key.clone() children=move |key| part(key) /> }.into_any()
}

/// A part of a form for each of so many, by its place from 0.
pub fn each_of(
    count: Memo<u32>,
    part: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys = move || (0..count.get()).map(|place| place.to_string()).collect();
    each(keys, move |key| part(key.parse().unwrap_or_default()))
}
