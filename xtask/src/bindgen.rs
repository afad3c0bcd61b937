//! wasm-bindgen, as a library of exactly the version the wasm was built with.

use std::{fs, path::Path};

use anyhow::Context;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{optimise, split};

/// The name of everything the browser loads; the server's `LEPTOS_OUTPUT_NAME`.
pub const NAME: &str = "thoth";

/// Writes `thoth.js` and `thoth_bg.wasm` into `pkg`. Nothing is done when the wasm is the
/// one it was done for last time. Answers whether something was.
pub fn run(wasm: &Path, pkg: &Path, root: &Path, dev: bool) -> anyhow::Result<bool> {
    let bytes = fs::read(wasm).with_context(|| format!("no wasm at {}", wasm.display()))?;
    let mark = format!("{} {}", mark(&bytes, dev), optimise::mark(root));
    let marked = pkg.join(".made-from");
    let output = pkg.join(format!("{NAME}_bg.wasm"));
    if output.exists() && fs::read_to_string(&marked).is_ok_and(|before| before == mark) {
        return Ok(false);
    }
    fs::create_dir_all(pkg)?;
    let _ = fs::remove_file(&marked);
    split::clear(pkg)?;
    let (first, pieces) = split::run(&bytes, pkg, wasm)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&first)
        .web(true)?
        .typescript(false)
        // The pieces that come later are linked to the table, which would be dropped.
        .keep_lld_exports(true)
        .out_name(NAME)
        .keep_debug(dev)
        .debug(dev)
        .remove_name_section(!dev)
        .remove_producers_section(true);
    bindgen.generate(pkg).context("wasm-bindgen failed")?;
    if !dev {
        for made in pieces.iter().chain([&output]) {
            optimise::run(made, root)?;
        }
    }
    fs::write(&marked, mark)?;
    Ok(true)
}

fn mark(bytes: &[u8], dev: bool) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex} {dev}")
}
