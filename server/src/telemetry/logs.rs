//! Where log lines go and how they look.

use crate::config::{Config, LogFormat};
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging to the standard error stream, which leaves standard output to what a
/// command answers. A second start in one process changes nothing.
pub fn logs_start(config: &Config) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.log_filter))
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    // Only an already started subscriber makes this fail, and that one keeps working.
    let _ = match config.log {
        LogFormat::Text => lines.with_target(false).finish().try_init(),
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init(),
    };
}
