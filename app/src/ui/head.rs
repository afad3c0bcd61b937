//! The top line of a page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_location};

use super::{
    Icon, IconName, PrimaryLink,
    account::AccountMenu,
    frame::{Arrival, Visitor},
    preferences::{LanguageMenu, ThemeMenu},
    question::with_params,
};
use crate::{
    base::{at, is_framed},
    model::ProblemCode,
    text,
};

/// The top line of a page: its title and what belongs to the visitor. Whoever comes from another page
/// begins to read at the title.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    /// A way back to the list this page belongs to.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// The main thing to do here: a path and its words.
    #[prop(optional, into)]
    action: Option<(String, String)>,
) -> impl IntoView {
    let tab = format!("{title} · THOTH");
    let head = NodeRef::<leptos::html::H1>::new();
    let arrival = use_context::<Arrival>();
    Effect::new(move |_| {
        if let (Some(head), Some(arrival)) = (head.get(), arrival)
            && arrival.is_new()
        {
            read_from(&head);
        }
    });
    view! {
        <Title text=tab />
        <div class="top">
            <div class="top-title">
                {back.map(|(path, label)| view! {
                    <a class="back" href=at(&path)><Icon name=IconName::Back /><span>{label}</span></a>
                })}
                <h1 node_ref=head tabindex="-1">{title}</h1>
            </div>
            <div class="top-tools">
                {action.map(|(path, label)| view! { <PrimaryLink path=path label=label /> })}
                {(!is_framed()).then(|| view! {
                    <LanguageMenu />
                    <ThemeMenu />
                })}
                <Account />
            </div>
        </div>
    }
}

/// The way to sign in and back to this page.
pub(super) fn sign_in_path() -> String {
    let location = use_location();
    let mut path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    if !search.is_empty() {
        path = format!("{path}?{search}");
    }
    if path == "/" {
        return "/sign-in".to_owned();
    }
    with_params("/sign-in", &[("next".to_owned(), path)])
}

/// The account of the visitor, or the way to sign in.
#[component]
fn Account() -> impl IntoView {
    let visitor = expect_context::<Visitor>().0;
    let sign_in = sign_in_path();
    view! {
        <Transition fallback=|| view! { <span class="icon-button" aria-hidden="true"></span> }>
            {move || {
                let sign_in = sign_in.clone();
                Suspend::new(async move {
                    match visitor.await {
                        Ok(_) if is_framed() => ().into_any(),
                        Ok(caller) => view! { <AccountMenu caller=caller /> }.into_any(),
                        Err(_) if is_framed() => {
                            view! { <p class="notice" data-tone="attention" role="alert">{text!(frame.expired)}</p> }.into_any()
                        }
                        Err(problem) if problem.code == ProblemCode::NotSignedIn => {
                            view! { <Redirect path=sign_in /> }.into_any()
                        }
                        Err(_) => ().into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// Where a form waits for its first words the keyboard goes there, as on a page that was loaded whole.
#[cfg(feature = "hydrate")]
fn read_from(head: &web_sys::HtmlHeadingElement) {
    use wasm_bindgen::JsCast;
    let field = document().query_selector("main [autofocus]").ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let start: &web_sys::HtmlElement = field.as_ref().unwrap_or(head);
    let _ = start.focus_with_options(&options);
}

#[cfg(not(feature = "hydrate"))]
fn read_from<T>(_head: &T) {}
