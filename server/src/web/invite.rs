//! The one-time link for the first admin.

use crate::accounts::{AccountError, Accounts};
use crate::state::AppState;

/// Prints a link that creates the first admin, when there is nobody yet. It goes to the
/// terminal and not to the log: who has it owns the installation.
pub async fn invite_first_admin(state: &AppState) -> Result<(), AccountError> {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    if let Some(link) = accounts.setup_link(&state.config.public_url).await? {
        println!(
            "Nobody can sign in yet. Create the first admin here, the link works once:\n  {link}"
        );
    }
    Ok(())
}
