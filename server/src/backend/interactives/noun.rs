//! The panel's trait, made real.

use super::super::Request;
use app::backend;
use app::model::{
    InteractiveDetail, InteractiveFilter, InteractiveForm, InteractiveFormStart, InteractiveId,
    InteractiveRow, Page, PageQuery, Permit, Problem, change, see,
};
use async_trait::async_trait;

#[async_trait]
impl backend::Interactives for Request {
    async fn list(
        &self,
        permit: Permit<see::Interactives>,
        query: PageQuery<InteractiveFilter>,
    ) -> Result<Page<InteractiveRow>, Problem> {
        self.interactives_page(permit, query).await
    }

    async fn find(
        &self,
        permit: Permit<see::Interactives>,
        id: InteractiveId,
    ) -> Result<InteractiveDetail, Problem> {
        self.interactive_detail(permit, id).await
    }

    async fn start(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
    ) -> Result<InteractiveFormStart, Problem> {
        self.interactive_start(permit, id).await
    }

    async fn save(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
        form: InteractiveForm,
    ) -> Result<InteractiveId, Vec<Problem>> {
        let faults = form.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let kept = self.interactive_keep(permit, id, form).await;
        kept.map_err(|problem| vec![problem])
    }

    async fn delete(
        &self,
        permit: Permit<change::Interactives>,
        id: InteractiveId,
    ) -> Result<(), Problem> {
        self.interactive_drop(permit, id).await
    }
}
