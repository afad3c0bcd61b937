use async_trait::async_trait;

use crate::model::{Page, PageQuery, Permit, PhoneFilter, PhoneRow, Problem, see};

/// Business numbers.
#[async_trait]
pub trait Phones: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Phones>,
        query: PageQuery<PhoneFilter>,
    ) -> Result<Page<PhoneRow>, Problem>;
}
