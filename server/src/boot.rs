//! Starts the server.

use crate::config::Config;

/// Serves until told to stop.
pub async fn serve(_: Config) -> anyhow::Result<()> {
    Ok(())
}
