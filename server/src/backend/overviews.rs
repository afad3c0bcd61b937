//! The overview for the panel.

use super::Request;
use super::phones::link_state;
use super::scope::{count, scope_of};
use crate::store::views::{
    Counts, PhoneOrder, PhoneQuestion, PhoneView, PortalView, Slice, Traffic, WabaView,
};
use crate::store::{Scope, StoreError};
use app::backend;
use app::model::{
    Connection, Held, HeldReason, LinkState, Moment, Overview, Permit, Problem, Proof, Queue,
    Subject, Today, Verdict, see,
};
use async_trait::async_trait;

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
}

impl Request {
    async fn overview(&self, scope: Scope) -> Result<Overview, StoreError> {
        let store = &self.state.store;
        let now = self.state.clock.now();
        let counts = store.counts_view(scope).await?;
        let traffic = store.traffic_view(scope, now - now.rem_euclid(DAY)).await?;
        let mut connections: Vec<Connection> = Vec::new();
        for linked in [false, true] {
            let phones = store.phones_view(&first_phones(scope, linked)).await?.0;
            connections.extend(phones.into_iter().map(of_phone));
        }
        let portals = store.portals_view(scope, SENTENCES).await?;
        connections.extend(portals.into_iter().map(of_portal));
        let wabas = store.wabas_view(scope, SENTENCES).await?;
        connections.extend(wabas.into_iter().map(of_waba));
        connections.sort_by_key(|connection| urgency(connection.verdict));
        connections.truncate(SENTENCES as usize);
        Ok(overview(counts, &traffic, connections))
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
        last_meta_at: traffic.last_meta.map(Moment),
        last_bitrix_at: traffic.last_bitrix.map(Moment),
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

fn of_phone(view: PhoneView) -> Connection {
    let (verdict, proof) = match (link_state(&view.link_state, view.link_reason), view.line_id) {
        (LinkState::Linked, Some(line)) => (Verdict::Ok, Proof::ConnectorActive { line }),
        (LinkState::Linked | LinkState::Unchecked, line) => {
            (Verdict::Unknown, Proof::ConnectorUnchecked { line })
        }
        (LinkState::Failed(reason), _) => (Verdict::Failed, Proof::ConnectorFailed { reason }),
        (LinkState::NotLinked, _) => (Verdict::Attention, Proof::NotLinked),
    };
    Connection {
        subject: Subject::Phone,
        name: view.phone,
        verdict,
        proof,
        at: view.checked_at.map(Moment),
    }
}

fn of_portal(view: PortalView) -> Connection {
    let (verdict, proof) = match (view.state.as_str(), view.pause_reason, view.answered_at) {
        ("ok", None, Some(_)) => (Verdict::Ok, Proof::PortalAnswers),
        ("ok", Some(reason), _) => (Verdict::Attention, Proof::PortalRefuses { reason }),
        ("uninstalled", _, _) => (Verdict::Failed, Proof::PortalUninstalled),
        ("needs_tokens", _, _) => (Verdict::Failed, Proof::PortalNeedsTokens),
        // Never called, or in a state this version does not know: nobody can tell.
        (_, _, _) => (Verdict::Unknown, Proof::PortalUnchecked),
    };
    Connection {
        subject: Subject::Portal,
        name: view.domain,
        verdict,
        proof,
        at: view.answered_at.map(Moment),
    }
}

fn of_waba(view: WabaView) -> Connection {
    let (verdict, proof) = match view.heard_at {
        Some(_) => (Verdict::Ok, Proof::WebhookSeen),
        None => (Verdict::Unknown, Proof::WebhookNeverSeen),
    };
    Connection {
        subject: Subject::Waba,
        name: view.name,
        verdict,
        proof,
        at: view.heard_at.map(Moment),
    }
}
