use async_trait::async_trait;

use crate::model::{
    LineChoice, LinePage, Page, PageQuery, Permit, PhoneChoices, PhoneDetail, PhoneFilter,
    PhoneForm, PhoneId, PhoneLoss, PhoneRow, Problem, change, see,
};

/// Business numbers.
#[async_trait]
pub trait Phones: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Phones>,
        query: PageQuery<PhoneFilter>,
    ) -> Result<Page<PhoneRow>, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(&self, permit: Permit<see::Phones>, id: PhoneId) -> Result<PhoneDetail, Problem>;

    /// What a form offers.
    async fn choices(&self, permit: Permit<see::Phones>) -> Result<PhoneChoices, Problem>;

    /// Adds a phone or changes one, and has it linked to its portal. Errors with their field: `PhoneInvalid`,
    /// `DigitsOnly`, `PhoneTaken`, `PhoneMismatch`, `PhoneUnreachable`, `NotChosen`.
    async fn save(
        &self,
        permit: Permit<change::Phones>,
        id: Option<PhoneId>,
        form: PhoneForm,
    ) -> Result<PhoneId, Problem>;

    /// What would go with it.
    async fn loss(&self, permit: Permit<see::Phones>, id: PhoneId) -> Result<PhoneLoss, Problem>;

    /// Deletes a phone with its conversations.
    async fn delete(&self, permit: Permit<change::Phones>, id: PhoneId) -> Result<(), Problem>;

    /// Has it checked now.
    async fn check(&self, permit: Permit<change::Phones>, id: PhoneId) -> Result<(), Problem>;

    /// Registers it at Meta with its two-step PIN. Errors at `pin`: `FieldEmpty`, `PinInvalid`, `PinWrong`,
    /// `NumberUnverified`, `RegisterLater`, `RemoteRefused`; `RemoteSilent`.
    async fn register(
        &self,
        permit: Permit<change::Phones>,
        id: PhoneId,
        pin: String,
    ) -> Result<(), Problem>;

    /// Has it linked, to a line of its portal where one is chosen. Errors: `PortalNotReady`, `LineTaken`.
    async fn link(
        &self,
        permit: Permit<change::Phones>,
        id: PhoneId,
        line: Option<i64>,
    ) -> Result<(), Problem>;

    /// The lines of its portal. Asks the portal, for a few seconds at most. Errors: `RemoteSilent`, `RemoteRefused`.
    async fn lines(
        &self,
        permit: Permit<see::Phones>,
        id: PhoneId,
    ) -> Result<Vec<LineChoice>, Problem>;

    /// A line that was opened in the contact centre of the portal around the page.
    async fn line_page(&self, permit: Permit<see::Phones>, line: i64) -> Result<LinePage, Problem>;
}
