//! The panel's trait, made real.

use super::super::Request;
use app::backend;
use app::model::{
    Caller, LoginFound, LoginId, Owner, Page, PageQuery, Permit, Problem, ProblemCode,
    WabaBelongings, WabaDetail, WabaFilter, WabaForm, WabaId, WabaRow, WabaSetup, change, see,
};
use async_trait::async_trait;

impl Request {
    /// Who asks.
    pub(in crate::backend) async fn me(&self) -> Result<Caller, Problem> {
        let caller = backend::Accounts::caller(self).await?;
        caller.ok_or_else(|| Problem::new(ProblemCode::NotSignedIn))
    }
}

#[async_trait]
impl backend::Wabas for Request {
    async fn list(
        &self,
        permit: Permit<see::Wabas>,
        query: PageQuery<WabaFilter>,
    ) -> Result<Page<WabaRow>, Problem> {
        self.wabas_list(permit, query).await
    }

    async fn setup(&self, permit: Permit<see::Wabas>) -> Result<WabaSetup, Problem> {
        self.waba_setup(permit).await
    }

    async fn find(&self, permit: Permit<see::Wabas>, id: WabaId) -> Result<WabaDetail, Problem> {
        self.waba_detail(permit, id).await
    }

    async fn owners(&self, permit: Permit<change::Wabas>) -> Result<Vec<Owner>, Problem> {
        self.owners_list(&permit).await
    }

    async fn add(&self, permit: Permit<change::Wabas>, form: WabaForm) -> Result<WabaId, Problem> {
        self.waba_add(permit, form).await
    }

    async fn edit(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
        form: WabaForm,
    ) -> Result<(), Problem> {
        self.waba_edit(permit, id, form).await
    }

    async fn belongings(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
    ) -> Result<WabaBelongings, Problem> {
        self.waba_belongings(permit, id).await
    }

    async fn delete(&self, permit: Permit<change::Wabas>, id: WabaId) -> Result<(), Problem> {
        self.waba_delete(permit, id).await
    }

    async fn check(&self, permit: Permit<change::Wabas>, id: WabaId) -> Result<(), Problem> {
        self.waba_check(permit, id).await
    }

    async fn login(
        &self,
        _permit: Permit<change::Logins>,
        id: LoginId,
    ) -> Result<LoginFound, Problem> {
        self.login_found(id).await
    }

    async fn login_read(
        &self,
        _permit: Permit<change::Logins>,
        id: LoginId,
    ) -> Result<(), Problem> {
        self.login_look(id).await
    }

    async fn login_connect(
        &self,
        permit: Permit<change::Logins>,
        id: LoginId,
        wabas: Vec<String>,
        numbers: Vec<String>,
        owner: String,
    ) -> Result<Vec<WabaId>, Problem> {
        self.login_save(permit, id, wabas, numbers, &owner).await
    }
}
