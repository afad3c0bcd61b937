use async_trait::async_trait;

use crate::model::{
    InteractiveDetail, InteractiveFilter, InteractiveForm, InteractiveFormStart, InteractiveId,
    InteractiveRow, Page, PageQuery, Permit, Problem, change, see,
};

/// Interactive messages: built once, sent by code or hashtag.
#[async_trait]
pub trait Interactives: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Interactives>,
        query: PageQuery<InteractiveFilter>,
    ) -> Result<Page<InteractiveRow>, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(
        &self,
        permit: Permit<see::Interactives>,
        id: InteractiveId,
    ) -> Result<InteractiveDetail, Problem>;

    /// What a form begins with, for a new one or for this one.
    async fn start(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
    ) -> Result<InteractiveFormStart, Problem>;

    /// Keeps a new one, or changes this one. Errors stand at their field; then nothing is kept.
    async fn save(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
        form: InteractiveForm,
    ) -> Result<InteractiveId, Vec<Problem>>;

    /// Deletes one.
    async fn delete(
        &self,
        permit: Permit<change::Interactives>,
        id: InteractiveId,
    ) -> Result<(), Problem>;
}
