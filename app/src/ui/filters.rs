//! Search and filters, as links and a plain form: the question lives in the address.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Icon, IconName, question::with_params};
use crate::{base::at, text};

/// One choice of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// The address of the list narrowed by it.
    pub href: String,
    /// Whether it is the present choice.
    pub chosen: bool,
}

/// The choices of a filter, side by side.
#[component]
pub fn Chips(#[prop(into)] label: String, chips: Signal<Vec<Chip>>) -> impl IntoView {
    let name = label.clone();
    view! {
        <nav class="chips" aria-label=name>
            <span class="chips-label" aria-hidden="true">{label}</span>
            {move || {
                chips
                    .get()
                    .into_iter()
                    .map(|chip| {
                        view! {
                            <a class="chip" href=chip.href aria-current=chip.chosen.then_some("true")>
                                {chip.label}
                            </a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}

/// The search field of a list. What else narrows the list goes along: in hidden fields of
/// the plain form, in the address when a script is there.
#[component]
pub fn SearchBox(
    /// The path of the list.
    #[prop(into)]
    path: String,
    #[prop(into)] label: String,
    /// What is searched for now.
    search: Signal<String>,
    /// The other parameters to keep.
    keep: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let action = at(&path);
    let typed = NodeRef::<leptos::html::Input>::new();
    let navigate = use_navigate();
    let kept = move || {
        let mut kept = keep.get();
        kept.retain(|(name, _)| name != "q" && name != "page");
        kept
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut params = untrack(kept);
        let words = typed.get_untracked().map(|input| input.value());
        let words = words.unwrap_or_default();
        if !words.trim().is_empty() {
            params.insert(0, ("q".to_owned(), words.trim().to_owned()));
        }
        navigate(&with_params(&path, &params), NavigateOptions::default());
    };
    view! {
        <form method="get" action=action class="search" role="search" on:submit=submit>
            <label class="sr-only" for="q">
                {label.clone()}
            </label>
            <Icon name=IconName::Search />
            <input
                id="q"
                type="search"
                name="q"
                node_ref=typed
                placeholder=label
                prop:value=move || search.get()
                value=search.get_untracked()
            />
            {move || {
                kept()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()
            }}
            <button type="submit" class="button">
                {text!(filter.search)}
            </button>
        </form>
    }
}
