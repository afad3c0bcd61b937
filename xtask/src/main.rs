//! What the workspace does for itself: builds the site the browser loads and checks its size.

mod bindgen;
mod bundle;
mod cargo;
mod compress;
mod css;
mod optimise;
mod site;
mod sizes;
mod split;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Tasks of the workspace.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the site: wasm, its script, the style sheet and the public files.
    Site {
        /// Builds fast instead of small.
        #[arg(long)]
        dev: bool,
        /// Where to write; the default is `site` in cargo's target folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Prints the sizes of a built site and fails when the wasm is over its budget.
    Sizes {
        /// The built site; the default is `site` in cargo's target folder.
        #[arg(long)]
        site: Option<PathBuf>,
        /// The most the wasm may weigh after brotli, in KiB.
        #[arg(long, default_value_t = sizes::BUDGET_KIB)]
        budget: u64,
    },
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Site { dev, out } => site::build(dev, out),
        Task::Sizes { site, budget } => sizes::check(site, budget),
    }
}
