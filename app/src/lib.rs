//! What people see: the pages of the panel, the server functions behind them and the words
//! both share. It compiles for the server (`ssr`) and for the browser (`hydrate`).
//!
//! The server gives every request a [`backend::Backend`]; nothing here knows the database
//! or the network.

#![recursion_limit = "512"]

pub mod api;
pub mod backend;
pub mod base;
mod format;
mod i18n;
mod live;
pub mod model;
mod pages;
pub mod preferences;
mod read;
mod routes;
mod shell;
mod ui;

/// Fetches the code of the page that is open.
#[cfg(feature = "hydrate")]
pub async fn fetch_page() {
    let path = leptos::prelude::location().pathname().unwrap_or_default();
    pages::later::fetch(&path).await;
}

pub use i18n::begin;
pub use routes::App;
pub use shell::shell;
