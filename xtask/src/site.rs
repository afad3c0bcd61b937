//! The whole site, step by step; each step does nothing when there is nothing new.

use std::{fs, path::PathBuf};

use crate::{
    bindgen::{self, NAME},
    bundle, cargo, compress, css, sizes,
};

/// Builds the site into `out`.
pub fn build(dev: bool, out: Option<PathBuf>) -> anyhow::Result<()> {
    let folders = cargo::folders()?;
    let site = out.unwrap_or_else(|| folders.site());
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg)?;
    bundle::copy(&folders.root.join("public"), &site)?;
    bundle::copy(&folders.root.join("docs/img/guide"), &site.join("guide"))?;
    let style = css::bundle(&folders.root.join("style"))?;
    bundle::write(&pkg.join(format!("{NAME}.css")), style.as_bytes())?;
    let wasm = cargo::build_frontend(&folders, dev)?;
    bindgen::run(&wasm, &pkg, &folders.root, dev)?;
    if dev {
        clear_compressed(&site)?;
    } else {
        compress::run(&site)?;
    }
    println!("the site is in {}", site.display());
    sizes::print(&site)
}

/// A fast build compresses nothing, and nothing old may be sent in its place.
fn clear_compressed(site: &std::path::Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        if path.is_dir() {
            clear_compressed(&path)?;
        } else if path
            .extension()
            .is_some_and(|kind| kind == "br" || kind == "gz")
        {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
