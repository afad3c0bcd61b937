//! wasm-opt, when there is one: it takes about a fifth off the wasm.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

/// Shrinks the wasm in place, or says that nothing on this machine can.
pub fn run(wasm: &Path, root: &Path) -> anyhow::Result<()> {
    let Some(tool) = find(root) else {
        println!("wasm-opt was not found; the wasm stays larger than it need be");
        return Ok(());
    };
    let shrunk = wasm.with_extension("opt");
    let status = Command::new(&tool)
        .arg("-Oz")
        .arg("--all-features")
        .arg(wasm)
        .arg("-o")
        .arg(&shrunk)
        .status()
        .with_context(|| format!("{} could not be run", tool.display()))?;
    if status.success() {
        fs::rename(&shrunk, wasm)?;
    } else {
        println!("{} failed; the wasm stays as it is", tool.display());
        let _ = fs::remove_file(&shrunk);
    }
    Ok(())
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
