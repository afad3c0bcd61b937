use async_trait::async_trait;

use crate::model::{
    AppValues, Page, PageQuery, Permit, PortalDetail, PortalFilter, PortalId, PortalRow, Problem,
    change, see,
};

/// Bitrix24 portals.
#[async_trait]
pub trait Portals: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Portals>,
        query: PageQuery<PortalFilter>,
    ) -> Result<Page<PortalRow>, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(
        &self,
        permit: Permit<see::Portals>,
        id: PortalId,
    ) -> Result<PortalDetail, Problem>;

    /// What to type into Bitrix24's form.
    async fn values(&self, permit: Permit<see::Portals>) -> Result<AppValues, Problem>;

    /// Adds a portal, or changes one. Keys that are typed in claim an installation that waits for them.
    /// An empty secret keeps the one before. Errors with their field: `ClientIdInvalid`, `ClientTaken`,
    /// `ClientRefused`, `PortalTaken`, `RemoteSilent`, `FieldEmpty`, `TooLong`; then nothing is saved. A frame adds none.
    async fn save(
        &self,
        permit: Permit<change::Portals>,
        id: Option<PortalId>,
        form: PortalForm,
    ) -> Result<PortalId, Problem>;

    /// Deletes a portal to which no phone is linked. Errors: `PortalBusy`.
    async fn delete(&self, permit: Permit<change::PortalList>, id: PortalId)
    -> Result<(), Problem>;

    /// Has it checked now.
    async fn check(&self, permit: Permit<change::Portals>, id: PortalId) -> Result<(), Problem>;
}

/// A portal as its form has it.
pub struct PortalForm {
    /// What it shall be called; empty for its domain.
    pub name: String,
    /// The app's id.
    pub client_id: String,
    /// The app's secret.
    pub client_secret: String,
    /// The country its customers' numbers are dialled in, two letters; empty for the business number's own.
    pub country: String,
    /// Whose it shall be, printed; empty for the caller's own.
    pub owner: String,
    /// Who asks.
    pub caller: crate::model::UserId,
}
