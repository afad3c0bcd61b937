use async_trait::async_trait;

use crate::model::{
    LoginFound, LoginId, Owner, Page, PageQuery, Permit, Problem, WabaBelongings, WabaDetail,
    WabaFilter, WabaForm, WabaId, WabaRow, WabaSetup, change, see,
};

/// WhatsApp Business Accounts, typed in or found by a login with Facebook.
#[async_trait]
pub trait Wabas: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Wabas>,
        query: PageQuery<WabaFilter>,
    ) -> Result<Page<WabaRow>, Problem>;

    /// What the caller needs to set up a webhook or a login.
    async fn setup(&self, permit: Permit<see::Wabas>) -> Result<WabaSetup, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(&self, permit: Permit<see::Wabas>, id: WabaId) -> Result<WabaDetail, Problem>;

    /// Who may own one: everybody for an admin, the caller for others.
    async fn owners(&self, permit: Permit<change::Wabas>) -> Result<Vec<Owner>, Problem>;

    /// Adds one. Meta's refusals stand at their field; Meta's silence is no refusal.
    async fn add(&self, permit: Permit<change::Wabas>, form: WabaForm) -> Result<WabaId, Problem>;

    /// Changes one. An empty secret stays as it is.
    async fn edit(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
        form: WabaForm,
    ) -> Result<(), Problem>;

    /// What goes with it.
    async fn belongings(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
    ) -> Result<WabaBelongings, Problem>;

    /// Deletes one with what goes with it.
    async fn delete(&self, permit: Permit<change::Wabas>, id: WabaId) -> Result<(), Problem>;

    /// Asks Meta about it now, as long as a person waits.
    async fn check(&self, permit: Permit<change::Wabas>, id: WabaId) -> Result<(), Problem>;

    /// What the caller's own login with Facebook brought. Errors: `LoginStale`.
    async fn login(
        &self,
        permit: Permit<change::Logins>,
        id: LoginId,
    ) -> Result<LoginFound, Problem>;

    /// Reads anew what the login reaches.
    async fn login_read(&self, permit: Permit<change::Logins>, id: LoginId) -> Result<(), Problem>;

    /// Connects the chosen WABAs and numbers. Answers the WABAs.
    /// Errors: `NothingChosen`, `PhoneTaken`, `LoginStale`; then nothing is saved.
    async fn login_connect(
        &self,
        permit: Permit<change::Logins>,
        id: LoginId,
        wabas: Vec<String>,
        numbers: Vec<String>,
        owner: String,
    ) -> Result<Vec<WabaId>, Problem>;
}
