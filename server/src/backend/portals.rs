//! Portals for the panel.

use super::Request;
use super::checks::check;
use super::phones::slice;
use super::scope::{count, scope_of};
use crate::bus::Topic;
use crate::connect::portal::NEEDED_SCOPES;
use crate::errands::Errand;
use crate::store::entities::portal;
use crate::store::views::{PortalListView, PortalQuestion};
use app::backend::{self, PortalForm};
use app::model::{
    AppValues, Moment, Page, PageQuery, Permit, PortalDetail, PortalFilter, PortalId, PortalRow,
    PortalSort, PortalState, Problem, ProblemCode, UserId, change, see,
};
use async_trait::async_trait;

#[async_trait]
impl backend::Portals for Request {
    async fn list(
        &self,
        permit: Permit<see::Portals>,
        query: PageQuery<PortalFilter>,
    ) -> Result<Page<PortalRow>, Problem> {
        let question = PortalQuestion {
            scope: scope_of(&permit),
            search: &query.search,
            by_age: query.sort.by == PortalSort::Added,
            descending: query.sort.descending,
            slice: slice(&query),
        };
        let found = self.state.store.portals_list(&question).await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        Ok(Page {
            rows: views.into_iter().map(row).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: total == 0 && !query.is_narrowed(),
        })
    }

    async fn find(
        &self,
        permit: Permit<see::Portals>,
        id: PortalId,
    ) -> Result<PortalDetail, Problem> {
        let portal = self.portal(scope_of(&permit), id).await?;
        let store = &self.state.store;
        let read = async {
            let phones = store.phones_of_portal(portal.id).await?.len();
            let owner = store.person_find(portal.owner_id).await?;
            let checks = self.checks_now(&[portal.id]).await?;
            let country = store.portal_country(portal.id).await?;
            Ok((phones, owner, checks, country))
        };
        let (phones, owner, checks, country) =
            read.await.map_err(|error| self.store_problem(error))?;
        let view = PortalListView {
            id: portal.id,
            name: portal.name.clone(),
            domain: portal.domain.clone(),
            client_id: portal.client_id.clone(),
            state: portal.state.clone(),
            owner: portal.owner_id,
            owner_email: owner.map(|person| person.email).unwrap_or_default(),
            phones: i64::try_from(phones).unwrap_or(i64::MAX),
        };
        Ok(PortalDetail {
            row: row(view),
            given_name: portal.name.unwrap_or_default(),
            client_id: portal.client_id,
            country: country.unwrap_or_default(),
            kind: portal.kind.unwrap_or_default(),
            installed_at: portal.installed_at.map(Moment),
            checks: checks.into_iter().map(check).collect(),
            values: self.app_values(),
        })
    }

    async fn values(&self, _: Permit<see::Portals>) -> Result<AppValues, Problem> {
        Ok(self.app_values())
    }

    async fn save(
        &self,
        permit: Permit<change::Portals>,
        id: Option<PortalId>,
        form: PortalForm,
    ) -> Result<PortalId, Problem> {
        self.portal_save(permit, id, form).await
    }

    async fn delete(
        &self,
        permit: Permit<change::PortalList>,
        id: PortalId,
    ) -> Result<(), Problem> {
        let portal = self.portal(scope_of(&permit), id).await?;
        let store = &self.state.store;
        let phones = store.phones_of_portal(portal.id).await;
        if !phones
            .map_err(|error| self.store_problem(error))?
            .is_empty()
        {
            return Err(Problem::new(ProblemCode::PortalBusy));
        }
        let deleted = async {
            let txn = store.begin().await?;
            txn.portal_delete_in_txn(portal.id).await?;
            txn.commit().await
        };
        deleted.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.changed(portal.owner_id, Topic::Portals);
        self.state.bus.changed(portal.owner_id, Topic::Overview);
        Ok(())
    }

    async fn check(&self, permit: Permit<change::Portals>, id: PortalId) -> Result<(), Problem> {
        let portal = self.portal(scope_of(&permit), id).await?;
        let now = self.state.clock.now();
        let asked = async {
            let errand = Errand::PortalCheck { portal: portal.id };
            self.state.store.errand_put(&errand.row(now, now)?).await
        };
        asked.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.errand_came();
        Ok(())
    }
}

impl Request {
    /// A portal, if it may be seen.
    pub(super) async fn portal(
        &self,
        scope: crate::store::Scope,
        id: PortalId,
    ) -> Result<portal::Model, Problem> {
        let found = self.state.store.portal_of(scope, id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        found.ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    fn app_values(&self) -> AppValues {
        let public = self.state.config.public_url.as_str().trim_end_matches('/');
        AppValues {
            handler: format!("{public}/app-settings/"),
            install: format!("{public}/app-install/"),
            api: format!("{public}/api/bitrix/"),
            scopes: NEEDED_SCOPES.map(str::to_owned).into(),
        }
    }
}

fn row(view: PortalListView) -> PortalRow {
    let state = match view.state.as_str() {
        "ok" => PortalState::Installed,
        "uninstalled" => PortalState::Uninstalled,
        "needs_tokens" => PortalState::NeedsTokens,
        _ if view.client_id.is_empty() => PortalState::NeedsKeys,
        _ => PortalState::NeedsInstall,
    };
    let name = view
        .name
        .or_else(|| Some(view.domain.clone()).filter(|domain| !domain.is_empty()))
        .unwrap_or_else(|| view.client_id.clone());
    PortalRow {
        id: PortalId::new(view.id),
        name,
        domain: view.domain,
        state,
        phones: count(view.phones),
        owner: UserId::new(view.owner),
        owner_email: view.owner_email,
    }
}
