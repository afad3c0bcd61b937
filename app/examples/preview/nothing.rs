//! Nouns the preview has nothing of.

use app::{
    backend::{MetaApps, Wabas},
    model::{
        LoginFound, LoginId, MetaAppSettings, Owner, Page, PageQuery, Permit, Problem, ProblemCode,
        WabaBelongings, WabaDetail, WabaFilter, WabaForm, WabaId, WabaRow, WabaSetup, change, see,
    },
};
use async_trait::async_trait;

/// Answers that there is no such thing.
pub struct Nothing;

fn none<T>() -> Result<T, Problem> {
    Err(Problem::new(ProblemCode::NotFound))
}

#[async_trait]
impl Wabas for Nothing {
    async fn list(
        &self,
        _: Permit<see::Wabas>,
        query: PageQuery<WabaFilter>,
    ) -> Result<Page<WabaRow>, Problem> {
        Ok(Page {
            rows: Vec::new(),
            page: query.page,
            per_page: query.per_page,
            total: 0,
            nothing_at_all: true,
        })
    }
    async fn setup(&self, _: Permit<see::Wabas>) -> Result<WabaSetup, Problem> {
        none()
    }
    async fn find(&self, _: Permit<see::Wabas>, _: WabaId) -> Result<WabaDetail, Problem> {
        none()
    }
    async fn owners(&self, _: Permit<change::Wabas>) -> Result<Vec<Owner>, Problem> {
        Ok(Vec::new())
    }
    async fn add(&self, _: Permit<change::Wabas>, _: WabaForm) -> Result<WabaId, Problem> {
        none()
    }
    async fn edit(&self, _: Permit<change::Wabas>, _: WabaId, _: WabaForm) -> Result<(), Problem> {
        none()
    }
    async fn belongings(
        &self,
        _: Permit<change::Wabas>,
        _: WabaId,
    ) -> Result<WabaBelongings, Problem> {
        none()
    }
    async fn delete(&self, _: Permit<change::Wabas>, _: WabaId) -> Result<(), Problem> {
        none()
    }
    async fn check(&self, _: Permit<change::Wabas>, _: WabaId) -> Result<(), Problem> {
        none()
    }
    async fn login(&self, _: Permit<change::Wabas>, _: LoginId) -> Result<LoginFound, Problem> {
        none()
    }
    async fn login_read(&self, _: Permit<change::Wabas>, _: LoginId) -> Result<(), Problem> {
        none()
    }
    async fn login_connect(
        &self,
        _: Permit<change::Wabas>,
        _: LoginId,
        _: Vec<String>,
        _: Vec<String>,
        _: String,
    ) -> Result<Vec<WabaId>, Problem> {
        none()
    }
}

#[async_trait]
impl MetaApps for Nothing {
    async fn read(&self, _: Permit<see::Settings>) -> Result<MetaAppSettings, Problem> {
        none()
    }
    async fn save(
        &self,
        _: Permit<change::Settings>,
        _: &str,
        _: &str,
        _: &str,
    ) -> Result<(), Problem> {
        none()
    }
}
