//! Checking a telephone server, for the panel.

use super::super::Request;
use super::super::scope::scope_of;
use crate::bus::Topic;
use crate::calls::settings::{KeptEvent, Known, Who, host_read, kept, port_read};
use crate::calls::trunk::{
    self, Invite, State, TrunkQuestion, check, report_keep_in_txn, server_of, shown,
};
use crate::store::entities::calling;
use crate::store::{CallingPart, StoreError, Trunk};
use crate::translate::Language;
use app::model::{Difference, Permit, PhoneId, Problem, ProblemCode, TrunkReport, change};
use app::preferences::language_of_request;
use uuid::Uuid;

impl Request {
    pub(super) async fn calling_trunk(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
        host: &str,
        port: &str,
        invite: bool,
    ) -> Result<TrunkReport, Problem> {
        let scope = scope_of(&permit);
        let phone = self.phone(scope, id).await?;
        let row = self.calling_row(phone.id).await?;
        let waba = self.calling_waba(scope, &phone).await?;
        let known = Known::of(row.as_ref(), waba.app_id.as_deref());
        let saved = known.settings().and_then(|settings| settings.server);
        let (host, port) = match (host_read(host)?, saved) {
            (Some(host), _) => (host, port_read(port)?),
            (None, Some(server)) if port.trim().is_empty() => (server.host, server.port),
            (None, Some(server)) => (server.host, port_read(port)?),
            (None, None) => return Err(Problem::new(ProblemCode::FieldEmpty).at("host")),
        };
        let mut question = TrunkQuestion::new(&host, port, self.state.config.allow_private_targets)
            .map_err(|_| Problem::new(ProblemCode::HostInvalid).at("host"))?;
        question.invite = invite.then(|| Invite {
            number: Some(phone.phone.trim_start_matches('+').to_owned()),
        });
        let watched = self.watched(phone.id, &question).await?;
        let report = check(&question).await;
        let who = self.who().await;
        let kept = self.trunk_keep(phone.id, &report, watched.as_ref(), &who);
        let at = kept.await.map_err(|error| self.store_problem(error))?;
        for topic in [Topic::Phones, Topic::Overview] {
            self.state.bus.changed(phone.owner_id, topic);
        }
        Ok(shown(&report, at, Language::of_code(language_of_request())))
    }

    /// What the daily check knows of a number, where the question is its own: the same server, and no call that rings.
    async fn watched(
        &self,
        phone: Uuid,
        question: &TrunkQuestion,
    ) -> Result<Option<Trunk>, Problem> {
        let trunk = self.state.store.trunk_find(phone).await;
        let trunk = trunk.map_err(|error| self.store_problem(error))?;
        let asked = question.host.to_string();
        let is_its_own = |trunk: &Trunk| {
            server_of(trunk).is_some_and(|(host, port)| {
                host.eq_ignore_ascii_case(&asked) && port == question.port
            })
        };
        Ok(trunk.filter(|trunk| question.invite.is_none() && is_its_own(trunk)))
    }

    async fn trunk_keep(
        &self,
        phone: Uuid,
        report: &trunk::TrunkReport,
        watched: Option<&Trunk>,
        who: &Who,
    ) -> Result<i64, StoreError> {
        let text = serde_json::to_string(report)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let now = self.state.clock.now();
        let event = KeptEvent {
            changes: vec![outcome(report)],
            ..KeptEvent::default()
        };
        let txn = self.state.store.begin().await?;
        let is_found = match watched {
            Some(trunk) => report_keep_in_txn(&txn, trunk, report, now).await?,
            None => false,
        };
        if !is_found {
            let parts = [CallingPart::Trunk(&text)];
            txn.calling_keep_in_txn(phone, &parts, now).await?;
        }
        let desk = self.calling_desk();
        desk.event_in_txn(&txn, phone, who, "checked", &event)
            .await?;
        txn.commit().await?;
        Ok(now)
    }
}

/// Which server was checked, and which steps were bad.
fn outcome(report: &trunk::TrunkReport) -> Difference {
    let bad = report.steps.iter().filter(|step| step.state == State::Bad);
    let bad: Vec<&str> = bad.map(|step| step.name.word()).collect();
    Difference {
        field: "sip.servers".to_owned(),
        ours: format!("{}:{}", report.host, report.port),
        metas: bad.join(", "),
    }
}

/// The report that is kept, as pages show it.
pub(super) fn trunk_shown(row: Option<&calling::Model>) -> Option<TrunkReport> {
    let row = row?;
    let report: Option<trunk::TrunkReport> = kept(row.trunk.as_deref())?;
    let language = Language::of_code(language_of_request());
    Some(shown(&report?, row.trunk_at?, language))
}
