use async_trait::async_trait;

use crate::model::{MetaAppSettings, Permit, Problem, change, see};

/// The installation's Meta app.
#[async_trait]
pub trait MetaApps: Send + Sync {
    /// As it is set.
    async fn read(&self, permit: Permit<see::Settings>) -> Result<MetaAppSettings, Problem>;

    /// Sets it. An empty secret stays as it is. Errors: `AppSecretRefused` at the secret, when Meta says so.
    async fn save(
        &self,
        permit: Permit<change::Settings>,
        app_id: &str,
        app_secret: &str,
        config_id: &str,
    ) -> Result<(), Problem>;
}
