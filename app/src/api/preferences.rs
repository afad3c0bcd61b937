use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::request::{answer, backend};
#[cfg(feature = "ssr")]
use crate::{base::local_path, model::ProblemCode};
use crate::{model::Problem, preferences::Theme};

/// Remembers the language and goes back to the page. Works without a session.
#[server(prefix = "/api/panel", endpoint = "language")]
pub async fn language_set(
    language: String,
    #[server(default)] back: String,
) -> Result<(), Problem> {
    answer(async move {
        let known = language.parse::<crate::i18n::Language>();
        let language = known.map_err(|()| Problem::new(ProblemCode::BadRequest))?;
        let backend = backend()?;
        backend
            .exchange
            .cookie(&crate::preferences::language_cookie(language));
        backend.exchange.redirect(local_path(&back));
        Ok(())
    })
    .await
}

/// Remembers the theme and goes back to the page. Works without a session.
#[server(prefix = "/api/panel", endpoint = "theme")]
pub async fn theme_set(theme: Theme, #[server(default)] back: String) -> Result<(), Problem> {
    answer(async move {
        let backend = backend()?;
        backend
            .exchange
            .cookie(&crate::preferences::theme_cookie(theme));
        // With a script the page has changed already and stays.
        if !back.is_empty() {
            backend.exchange.redirect(local_path(&back));
        }
        Ok(())
    })
    .await
}
