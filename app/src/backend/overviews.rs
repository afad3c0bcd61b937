use async_trait::async_trait;

use crate::model::{Overview, Permit, Problem, Traffic, see};

/// The overview.
#[async_trait]
pub trait Overviews: Send + Sync {
    /// What is connected, whether it is healthy, what moved today.
    async fn read(&self, permit: Permit<see::Overview>) -> Result<Overview, Problem>;

    /// Messages by hour and day, how long they took, what failed.
    async fn traffic(&self, permit: Permit<see::Overview>) -> Result<Traffic, Problem>;
}
