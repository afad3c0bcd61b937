//! What a visitor prefers: language and theme, kept in two cookies so that the first
//! paint is already right and no script is needed.

#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;
use serde::{Deserialize, Serialize};

use crate::i18n::{Language, language_code};

/// The cookie with the language.
pub const LANGUAGE_COOKIE: &str = "thoth_language";
/// The cookie with the theme.
pub const THEME_COOKIE: &str = "thoth_theme";

const YEAR: u32 = 60 * 60 * 24 * 365;

/// The language of the portal around a page in Bitrix24's frame, given by the server.
#[derive(Clone, Debug)]
pub struct FramedLanguage(pub String);

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All choices, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the cookie and in `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == name)
            .unwrap_or_default()
    }
}

/// The `Set-Cookie` value that remembers a language.
pub fn language_cookie(language: Language) -> String {
    cookie(LANGUAGE_COOKIE, language_code(language))
}

/// The `Set-Cookie` value that remembers a theme.
pub fn theme_cookie(theme: Theme) -> String {
    cookie(THEME_COOKIE, theme.as_str())
}

fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax")
}

/// The theme of this page: from the cookie on the server, from `<html>` in the browser.
#[cfg(feature = "ssr")]
pub fn theme() -> Theme {
    if crate::base::is_framed() {
        // Bitrix24 around the page is light.
        return Theme::Light;
    }
    crate::api::cookie_of(THEME_COOKIE)
        .map(|name| Theme::named(&name))
        .unwrap_or_default()
}

/// The theme of this page: from the cookie on the server, from `<html>` in the browser.
#[cfg(not(feature = "ssr"))]
pub fn theme() -> Theme {
    document()
        .document_element()
        .and_then(|html| html.get_attribute("data-theme"))
        .map(|name| Theme::named(&name))
        .unwrap_or_default()
}

/// The language of this request: the cookie's, else the first known one of `Accept-Language`.
#[cfg(feature = "ssr")]
pub fn language() -> Language {
    if let Some(FramedLanguage(code)) = leptos::prelude::use_context() {
        return code.parse().unwrap_or_default();
    }
    let chosen = crate::api::cookie_of(LANGUAGE_COOKIE).and_then(|name| name.parse().ok());
    chosen.unwrap_or_else(|| {
        crate::api::exchange()
            .and_then(|exchange| exchange.header("accept-language"))
            .map(|header| accepted(&header))
            .unwrap_or_default()
    })
}

/// The code of this request's language, such as `ru`.
#[cfg(feature = "ssr")]
pub fn language_of_request() -> &'static str {
    language_code(language())
}

/// The known language a browser likes best.
#[cfg(feature = "ssr")]
fn accepted(header: &str) -> Language {
    let mut best = (0.0_f32, Language::default());
    for part in header.split(',') {
        let (tag, weight) = match part.split_once(";q=") {
            Some((tag, weight)) => (tag, weight.trim().parse().unwrap_or(0.0)),
            None => (part, 1.0),
        };
        let primary = tag.trim().split('-').next().unwrap_or_default();
        if let Ok(language) = primary.to_ascii_lowercase().parse::<Language>()
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_language_a_browser_likes_best_wins() {
        assert_eq!(accepted("de, ru;q=0.8, en;q=0.5"), Language::ru);
        assert_eq!(accepted("ru-RU;q=0.3, en-GB;q=0.9"), Language::en);
        assert_eq!(accepted("de"), Language::en);
        assert_eq!(accepted(";;q=,,"), Language::en);
    }
}
