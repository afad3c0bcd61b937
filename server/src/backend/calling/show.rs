//! How a phone's calling stands.

use super::super::Request;
use super::super::scope::scope_of;
use super::trunk::trunk_shown;
use crate::calls::settings::errors::explained;
use crate::calls::settings::{KeptError, Known, kept};
use crate::errands::Errand;
use crate::store::Scope;
use crate::store::entities::{calling, phone, waba};
use crate::translate::Language;
use crate::whatsapp::calling::Calling;
use app::model::{
    CallingDetail, CallingError, CallingState, Moment, Permit, PhoneId, Problem, ProblemCode,
    Restriction, SipServer, Switch, see,
};
use app::preferences::language_of_request;
use serde_json::Value;

impl Request {
    pub(super) async fn calling_detail(
        &self,
        permit: Permit<see::Calling>,
        id: PhoneId,
    ) -> Result<CallingDetail, Problem> {
        let scope = scope_of(&permit);
        let phone = self.phone(scope, id).await?;
        let row = self.calling_row(phone.id).await?;
        self.calling_asked(&phone, row.as_ref()).await?;
        let waba = self.calling_waba(scope, &phone).await?;
        let telephony = self.has_telephony(&phone).await?;
        let app = waba.app_id.as_deref();
        let known = Known::of(row.as_ref(), app);
        let now = self.state.clock.now();
        let language = Language::of_code(language_of_request());
        let (calling, sip) = switches(known.calling.as_ref());
        Ok(CallingDetail {
            phone: id,
            number: format!("+{}", phone.phone.trim_start_matches('+')),
            form: known.form(row.as_ref(), now),
            calling,
            sip,
            read_at: row.as_ref().and_then(|row| row.actual_at).map(Moment),
            error: error(row.as_ref(), language),
            drift: kept(row.as_ref().and_then(|row| row.drift.as_deref())).unwrap_or_default(),
            servers: servers(&known),
            restrictions: restrictions(known.calling.as_ref()),
            has_password: row.as_ref().is_some_and(|row| row.sip_password.is_some()),
            telephony,
            trunk: trunk_shown(row.as_ref()),
        })
    }

    /// The same in few words, for pages that show no more of it.
    pub(super) async fn calling_state(
        &self,
        permit: Permit<see::Calling>,
        id: PhoneId,
    ) -> Result<CallingState, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let row = self.calling_row(phone.id).await?;
        self.calling_asked(&phone, row.as_ref()).await?;
        let row = row.as_ref();
        let raw: Option<Value> = kept(row.and_then(|row| row.actual.as_deref()));
        let read = raw.map(|raw| Calling::read(&raw));
        let (calling, sip) = switches(read.as_ref());
        let error: Option<KeptError> = kept(row.and_then(|row| row.error.as_deref()));
        Ok(CallingState {
            calling,
            sip,
            read_at: row.and_then(|row| row.actual_at).map(Moment),
            error: error.map(|error| match error.code.as_str() {
                "" => error.said,
                _ => error.code,
            }),
            differs: row.is_some_and(|row| row.drift.is_some()),
        })
    }

    /// Has Meta asked, where nobody has yet: the page keeps itself up to date.
    async fn calling_asked(
        &self,
        phone: &phone::Model,
        row: Option<&calling::Model>,
    ) -> Result<(), Problem> {
        // A refusal is an answer too: the page that hears of it reads again, and must not ask again by that.
        let is_unasked = |row: &calling::Model| row.actual_at.is_none() && row.error.is_none();
        if !row.is_none_or(is_unasked) {
            return Ok(());
        }
        let asked = async {
            let now = self.state.clock.now();
            let errand = Errand::CallingCheck { phone: phone.id };
            let txn = self.state.store.begin().await?;
            txn.errand_plan_in_txn(&errand.row(now, now)?).await?;
            txn.commit().await
        };
        asked.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.errand_came();
        Ok(())
    }

    /// The WABA of a phone that may be seen. A frame may see a phone whose WABA serves other portals too.
    pub(super) async fn calling_waba(
        &self,
        scope: Scope,
        phone: &phone::Model,
    ) -> Result<waba::Model, Problem> {
        let waba = self.state.store.waba_find(phone.waba_id).await;
        let waba = waba.map_err(|error| self.store_problem(error))?;
        waba.filter(|waba| scope.covers(waba.owner_id))
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    /// Whether the portal of a phone may be told of calls.
    async fn has_telephony(&self, phone: &phone::Model) -> Result<bool, Problem> {
        let Some(portal) = phone.portal_id else {
            return Ok(false);
        };
        let portal = self.state.store.portal_find(portal).await;
        let portal = portal.map_err(|error| self.store_problem(error))?;
        Ok(portal.is_some_and(|portal| {
            let scopes = portal.scopes.unwrap_or_default();
            let mut scopes = scopes.split(|sign: char| sign == ',' || sign.is_whitespace());
            portal.state == "ok" && scopes.any(|scope| scope == "telephony")
        }))
    }
}

/// Calling and SIP, as Meta last said.
fn switches(calling: Option<&Calling>) -> (Switch, Switch) {
    let switch = |is_on: Option<bool>| match is_on {
        Some(true) => Switch::On,
        Some(false) => Switch::Off,
        None => Switch::Unknown,
    };
    let sip = calling.and_then(|calling| calling.sip.as_ref());
    (
        switch(calling.and_then(|calling| calling.is_on)),
        switch(sip.and_then(|sip| sip.is_on)),
    )
}

fn error(row: Option<&calling::Model>, language: Language) -> Option<CallingError> {
    let found: KeptError = kept(row?.error.as_deref())?;
    let words = explained(&found.code, language);
    Some(CallingError {
        code: found.code,
        said: found.said,
        means: words.means.to_owned(),
        remedy: words.remedy.to_owned(),
        at: Moment(found.at),
    })
}

fn servers(known: &Known) -> Vec<SipServer> {
    let own = known.own_server();
    let sip = known
        .calling
        .as_ref()
        .and_then(|calling| calling.sip.as_ref());
    let servers = sip.map(|sip| sip.servers.as_slice()).unwrap_or_default();
    servers
        .iter()
        .map(|server| SipServer {
            app: server.app.clone(),
            host: server.host.clone(),
            port: server.port,
            is_ours: own.is_some_and(|own| std::ptr::eq(own, server)),
        })
        .collect()
}

fn restrictions(calling: Option<&Calling>) -> Vec<Restriction> {
    let found = calling.map(|calling| calling.restrictions.as_slice());
    found
        .unwrap_or_default()
        .iter()
        .map(|one| Restriction {
            kind: one.kind.clone(),
            reason: one.reason.clone(),
            until: one.until.map(|until| Moment(until.saturating_mul(1000))),
        })
        .collect()
}
