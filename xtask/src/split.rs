//! Cuts the pages that come later out of the wasm, where `app::pages::later` marked them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::bindgen::NAME;

/// The script that loads what was cut out, beside the wasm's own.
const LOADER: &str = "./thoth_later.js";

/// Puts the pieces and their loader into `pkg`; answers where what is left lies, for wasm-bindgen, and the pieces.
pub fn run(wasm: &[u8], pkg: &Path, beside: &Path) -> anyhow::Result<(PathBuf, Vec<PathBuf>)> {
    let rest = beside.with_file_name("frontend_first.wasm");
    let own_script = format!("./{NAME}.js");
    let mut options = Options::new(wasm);
    options.output_dir = pkg;
    options.main_out_path = &rest;
    options.link_name = LOADER;
    options.main_module = &own_script;
    let made =
        transform(options).map_err(|error| anyhow!("the wasm cannot be split: {error:#}"))?;
    Ok((rest.clone(), made.split_modules))
}

/// Takes pieces of an earlier build away.
pub fn clear(pkg: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(pkg).with_context(|| format!("no {}", pkg.display()))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.contains(".wasm") && !name.starts_with(NAME) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
