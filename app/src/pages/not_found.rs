use leptos::prelude::*;
use leptos_meta::Title;

#[cfg(feature = "ssr")]
use crate::api::exchange;
use crate::{base::at, text, ui::Gate};

/// Nothing lives at this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(exchange) = exchange() {
        exchange.status(404);
    }
    view! {
        <Title text=format!("{} · THOTH", text!(not_found.title)) />
        <Gate>
            <h1>{text!(not_found.title)}</h1>
            <p class="muted">{text!(not_found.hint)}</p>
            <a class="button primary wide" href=at("/")>{text!(not_found.action)}</a>
        </Gate>
    }
}
