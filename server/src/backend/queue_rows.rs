//! Causes and destinations as the panel shows them: pure.

use super::scope::count;
use crate::delivery::pace::{Bucket, PHONE, PORTAL};
use crate::outbox;
use crate::store::entities::{phone, portal};
use crate::store::{CauseView, DeathCause, DestinationView};
use crate::translate::Language;
use crate::whatsapp::errors::{reworded, words_of};
use app::model::{
    AuditRow, CauseKey, CauseRow, DeliveryError, DestinationId, DestinationKind, DestinationRow,
    DestinationState, Moment, PhoneId, TargetChoice, UserId,
};

const MINUTE: i64 = 60_000;

/// A cause as the database has it.
pub(super) fn stored_cause(key: &CauseKey) -> DeathCause {
    DeathCause {
        owner: key.owner.uuid(),
        destination: key.destination.uuid(),
        code: key.code.clone(),
        words: key.words.clone(),
    }
}

/// A cause of the list.
pub(super) fn cause_row(view: CauseView, language: Language) -> CauseRow {
    let DeathCause {
        owner,
        destination,
        code,
        words,
    } = view.cause;
    CauseRow {
        error: DeliveryError {
            text: translated(&code, &words, language),
            code: code.clone(),
        },
        key: CauseKey {
            owner: UserId::new(owner),
            destination: DestinationId::new(destination),
            code,
            words,
        },
        destination: view.name,
        total: count(view.total),
        oldest_at: Moment(view.oldest),
        newest_at: Moment(view.newest),
    }
}

/// The words in the reader's language, also where only their beginning is known.
fn translated(code: &str, words: &str, language: Language) -> String {
    let known = code.parse().ok();
    let whole = known.and_then(|code| words_of(code, Language::English));
    match (whole, known.and_then(|code| words_of(code, language))) {
        (Some(whole), Some(own)) if !words.is_empty() && whole.starts_with(words) => own.to_owned(),
        _ => reworded(code, words, language),
    }
}

/// A destination of the list.
pub(super) fn destination_row(
    view: DestinationView,
    audit: Vec<AuditRow>,
    now: i64,
) -> DestinationRow {
    let (kind, pace) = match view.kind {
        outbox::DestinationKind::Portal => (DestinationKind::Portal, PORTAL),
        outbox::DestinationKind::Phone => (DestinationKind::Phone, PHONE),
    };
    let level = Bucket::restored(pace, view.row.bucket_level, view.row.bucket_at).level(now);
    let state = state(&view, now);
    let rate = rate(&view, now);
    let runs = state == DestinationState::Runs;
    let waiting = view.queue.waiting;
    let finish = (runs && rate > 0 && waiting > 0)
        .then(|| Moment(now + waiting.saturating_mul(MINUTE) / rate));
    DestinationRow {
        id: DestinationId::new(view.row.id),
        kind,
        name: view.name,
        state,
        answered_at: view.row.answered_at.map(Moment),
        per_minute: count(rate),
        bucket: count((level / pace.depth * 100.0).round() as i64).min(100),
        waiting: count(waiting),
        oldest_at: view.queue.oldest.map(Moment),
        finish_at: finish,
        failing_since: view.row.failing_since.map(Moment),
        audit,
    }
}

fn state(view: &DestinationView, now: i64) -> DestinationState {
    let reason = view.row.pause_reason.clone().unwrap_or_default();
    if let Some(since) = view.row.held_at {
        DestinationState::Held {
            since: Moment(since),
            by: view.row.held_by.clone().unwrap_or_default(),
            reason: view.row.held_reason.clone().unwrap_or_default(),
        }
    } else if view.row.paused_until > now {
        DestinationState::Rests {
            until: Moment(view.row.paused_until),
            reason,
        }
    } else if view.row.failures > 0 {
        DestinationState::Fails {
            failures: count(view.row.failures.into()),
            reason,
        }
    } else {
        DestinationState::Runs
    }
}

/// What it takes in a minute: of the minute that runs and the one before.
fn rate(view: &DestinationView, now: i64) -> i64 {
    let minute = now.div_euclid(MINUTE);
    let (taken, before) = match minute - view.row.minute {
        0 => (view.row.minute_taken, view.row.minute_before),
        1 => (0, view.row.minute_taken),
        _ => return 0,
    };
    // What runs counts as far as it has come; the one before is whole.
    let span = MINUTE + now.rem_euclid(MINUTE);
    ((taken + before).saturating_mul(MINUTE) + span / 2) / span
}

/// Where dead letters of a destination can go: for a portal other lines, for a phone other numbers of its portal.
pub(super) fn choices(
    destination: &DestinationView,
    phones: &[phone::Model],
    portals: &[portal::Model],
) -> Vec<TargetChoice> {
    let own = phones
        .iter()
        .find(|phone| phone.id == destination.row.target_id);
    let fits = |phone: &&phone::Model| match destination.kind {
        outbox::DestinationKind::Portal => {
            phone.portal_id.is_some() && phone.line_id.is_some() && phone.connector.is_some()
        }
        outbox::DestinationKind::Phone => own.is_some_and(|own| {
            own.id != phone.id && own.portal_id.is_some() && own.portal_id == phone.portal_id
        }),
    };
    let line = |phone: &phone::Model| {
        let portal = portals.iter().find(|one| Some(one.id) == phone.portal_id);
        match (destination.kind, portal, phone.line_id) {
            (outbox::DestinationKind::Portal, Some(portal), Some(line)) => {
                format!("{} · {line}", portal.domain)
            }
            _ => String::new(),
        }
    };
    let fitting = phones.iter().filter(fits);
    fitting
        .map(|phone| TargetChoice {
            id: PhoneId::new(phone.id),
            phone: phone.phone.clone(),
            line: line(phone),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DestinationQueue;
    use crate::store::entities::destination;
    use uuid::Uuid;

    fn view() -> DestinationView {
        DestinationView {
            row: destination::Model {
                id: Uuid::nil(),
                kind: "portal".to_owned(),
                target_id: Uuid::nil(),
                lease_owner: None,
                lease_until: 0,
                epoch: 0,
                paused_until: 0,
                pause_reason: None,
                failures: 0,
                answered_at: None,
                bucket_level: 0.0,
                bucket_at: 0,
                held_at: None,
                held_by: None,
                held_reason: None,
                failing_since: None,
                told_at: None,
                well_at: None,
                minute: 100,
                minute_taken: 30,
                minute_before: 60,
            },
            kind: outbox::DestinationKind::Portal,
            owner: Uuid::nil(),
            name: String::new(),
            queue: DestinationQueue {
                waiting: 600,
                oldest: None,
            },
        }
    }

    #[test]
    fn the_rate_is_of_the_last_two_minutes_and_tells_when_it_ends() {
        let half = 100 * MINUTE + MINUTE / 2;
        assert_eq!(rate(&view(), half), 60);
        assert_eq!(rate(&view(), 101 * MINUTE), 30);
        assert_eq!(rate(&view(), 103 * MINUTE), 0);
        let row = destination_row(view(), Vec::new(), half);
        assert_eq!(row.finish_at, Some(Moment(half + 10 * MINUTE)));
        assert_eq!(row.state, DestinationState::Runs);
    }

    #[test]
    fn a_person_who_holds_it_says_more_than_a_rest_of_its_own() {
        let mut held = view();
        held.row.paused_until = i64::MAX;
        held.row.failures = 3;
        assert!(matches!(state(&held, 5), DestinationState::Rests { .. }));
        held.row.held_at = Some(1);
        assert!(matches!(state(&held, 5), DestinationState::Held { .. }));
        assert_eq!(destination_row(held, Vec::new(), 5).finish_at, None);
    }
}
