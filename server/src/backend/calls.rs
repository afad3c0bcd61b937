//! Calls for the panel.

use super::Request;
use app::backend;
use app::model::{
    CallFilter, CallPermissionFilter, CallPermissionId, CallPermissionRow, CallsPage, Page,
    PageQuery, Permit, Problem, ProblemCode, change, see,
};
use async_trait::async_trait;

fn missing() -> Problem {
    Problem::new(ProblemCode::NotFound)
}

#[async_trait]
impl backend::Calls for Request {
    async fn list(
        &self,
        _: Permit<see::Calls>,
        _: PageQuery<CallFilter>,
    ) -> Result<CallsPage, Problem> {
        Err(missing())
    }

    async fn table(
        &self,
        _: Permit<see::Calls>,
        _: PageQuery<CallFilter>,
    ) -> Result<String, Problem> {
        Err(missing())
    }

    async fn permissions(
        &self,
        _: Permit<see::Calls>,
        _: PageQuery<CallPermissionFilter>,
    ) -> Result<Page<CallPermissionRow>, Problem> {
        Err(missing())
    }

    async fn ask(&self, _: Permit<change::Calls>, _: CallPermissionId) -> Result<(), Problem> {
        Err(missing())
    }
}
