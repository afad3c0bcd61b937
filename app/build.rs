//! Turns `locales/*.json` into the `i18n` module, checked at compile time.

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{env, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let config = Config::new("en")?
        .add_locale("ru")?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    for warning in parsed.diag.warnings().iter() {
        // A word that one language lacks is a mistake, not a hint.
        println!("cargo::error={warning}");
    }
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false)?;
    let path = PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs");
    fs::write(path, code.to_string().replace(FETCHED, LOADED))?;
    Ok(())
}

/// How the generated code of the browser gets its words: fetched where they are not loaded. They always are, and the
/// fetching would stand in the wasm once for every text of every page, a tenth of its weight.
const FETCHED: &str = "< Self as l_i18n_crate :: __private :: fetch_translations :: TranslationUnit > :: request_strings () . await";
const LOADED: &str = "crate :: i18n :: loaded (Self :: __get_strings_lock ())";
