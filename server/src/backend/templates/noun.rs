//! The panel's trait, made real.

use super::super::Request;
use app::backend::{self, Sample};
use app::model::{
    PageQuery, Permit, PhoneId, Problem, TemplateDetail, TemplateEnd, TemplateFilter, TemplateForm,
    TemplateFormStart, TemplateId, TemplatesPage, WabaId, change, see,
};
use async_trait::async_trait;

#[async_trait]
impl backend::Templates for Request {
    async fn list(
        &self,
        permit: Permit<see::Templates>,
        waba: WabaId,
        query: PageQuery<TemplateFilter>,
    ) -> Result<TemplatesPage, Problem> {
        self.templates_page(permit, waba, query).await
    }

    async fn find(
        &self,
        permit: Permit<see::Templates>,
        id: TemplateId,
    ) -> Result<TemplateDetail, Problem> {
        self.template_detail(permit, id).await
    }

    async fn sync(&self, permit: Permit<change::Templates>, waba: WabaId) -> Result<(), Problem> {
        self.template_sync(permit, waba).await
    }

    async fn offer(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        offered: bool,
    ) -> Result<(), Problem> {
        self.template_offer(permit, id, offered).await
    }

    async fn choose(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        phone: PhoneId,
        chosen: bool,
        when_closed: bool,
    ) -> Result<(), Problem> {
        let choice = chosen.then_some(when_closed);
        self.template_choose(permit, id, phone, choice).await
    }

    async fn seen(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
    ) -> Result<WabaId, Problem> {
        self.template_seen(permit, id).await
    }

    async fn delete(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        end: TemplateEnd,
    ) -> Result<WabaId, Problem> {
        self.template_delete(permit, id, end).await
    }

    async fn start(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
    ) -> Result<TemplateFormStart, Problem> {
        self.template_start(permit, waba).await
    }

    async fn create(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
        form: &mut TemplateForm,
        sample: Option<Sample>,
    ) -> Result<TemplateId, Vec<Problem>> {
        self.template_create(permit, waba, form, sample).await
    }
}
