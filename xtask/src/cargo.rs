//! Asking cargo: where things are, and to build the front end.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

const TARGET: &str = "wasm32-unknown-unknown";

/// Says in the wasm who calls whom, so that it can be split. Comes to the flags of `.cargo/config.toml`; flags for the
/// target would replace those.
const RELOCATIONS: &str = "build.rustflags=[\"-Clink-args=--emit-relocs\"]";

/// The folders of the workspace.
pub struct Folders {
    /// Where Cargo.toml of the workspace lies.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
}

impl Folders {
    /// The folder of the built site unless said otherwise.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Asks cargo where the workspace and its target folder are.
pub fn folders() -> anyhow::Result<Folders> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .output()
        .context("cargo metadata could not be run")?;
    if !output.status.success() {
        bail!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let said: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let path = |name: &str| -> anyhow::Result<PathBuf> {
        let value = said.get(name).and_then(|value| value.as_str());
        Ok(value
            .with_context(|| format!("cargo metadata has no {name}"))?
            .into())
    };
    Ok(Folders {
        root: path("workspace_root")?,
        target: path("target_directory")?,
    })
}

/// Builds the front end and answers where its wasm lies.
pub fn build_frontend(folders: &Folders, dev: bool) -> anyhow::Result<PathBuf> {
    let profile = if dev { "dev" } else { "wasm-release" };
    let status = cargo()
        .current_dir(&folders.root)
        .args([
            "build",
            "--package=frontend",
            "--lib",
            "--target",
            TARGET,
            "--profile",
            profile,
            "--config",
            RELOCATIONS,
        ])
        .status()
        .context("cargo build could not be run")?;
    if !status.success() {
        bail!("the front end does not build; is the target there? rustup target add {TARGET}");
    }
    let folder = if dev { "debug" } else { profile };
    Ok(folders
        .target
        .join(TARGET)
        .join(folder)
        .join(Path::new("frontend.wasm")))
}
