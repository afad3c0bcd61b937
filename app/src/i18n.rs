//! The words, from `locales/`, in the language of this page.
//!
//! A page has one language; choosing another loads the page anew. So the browser holds
//! the words of that language only, and every text is a plain `String`: the server writes
//! the words into the page (`Words`) and [`begin`] takes them from there.

/// What build.rs made of the locales.
#[allow(
    dead_code,
    unused_imports,
    unused_qualifications,
    clippy::all,
    clippy::restriction
)]
mod made {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use made::i18n::{Locale as Language, td_string};

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::{nonce::use_nonce, prelude::*};
use leptos_i18n::__private::fetch_translations;

/// A text by its key, with its values: `text!(phones.title)`, `text!(time.minutes, count = n)`.
#[macro_export]
macro_rules! text {
    ($($key:tt)*) => {
        $crate::i18n::ready($crate::i18n::td_string!($crate::i18n::language(), $($key)*))
    };
}

/// A language as `lang` and the cookie spell it.
pub const fn language_code(language: Language) -> &'static str {
    match language {
        Language::en => "en",
        Language::ru => "ru",
    }
}

/// The text of a future that is known to be ready, because its words are loaded.
pub fn ready<T: ToString>(text: impl Future<Output = T>) -> String {
    match pin!(text).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(text) => text.to_string(),
        Poll::Pending => String::new(),
    }
}

/// The words of the page's language, which [`begin`] took from the page before anything was shown.
#[cfg(not(feature = "ssr"))]
fn loaded<T>(words: &'static fetch_translations::OnceCell<Box<T>>) -> &'static T {
    match words.get() {
        Some(words) => words,
        None => unreachable!("the words are loaded before a page is shown"),
    }
}

/// The language of this page.
#[cfg(feature = "ssr")]
pub fn language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

/// The language of this page.
#[cfg(not(feature = "ssr"))]
pub fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

#[cfg(not(feature = "ssr"))]
static LANGUAGE: std::sync::OnceLock<Language> = std::sync::OnceLock::new();

/// Chooses the language of the page and makes its words ready. Called once, by the shell's app.
#[cfg(feature = "ssr")]
pub fn begin() {
    let chosen = crate::preferences::language();
    provide_context(chosen);
    provide_context(fetch_translations::RegisterCtx::<Language>::provide_context());
}

/// Chooses the language of the page and makes its words ready. Called once, by the shell's app.
#[cfg(not(feature = "ssr"))]
pub fn begin() {
    let chosen = document()
        .document_element()
        .and_then(|html| html.get_attribute("lang"))
        .and_then(|name| name.parse().ok())
        .unwrap_or_default();
    let _ = LANGUAGE.set(chosen);
    #[cfg(feature = "hydrate")]
    let _ = fetch_translations::init_translations::<Language>();
}

/// The script that carries the words to the browser. It stands after everything that has
/// words, and carries the nonce that the content security policy asks for.
#[component]
pub fn Words() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let words = move || {
        use_context::<fetch_translations::RegisterCtx<Language>>()
            .map(|words| words.to_array())
            .unwrap_or_default()
    };
    #[cfg(not(feature = "ssr"))]
    let words = "";
    view! { <script nonce=use_nonce() inner_html=words></script> }
}
