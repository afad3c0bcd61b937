use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

/// Goes to another page of the panel, which takes the place of this one. The server is told the whole
/// address; the browser's router puts the panel's beginning before it by itself.
#[component]
pub fn Away(#[prop(into)] path: String) -> impl IntoView {
    let path = if cfg!(feature = "ssr") {
        crate::base::at(&path)
    } else {
        path
    };
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    view! { <Redirect path=path options=options /> }
}
