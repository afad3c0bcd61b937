//! The panel's trait, made real.

use super::super::Request;
use app::backend;
use app::model::{
    CallFilter, CallPermissionFilter, CallPermissionId, CallPermissionRow, CallsPage, Page,
    PageQuery, Permit, Problem, change, see,
};
use async_trait::async_trait;

#[async_trait]
impl backend::Calls for Request {
    async fn list(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<CallsPage, Problem> {
        self.calls_page(permit, query).await
    }

    async fn table(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<String, Problem> {
        self.calls_table(permit, query).await
    }

    async fn permissions(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallPermissionFilter>,
    ) -> Result<Page<CallPermissionRow>, Problem> {
        self.call_permissions_page(permit, query).await
    }

    async fn ask(
        &self,
        permit: Permit<change::Calls>,
        id: CallPermissionId,
    ) -> Result<(), Problem> {
        self.call_permission_ask(permit, id).await
    }
}
