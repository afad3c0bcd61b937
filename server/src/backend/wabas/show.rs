//! WABAs as lists and pages show them.

use super::super::Request;
use super::super::checks::check;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use crate::connect::name;
use crate::connect::waba::{WARNING, facebook, meta_app};
use crate::store::Scope;
use crate::store::entities::{check_result, phone, waba, waba_number};
use crate::store::views::{WabaOrder, WabaQuestion, WabaRowView};
use crate::vault::Place;
use app::model::{
    Moment, Page, PageQuery, Permit, PhoneId, Problem, ProblemCode, TokenState, WabaDetail,
    WabaFilter, WabaHealth, WabaId, WabaNumber, WabaRow, WabaSetup, WabaSort, see,
};
use secrecy::ExposeSecret;
use uuid::Uuid;

impl Request {
    pub(super) async fn wabas_list(
        &self,
        permit: Permit<see::Wabas>,
        query: PageQuery<WabaFilter>,
    ) -> Result<Page<WabaRow>, Problem> {
        let question = WabaQuestion {
            scope: scope_of(&permit),
            search: &query.search,
            order: match query.sort.by {
                WabaSort::Name => WabaOrder::Name,
                WabaSort::Token => WabaOrder::Expires,
                WabaSort::Heard => WabaOrder::Heard,
            },
            descending: query.sort.descending,
            slice: slice(&query),
        };
        let store = &self.state.store;
        let found = store.waba_rows_view(&question).await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        let ids: Vec<Uuid> = views.iter().map(|view| view.id).collect();
        let checks = self.checks_now(&ids).await;
        let checks = checks.map_err(|error| self.store_problem(error))?;
        let all = permit.owner().is_none();
        let rows = views.into_iter().map(|view| self.row(view, all, &checks));
        Ok(Page {
            rows: rows.collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: total == 0 && !query.is_narrowed(),
        })
    }

    pub(super) async fn waba_setup(
        &self,
        permit: Permit<see::Wabas>,
    ) -> Result<WabaSetup, Problem> {
        let me = self.me().await?;
        let app = meta_app(&self.state).await;
        let app = app.map_err(|error| self.store_problem(error))?;
        // In a frame the key is for who has a WABA of the portal to set up.
        let scope = scope_of(&permit);
        let seen = self.state.store.wabas_any(scope).await;
        let seen = seen.map_err(|error| self.store_problem(error))?;
        let shown = permit.portal().is_none() || seen;
        Ok(WabaSetup {
            callback: self.callback(me.user.uuid(), shown).await?,
            facebook: app.is_some(),
        })
    }

    pub(super) async fn waba_detail(
        &self,
        permit: Permit<see::Wabas>,
        id: WabaId,
    ) -> Result<WabaDetail, Problem> {
        let scope = scope_of(&permit);
        let waba = self.waba_row(scope, id).await?;
        let store = &self.state.store;
        let read = async {
            Ok((
                self.checks_now(&[waba.id]).await?,
                store.waba_numbers(scope, waba.id).await?,
                store.phones_of_waba(waba.id).await?,
                store.person_find(waba.owner_id).await?,
            ))
        };
        let (checks, numbers, phones, owner) =
            read.await.map_err(|error| self.store_problem(error))?;
        let own = self.me().await?.user.uuid() == waba.owner_id;
        let view = WabaRowView {
            id: waba.id,
            name: waba.name,
            waba_id: waba.waba_id,
            owner_id: waba.owner_id,
            owner: owner.map(|owner| owner.email).unwrap_or_default(),
            verify_token: waba.verify_token,
            token_kind: waba.token_kind,
            token_expires_at: waba.token_expires_at,
            verified_at: waba.verified_at,
            heard_at: waba.heard_at,
            phones: i64::try_from(phones.len()).unwrap_or(i64::MAX),
        };
        let numbers = numbers.into_iter().map(|one| number(one, &phones));
        Ok(WabaDetail {
            callback: self.callback(waba.owner_id, own).await?,
            own,
            app_id: waba.app_id,
            signed: waba.app_secret.is_some(),
            verified_at: waba.verified_at.map(Moment),
            numbers: numbers.collect(),
            row: self.row(view, permit.owner().is_none(), &checks),
            checks: checks.into_iter().map(check).collect(),
        })
    }

    /// The row of a WABA that may be seen.
    pub(in crate::backend) async fn waba_row(
        &self,
        scope: Scope,
        id: WabaId,
    ) -> Result<waba::Model, Problem> {
        let found = self.state.store.waba_of(scope, id.uuid()).await;
        found
            .map_err(|error| self.store_problem(error))?
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    /// The address Meta is to call for this owner, with the key or with a mask in its place.
    async fn callback(&self, owner: Uuid, shown: bool) -> Result<String, Problem> {
        let base = self.state.config.public_url.as_str();
        let address = format!("{}/api/waba/?api-key=", base.trim_end_matches('/'));
        if !shown {
            return Ok(format!("{address}…"));
        }
        let key = self.accounts().webhook_key(owner).await;
        let key = key.map_err(|error| self.account_problem(error))?;
        let key = key.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        Ok(format!("{address}{}", key.expose_secret()))
    }

    fn row(&self, view: WabaRowView, all: bool, checks: &[check_result::Model]) -> WabaRow {
        let verify = self
            .state
            .vault
            .open(Place::WabaVerifyToken, view.id, &view.verify_token);
        let verify_token = match verify {
            Ok(token) => token.expose_secret().to_owned(),
            Err(error) => {
                tracing::error!(%error, waba = %view.id, "A verify token cannot be opened");
                String::new()
            }
        };
        let ends_at = view.token_expires_at;
        let ends_soon = ends_at.is_some_and(|at| at - self.state.clock.now() < WARNING);
        let own: Vec<_> = checks
            .iter()
            .filter(|check| check.subject_id == view.id)
            .collect();
        WabaRow {
            id: WabaId::new(view.id),
            health: health(&own, view.verified_at.is_some(), ends_soon),
            name: view.name,
            waba_id: view.waba_id,
            owner: all.then_some(view.owner),
            verify_token,
            token: TokenState {
                kind: view.token_kind,
                ends_at: ends_at.map(Moment),
                ends_soon,
            },
            phones: count(view.phones),
            heard_at: view.heard_at.map(Moment),
        }
    }

    /// Where Facebook sends people back to.
    pub(in crate::backend) fn redirect_uri(&self) -> String {
        facebook::redirect_uri(&self.state.config)
    }
}

/// The worst of what is known.
fn health(checks: &[&check_result::Model], verified: bool, ends_soon: bool) -> WabaHealth {
    let state_of = |wanted: &str| {
        let found = checks.iter().find(|check| check.name == wanted);
        found.map_or("unknown", |check| check.state.as_str())
    };
    let states = [name::TOKEN, name::SUBSCRIBED].map(state_of);
    if states.contains(&"bad") {
        WabaHealth::Failed
    } else if states.contains(&"unknown") {
        WabaHealth::Unknown
    } else if ends_soon || !verified {
        WabaHealth::Attention
    } else {
        WabaHealth::Ok
    }
}

fn number(row: waba_number::Model, phones: &[phone::Model]) -> WabaNumber {
    let added = phones.iter().find(|phone| phone.phone_id == row.phone_id);
    WabaNumber {
        added: added.map(|phone| PhoneId::new(phone.id)),
        phone_id: row.phone_id,
        phone: format!("+{}", row.phone),
        name: row.name,
        status: row.status,
    }
}
