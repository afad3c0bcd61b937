//! hydrate(), nothing else.

#![cfg(target_arch = "wasm32")]
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the page that the server sent alive.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::begin();
    wasm_bindgen_futures::spawn_local(async {
        app::fetch_page().await;
        leptos::mount::hydrate_body(app::App);
    });
}
