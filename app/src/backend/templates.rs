use async_trait::async_trait;

use crate::model::{
    PageQuery, Permit, PhoneId, Problem, TemplateDetail, TemplateEnd, TemplateFilter, TemplateForm,
    TemplateFormStart, TemplateId, TemplatesPage, WabaId, change, see,
};

/// A file that shows Meta what a header will look like.
#[derive(Clone)]
pub struct Sample {
    /// Its name.
    pub name: String,
    /// Its type, as the browser says.
    pub kind: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Message templates of WABAs.
#[async_trait]
pub trait Templates: Send + Sync {
    /// One page of a WABA's. Errors: `NotFound`, also when the WABA is somebody else's.
    async fn list(
        &self,
        permit: Permit<see::Templates>,
        waba: WabaId,
        query: PageQuery<TemplateFilter>,
    ) -> Result<TemplatesPage, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(
        &self,
        permit: Permit<see::Templates>,
        id: TemplateId,
    ) -> Result<TemplateDetail, Problem>;

    /// Has Meta asked for all of them.
    async fn sync(&self, permit: Permit<change::Templates>, waba: WabaId) -> Result<(), Problem>;

    /// Lets operators and robots send it, or does not.
    async fn offer(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        offered: bool,
    ) -> Result<(), Problem>;

    /// Makes it what a phone offers when a window is closed, or no longer; `when_closed`: sent without a question.
    /// Errors: `NotChosen` at `phone`.
    async fn choose(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        phone: PhoneId,
        chosen: bool,
        when_closed: bool,
    ) -> Result<(), Problem>;

    /// What happened to it was seen. Answers its WABA.
    async fn seen(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
    ) -> Result<WabaId, Problem>;

    /// Deletes it at Meta and here. Answers its WABA. Errors: `RemoteRefused`, `RemoteSilent`; then it stays.
    async fn delete(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        end: TemplateEnd,
    ) -> Result<WabaId, Problem>;

    /// What the form for a new one begins with.
    async fn start(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
    ) -> Result<TemplateFormStart, Problem>;

    /// Hands a new one to Meta. What Meta refuses stands at its field, and nothing is kept but the handle of a sample
    /// that was uploaded: it comes back in the form.
    async fn create(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
        form: &mut TemplateForm,
        sample: Option<Sample>,
    ) -> Result<TemplateId, Vec<Problem>>;
}
