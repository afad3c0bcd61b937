//! The overview for the panel.

use super::Request;
use super::checks::check;
use super::scope::{count, scope_of};
use crate::connect::{is_stale, name};
use crate::store::entities::check_result;
use crate::store::views::{
    Counts, PhoneOrder, PhoneQuestion, PhoneView, PortalView, Slice, Traffic, WabaView,
};
use crate::store::{DestinationView, Scope, StoreError};
use app::backend;
use app::model::{
    Connection, DestinationNews, Held, HeldReason, LinkState, Moment, Overview, Permit, Problem,
    Proof, Queue, Subject, TemplateNews, Today, Verdict, WabaId, see,
};
use async_trait::async_trait;
use uuid::Uuid;

/// How many health sentences the overview has room for.
const SENTENCES: u32 = 12;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

#[async_trait]
impl backend::Overviews for Request {
    async fn read(&self, permit: Permit<see::Overview>) -> Result<Overview, Problem> {
        let read = self.overview(scope_of(&permit)).await;
        read.map_err(|error| self.store_problem(error))
    }

    async fn traffic(&self, permit: Permit<see::Overview>) -> Result<app::model::Traffic, Problem> {
        let read = self.traffic_now(scope_of(&permit)).await;
        read.map_err(|error| self.store_problem(error))
    }
}

impl Request {
    async fn overview(&self, scope: Scope) -> Result<Overview, StoreError> {
        let store = &self.state.store;
        let now = self.state.clock.now();
        let counts = store.counts_view(scope).await?;
        let traffic = store.traffic_view(scope, now - now.rem_euclid(DAY)).await?;
        let mut phones: Vec<PhoneView> = Vec::new();
        for linked in [false, true] {
            phones.extend(store.phones_view(&first_phones(scope, linked)).await?.0);
        }
        let portals = store.portals_view(scope, SENTENCES).await?;
        let wabas = store.wabas_view(scope, SENTENCES).await?;
        let ids = portals.iter().map(|portal| portal.id);
        let ids = ids.chain(wabas.iter().map(|waba| waba.id));
        let ids: Vec<Uuid> = ids.chain(phones.iter().map(|phone| phone.id)).collect();
        let checks = Known {
            checks: self.checks_now(&ids).await?,
            now,
        };
        let phones = phones.into_iter();
        let mut connections: Vec<Connection> =
            phones.map(|view| self.of_phone(view, &checks)).collect();
        connections.extend(portals.into_iter().map(|view| of_portal(view, &checks)));
        connections.extend(wabas.into_iter().map(|view| of_waba(view, &checks)));
        connections.sort_by_key(|connection| urgency(connection.verdict));
        connections.truncate(SENTENCES as usize);
        let news = store.templates_news(scope).await?;
        let told = store.destinations_told(scope, now - DAY).await?;
        let mut overview = overview(counts, &traffic, connections);
        overview.news = news
            .into_iter()
            .map(|(waba, name, noticed)| TemplateNews {
                waba: WabaId::new(waba),
                name,
                count: count(noticed),
            })
            .collect();
        overview.destinations = told.into_iter().map(destination_news).collect();
        Ok(overview)
    }
}

fn overview(counts: Counts, traffic: &Traffic, connections: Vec<Connection>) -> Overview {
    let all = count(counts.wabas + counts.phones + counts.portals);
    let shown = u32::try_from(connections.len()).unwrap_or(u32::MAX);
    Overview {
        wabas: count(counts.wabas),
        phones: count(counts.phones),
        portals: count(counts.portals),
        more: all.saturating_sub(shown),
        connections,
        today: Today {
            inbound: count(traffic.inbound),
            outbound: count(traffic.outbound),
            failed: count(traffic.failed),
        },
        queue: Queue {
            waiting: count(traffic.waiting),
            unknown: count(traffic.unknown),
            dead: count(traffic.dead),
            oldest_waiting_at: traffic.oldest_waiting.map(Moment),
        },
        held: held(traffic),
        news: Vec::new(),
        destinations: Vec::new(),
        last_meta_at: traffic.last_meta.map(Moment),
        last_bitrix_at: traffic.last_bitrix.map(Moment),
    }
}

fn destination_news(view: DestinationView) -> DestinationNews {
    let told = view.row.told_at.unwrap_or_default();
    DestinationNews {
        name: view.name,
        reason: view.row.pause_reason.unwrap_or_default(),
        since: Moment(view.row.failing_since.unwrap_or(told)),
        well_at: view.row.well_at.map(Moment),
    }
}

fn held(traffic: &Traffic) -> Option<Held> {
    let reason = match (traffic.held > 0, traffic.failed_receipts > 0) {
        (false, false) => return None,
        (true, false) => HeldReason::NobodyOwnsIt,
        (false, true) => HeldReason::NotUnderstood,
        (true, true) => HeldReason::Mixed,
    };
    Some(Held {
        count: count(traffic.held + traffic.failed_receipts),
        reason,
    })
}

const fn urgency(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 0,
        Verdict::Attention => 1,
        Verdict::Unknown => 2,
        Verdict::Ok => 3,
    }
}

const fn first_phones(scope: Scope, linked: bool) -> PhoneQuestion<'static> {
    PhoneQuestion {
        scope,
        linked: Some(linked),
        search: "",
        order: PhoneOrder::Phone,
        descending: false,
        slice: Slice {
            limit: SENTENCES,
            offset: 0,
        },
    }
}

impl Request {
    /// A phone whose line works may still have calls that do not.
    fn of_phone(&self, view: PhoneView, known: &Known) -> Connection {
        let reason = view.link_reason.as_deref();
        let link = self.link_now(&view.link_state, reason, view.checked_at);
        let calls = known.bad(view.id, &[name::CALLING, name::SIP, name::TRUNK]);
        let at = view.checked_at;
        let (verdict, proof, at) = match (link, view.line_id, calls) {
            (LinkState::Failed(check), _, _) => (Verdict::Failed, Proof::Found { check }, at),
            (LinkState::NotLinked, _, _) => (Verdict::Attention, Proof::NotLinked, at),
            // Messages still go.
            (LinkState::Linked | LinkState::Unchecked, _, Some(calls)) => {
                let (_, proof, at) = found(calls);
                (Verdict::Attention, proof, at)
            }
            (LinkState::Linked, Some(line), None) => {
                (Verdict::Ok, Proof::ConnectorActive { line }, at)
            }
            (LinkState::Linked | LinkState::Unchecked, line, None) => {
                (Verdict::Unknown, Proof::ConnectorUnchecked { line }, at)
            }
        };
        Connection {
            subject: Subject::Phone,
            name: view.phone,
            verdict,
            proof,
            at: at.map(Moment),
        }
    }
}

/// What checks found, as it counts now.
struct Known {
    checks: Vec<check_result::Model>,
    now: i64,
}

impl Known {
    fn find(&self, subject: Uuid, name: &str) -> Option<&check_result::Model> {
        let mut checks = self.checks.iter();
        checks.find(|found| found.subject_id == subject && found.name == name)
    }

    /// The first of these checks that is bad.
    fn bad(&self, subject: Uuid, names: &[&str]) -> Option<&check_result::Model> {
        let mut found = names.iter().filter_map(|name| self.find(subject, name));
        found.find(|found| found.state == "bad")
    }

    /// When this was last found well, if that still counts.
    fn ok_at(&self, subject: Uuid, name: &str) -> Option<i64> {
        let found = self.find(subject, name)?;
        (found.state == "ok").then_some(found.at)
    }

    /// A sign of life that still counts.
    fn lately(&self, at: Option<i64>) -> Option<i64> {
        at.filter(|at| !is_stale(name::TOKEN, "ok", "", *at, self.now))
    }
}

fn of_portal(view: PortalView, known: &Known) -> Connection {
    let works = known
        .ok_at(view.id, name::PORTAL_TOKEN)
        .max(known.lately(view.answered_at));
    let bad = known.bad(view.id, &[name::PORTAL_TOKEN, name::SCOPES, name::EVENTS]);
    let (verdict, proof, at) = match (view.state.as_str(), view.pause_reason, bad) {
        ("uninstalled", _, _) => (Verdict::Failed, Proof::PortalUninstalled, view.answered_at),
        ("needs_tokens", _, _) => (Verdict::Failed, Proof::PortalNeedsTokens, view.answered_at),
        ("ok", _, Some(bad)) => found(bad),
        ("ok", Some(reason), None) => (
            Verdict::Attention,
            Proof::PortalRefuses { reason },
            view.answered_at,
        ),
        ("ok", None, None) if works.is_some() => (Verdict::Ok, Proof::PortalAnswers, works),
        // Not asked for a long time, or in a state this version does not know: nobody can tell.
        (_, _, _) => (Verdict::Unknown, Proof::PortalUnchecked, view.answered_at),
    };
    Connection {
        subject: Subject::Portal,
        name: view.domain,
        verdict,
        proof,
        at: at.map(Moment),
    }
}

fn of_waba(view: WabaView, known: &Known) -> Connection {
    let bad = known.bad(view.id, &[name::TOKEN, name::SUBSCRIBED]);
    let works = [name::TOKEN, name::SUBSCRIBED].map(|name| known.ok_at(view.id, name));
    let is_well = works.iter().all(Option::is_some) || known.lately(view.heard_at).is_some();
    let (verdict, proof, at) = match (bad, view.heard_at) {
        (Some(bad), _) => found(bad),
        (None, None) => (Verdict::Unknown, Proof::WebhookNeverSeen, None),
        (None, Some(at)) if is_well => (Verdict::Ok, Proof::WebhookSeen, Some(at)),
        (None, Some(at)) => (Verdict::Unknown, Proof::WebhookSeen, Some(at)),
    };
    Connection {
        subject: Subject::Waba,
        name: view.name,
        verdict,
        proof,
        at: at.map(Moment),
    }
}

fn found(bad: &check_result::Model) -> (Verdict, Proof, Option<i64>) {
    let (at, check) = (bad.at, check(bad.clone()));
    (Verdict::Failed, Proof::Found { check }, Some(at))
}
