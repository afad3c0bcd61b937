use leptos::prelude::*;

/// What is read aloud to those who do not see it happen.
#[derive(Clone, Copy)]
pub(super) struct Announcer(RwSignal<String>);

impl Announcer {
    /// Makes it known to the page.
    pub fn provide() {
        provide_context(Self(RwSignal::new(String::new())));
    }

    /// Has words read aloud, also those of later.
    pub fn later() -> impl Fn(String) + Clone + 'static {
        let said = use_context::<Self>();
        move |words| {
            if let Some(Self(said)) = said {
                said.try_set(words);
            }
        }
    }
}

/// The place from which it is read.
#[component]
pub(super) fn Announcements() -> impl IntoView {
    let words = use_context::<Announcer>().map(|announcer| announcer.0);
    view! {
        <p class="sr-only" role="status">
            {move || words.map(|words| words.get())}
        </p>
    }
}
