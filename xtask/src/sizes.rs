//! How much a browser loads.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use crate::{bindgen::NAME, cargo, compress::beside};

/// The most the wasm that every page loads may weigh after brotli, in KiB.
pub const BUDGET_KIB: u64 = 439;

/// Prints what the browser loads, plain and after brotli.
pub fn print(site: &Path) -> anyhow::Result<()> {
    for name in ["_bg.wasm", ".js", ".css"] {
        let path = site.join("pkg").join(format!("{NAME}{name}"));
        let plain = size(&path)?;
        match size(&beside(&path, "br")) {
            Ok(small) => println!(
                "{NAME}{name}: {} KiB, {} KiB after brotli",
                kib(plain),
                kib(small)
            ),
            Err(_) => println!("{NAME}{name}: {} KiB", kib(plain)),
        }
    }
    Ok(())
}

/// Fails when the wasm is over its budget.
pub fn check(site: Option<PathBuf>, budget: u64) -> anyhow::Result<()> {
    let site = match site {
        Some(site) => site,
        None => cargo::folders()?.site(),
    };
    print(&site)?;
    let wasm = beside(&site.join("pkg").join(format!("{NAME}_bg.wasm")), "br");
    let small = size(&wasm).context("the site was built with --dev or not at all")?;
    if small > budget * 1024 {
        bail!(
            "the wasm weighs {} KiB after brotli, its budget is {budget} KiB",
            kib(small)
        );
    }
    Ok(())
}

fn size(path: &Path) -> anyhow::Result<u64> {
    let data = fs::metadata(path).with_context(|| format!("no {}", path.display()))?;
    Ok(data.len())
}

fn kib(bytes: u64) -> u64 {
    bytes.div_ceil(1024)
}
