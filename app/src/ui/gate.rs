use leptos::prelude::*;

use super::preferences::{LanguageMenu, ThemeMenu};

/// The frame of pages before signing in: one card, the language and the theme.
#[component]
pub fn Gate(children: Children) -> impl IntoView {
    view! {
        <div class="gate">
            <header class="gate-top">
                <LanguageMenu />
                <ThemeMenu />
            </header>
            <main class="gate-card" id="content">
                <p class="brand"><img src="/favicon.svg" alt="" width="28" height="28" />"THOTH"</p>
                {children()}
            </main>
        </div>
    }
}
