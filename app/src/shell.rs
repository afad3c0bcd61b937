//! The HTML around the app, made by the server for every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{
    i18n::{self, Words},
    preferences,
    routes::App,
};

/// The whole document. Needs the [`Backend`](crate::backend::Backend) of the request in context.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    i18n::begin();
    let language = i18n::language_code(i18n::language());
    let theme = preferences::theme();
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <link rel="stylesheet" href=format!("/pkg/{}.css", options.output_name) />
                <AutoReload options=options.clone() />
                <HydrationScripts options=options />
                <MetaTags />
            </head>
            <body>
                <App />
                <Words />
            </body>
        </html>
    }
}
