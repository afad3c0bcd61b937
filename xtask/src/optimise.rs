//! wasm-opt, when there is one. What a browser loads is packed, and wasm that is made as small as it gets packs worse:
//! only passes that make it simpler are run, and the smaller one after brotli is kept.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::compress::packed;

/// With them the packed wasm is 3 % smaller; with `-Oz` it is 15 % larger.
const PASSES: [&str; 3] = ["-O1", "--dae-optimizing", "--converge"];

/// What rustc's wasm uses and every browser has for years. wasm-opt would write what it is allowed to.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Shrinks the wasm in place where that helps, or says that nothing on this machine can.
pub fn run(wasm: &Path, root: &Path) -> anyhow::Result<()> {
    let Some(tool) = find(root) else {
        println!("wasm-opt was not found; the wasm stays as it is");
        return Ok(());
    };
    let shrunk = wasm.with_extension("opt");
    let status = Command::new(&tool)
        .args(PASSES)
        .args(FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(&shrunk)
        .status()
        .with_context(|| format!("{} could not be run", tool.display()))?;
    if !status.success() {
        println!("{} failed; the wasm stays as it is", tool.display());
    } else if packed(&fs::read(&shrunk)?)?.len() < packed(&fs::read(wasm)?)?.len() {
        fs::rename(&shrunk, wasm)?;
        return Ok(());
    } else {
        println!("wasm-opt would make the packed wasm larger; it stays as it is");
    }
    let _ = fs::remove_file(&shrunk);
    Ok(())
}

/// What is done to the wasm: nothing where there is no wasm-opt.
pub fn mark(root: &Path) -> String {
    let passes = find(root).map(|_| [PASSES.join(" "), FEATURES.join(" ")]);
    passes.unwrap_or_default().concat()
}

/// In the workspace's npm packages first: Debian's is old.
fn find(root: &Path) -> Option<PathBuf> {
    let local = ["node_modules/.bin", "end2end/node_modules/.bin"].map(|folder| root.join(folder));
    let path = env::var_os("PATH").unwrap_or_default();
    local
        .into_iter()
        .chain(env::split_paths(&path))
        .map(|folder| folder.join("wasm-opt"))
        .find(|tool| tool.is_file())
}
