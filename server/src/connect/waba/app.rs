//! The installation's Meta app, with its secret opened.

use crate::state::AppState;
use crate::store::StoreError;
use crate::vault::Place;
use secrecy::SecretString;

/// The Meta app an admin has set.
pub struct MetaApp {
    /// Its id.
    pub app_id: String,
    /// Its secret.
    pub app_secret: SecretString,
    /// The configuration of Login for Business, if there is one.
    pub config_id: Option<String>,
}

/// The Meta app, when it is set and its secret can be opened.
pub async fn meta_app(state: &AppState) -> Result<Option<MetaApp>, StoreError> {
    let Some(row) = state.store.meta_app().await? else {
        return Ok(None);
    };
    match state
        .vault
        .open(Place::MetaAppSecret, row.id, &row.app_secret)
    {
        Ok(app_secret) => Ok(Some(MetaApp {
            app_id: row.app_id,
            app_secret,
            config_id: row.config_id,
        })),
        Err(error) => {
            tracing::error!(%error, "The secret of the Meta app cannot be opened");
            Ok(None)
        }
    }
}
