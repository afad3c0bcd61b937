//! Portals for the panel.

use super::Request;
use super::checks::check;
use super::phones::slice;
use super::scope::{count, scope_of};
use crate::bus::Topic;
use crate::connect::portal::{InstallError, NEEDED_SCOPES, claim};
use crate::errands::Errand;
use crate::store::entities::portal;
use crate::store::views::{PortalListView, PortalQuestion};
use crate::vault::Place;
use app::backend::{self, PortalForm};
use app::model::{
    AppValues, Moment, Page, PageQuery, Permit, PortalDetail, PortalFilter, PortalId, PortalRow,
    PortalSort, PortalState, Problem, ProblemCode, UserId, change, see,
};
use async_trait::async_trait;
use secrecy::SecretString;
use std::time::Duration;
use uuid::Uuid;

/// How long a person who saves waits for Bitrix24.
const PATIENCE: Duration = Duration::from_secs(6);

/// The longest name and key, in characters.
const NAME_MAX: usize = 120;

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
            Ok((phones, owner, checks))
        };
        let (phones, owner, checks) = read.await.map_err(|error| self.store_problem(error))?;
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
        let (name, client_id) = (form.name.trim(), form.client_id.trim());
        let secret = form.client_secret.trim();
        checked(name, client_id, secret)?;
        let stored = match id {
            Some(id) => Some(self.portal(scope_of(&permit), id).await?),
            None => None,
        };
        let owner = match &stored {
            Some(portal) => portal.owner_id,
            None => self.owner_of_new(&permit, form.caller, &form.owner).await?,
        };
        self.client_free(client_id, stored.as_ref()).await?;
        let now = self.state.clock.now();
        let mut row = stored.clone().unwrap_or_else(|| self.draft(owner, now));
        row.name = (!name.is_empty()).then(|| name.to_owned());
        if row.client_id != client_id && !row.member_id.is_empty() && !client_id.is_empty() {
            // Another app in the same portal: it has to be installed itself.
            row.state = "needs_install".to_owned();
        }
        row.client_id = client_id.to_owned();
        if !secret.is_empty() {
            let secret = SecretString::from(secret);
            row.client_secret = self
                .state
                .vault
                .seal(Place::PortalClientSecret, row.id, &secret);
        }
        row.updated_at = now;
        self.portal_write(&row, stored.is_none()).await?;
        if row.state != "ok" && !client_id.is_empty() {
            self.claimed(&row).await?;
        }
        self.state.bus.changed(owner, Topic::Portals);
        self.state.bus.changed(owner, Topic::Overview);
        Ok(PortalId::new(row.id))
    }

    async fn delete(&self, permit: Permit<change::Portals>, id: PortalId) -> Result<(), Problem> {
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

    /// A portal of which nothing is known yet.
    fn draft(&self, owner: Uuid, now: i64) -> portal::Model {
        let id = Uuid::now_v7();
        let none = SecretString::from(String::new());
        let seal = |place| self.state.vault.seal(place, id, &none);
        portal::Model {
            id,
            owner_id: owner,
            protocol: "https".to_owned(),
            domain: String::new(),
            member_id: String::new(),
            client_id: String::new(),
            client_secret: seal(Place::PortalClientSecret),
            application_token: seal(Place::PortalApplicationToken),
            server_endpoint: String::new(),
            state: "needs_install".to_owned(),
            state_reason: None,
            name: None,
            kind: None,
            scopes: None,
            installed_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// A local app's id belongs to one portal here.
    async fn client_free(
        &self,
        client_id: &str,
        stored: Option<&portal::Model>,
    ) -> Result<(), Problem> {
        let holders = self.state.store.portals_by_client(client_id).await;
        let holders = holders.map_err(|error| self.store_problem(error))?;
        let is_taken = holders
            .iter()
            .any(|portal| stored.is_none_or(|stored| stored.id != portal.id));
        if is_taken && !client_id.starts_with("app.") {
            return Err(Problem::new(ProblemCode::ClientTaken).at("client_id"));
        }
        Ok(())
    }

    async fn portal_write(&self, row: &portal::Model, is_new: bool) -> Result<(), Problem> {
        let written = async {
            let txn = self.state.store.begin().await?;
            if is_new {
                txn.portal_insert_in_txn(row.clone()).await?;
            } else {
                txn.portal_update_in_txn(row.clone()).await?;
            }
            txn.commit().await
        };
        written.await.map_err(|error| self.store_problem(error))
    }

    /// An installation may have come before its keys. What Bitrix24 refuses stands beside the field; when it
    /// does not answer in time the installation goes on waiting and is tried again.
    async fn claimed(&self, row: &portal::Model) -> Result<(), Problem> {
        let claimed = tokio::time::timeout(PATIENCE, claim(&self.state, row)).await;
        let at = |code, field| Problem::new(code).at(field);
        match claimed {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(InstallError::KeysRefused { code })) => {
                Err(at(ProblemCode::ClientRefused, "client_secret").arg("reason", code))
            }
            Ok(Err(InstallError::ForeignPortal | InstallError::PortalTaken)) => {
                Err(at(ProblemCode::PortalTaken, "client_id"))
            }
            Ok(Err(InstallError::Store(error))) => Err(self.store_problem(error)),
            Ok(Err(error)) => {
                tracing::warn!(%error, portal = %row.id, "An installation could not be claimed yet");
                self.claim_later(row).await
            }
            Err(_) => self.claim_later(row).await,
        }
    }

    async fn claim_later(&self, row: &portal::Model) -> Result<(), Problem> {
        let now = self.state.clock.now();
        let put = async {
            let errand = Errand::PortalCheck { portal: row.id };
            self.state.store.errand_put(&errand.row(now, now)?).await
        };
        put.await.map_err(|error| self.store_problem(error))
    }
}

fn checked(name: &str, client_id: &str, secret: &str) -> Result<(), Problem> {
    for (field, text) in [
        ("name", name),
        ("client_id", client_id),
        ("client_secret", secret),
    ] {
        if text.chars().count() > NAME_MAX {
            let problem = Problem::new(ProblemCode::TooLong).at(field);
            return Err(problem.arg("most", NAME_MAX));
        }
    }
    let fits = client_id.is_empty()
        || client_id
            .strip_prefix("local.")
            .or_else(|| client_id.strip_prefix("app."))
            .is_some_and(|rest| {
                !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
            });
    if fits {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::ClientIdInvalid).at("client_id"))
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
