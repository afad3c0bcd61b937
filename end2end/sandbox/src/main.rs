//! `thoth-sandbox`: reads the setup, opens the ports, prints where they are, waits.

use anyhow::Context as _;
use clap::Parser;
use std::path::PathBuf;
use thoth_sandbox::{Sandbox, listen, setup};

/// Plays Meta, a few WhatsApp customers and Bitrix24, so that THOTH can be tried and tested without them.
#[derive(Parser)]
#[command(name = "thoth-sandbox", version)]
struct Flags {
    /// The setup file; the built-in demo where none is given.
    #[arg(long, env = "THOTH_SANDBOX_CONFIG")]
    config: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long, env = "THOTH_SANDBOX_HOST", default_value = "127.0.0.1")]
    host: String,
    /// Port of the pages, the control API and Graph.
    #[arg(long, env = "THOTH_SANDBOX_PORT", default_value_t = 4010)]
    port: u16,
    /// Port of the Bitrix24 OAuth server. Portals take theirs from the setup.
    #[arg(long, env = "THOTH_SANDBOX_OAUTH_PORT", default_value_t = 4011)]
    oauth_port: u16,
    /// `--ports 0`: every listener on a free port.
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=0))]
    ports: Option<u16>,
    /// Stop when standard input is closed, so that a test that dies takes the sandbox with it.
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let flags = Flags::parse();
    let text = match &flags.config {
        Some(path) => std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?,
        None => setup::DEMO.to_string(),
    };
    let mut setup = setup::read(&text).map_err(anyhow::Error::msg)?;
    let free = flags.ports.is_some();
    if free {
        for portal in &mut setup.portal {
            portal.port = 0;
        }
    }
    let shared = Sandbox::new(setup)?;
    let (main, oauth) = if free {
        (0, 0)
    } else {
        (flags.port, flags.oauth_port)
    };
    listen::start(&shared, &flags.host, main, oauth).await?;
    let addresses = shared.addresses();
    println!("{}", serde_json::to_string(&addresses)?);
    eprintln!(
        "The sandbox is ready. Its windows are at {}/",
        addresses.main
    );
    if flags.until_stdin_closes {
        let (mut from, mut into) = (tokio::io::stdin(), tokio::io::sink());
        tokio::select! {
            _ = tokio::io::copy(&mut from, &mut into) => {}
            result = tokio::signal::ctrl_c() => result?,
        }
    } else {
        tokio::signal::ctrl_c().await?;
    }
    Ok(())
}
