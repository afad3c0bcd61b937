use async_trait::async_trait;

use crate::model::{
    CallFilter, CallPermissionFilter, CallPermissionId, CallPermissionRow, CallsPage, Page,
    PageQuery, Permit, Problem, change, see,
};

/// Calls, and who may be called.
#[async_trait]
pub trait Calls: Send + Sync {
    /// One page of calls, with the last days.
    async fn list(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<CallsPage, Problem>;

    /// All calls of a query as a table, comma separated with a header line; 50,000 at most.
    async fn table(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<String, Problem>;

    /// One page of permissions.
    async fn permissions(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallPermissionFilter>,
    ) -> Result<Page<CallPermissionRow>, Problem>;

    /// Sends a customer a request for leave to be called. Errors: `NotFound`, `RemoteRefused`, `RemoteSilent`.
    async fn ask(&self, permit: Permit<change::Calls>, id: CallPermissionId)
    -> Result<(), Problem>;
}
