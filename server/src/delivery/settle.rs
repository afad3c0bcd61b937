//! Writes what came of a flight.

use super::backoff::backoff_jittered;
use super::follow;
use super::outcome::{Outcome, Trouble};
use super::patience;
use crate::outbox::{DeliveryState, DestinationKind};
use crate::store::{Head, StoreError, Txn};
use crate::telemetry::name;
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

/// When and where a flight flew.
pub(super) struct Flight {
    /// The destination.
    pub destination: Uuid,
    /// Portal or phone.
    pub kind: DestinationKind,
    /// When it left, in milliseconds.
    pub departed: i64,
    /// The time now.
    pub now: i64,
    /// How long a send without an answer waits for its status.
    pub unknown_wait: i64,
}

/// A duration in milliseconds.
pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// What is to become of a delivery.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Close(DeliveryState, Option<Trouble>),
    Stay(DeliveryState, Trouble, i64),
    Return(Trouble, i64),
}

/// Writes every outcome; answers the portals and phones that have something new to carry.
pub(super) async fn write_in_txn(
    txn: &Txn,
    flight: &Flight,
    heads: &[Head],
    outcomes: &[(Uuid, Outcome)],
) -> Result<Vec<Uuid>, StoreError> {
    let outcomes: HashMap<Uuid, &Outcome> = outcomes.iter().map(|(id, end)| (*id, end)).collect();
    let missing = Outcome::Unknown(Trouble::new(
        "no_outcome",
        "The answer did not speak of it.",
    ));
    let mut arrived = Vec::new();
    let mut others = Vec::new();
    for head in heads {
        let outcome = outcomes.get(&head.id).copied().unwrap_or(&missing);
        note_attempt(txn, flight, head, outcome).await?;
        match outcome {
            Outcome::Delivered(learnt) if follow::is_simple(head.kind) => {
                arrived.push((head, learnt));
            }
            other => others.push((head, other)),
        }
    }
    let closed: Vec<&Head> = arrived.iter().map(|(head, _)| *head).collect();
    txn.heads_deliver_in_txn(&closed, flight.now).await?;
    follow::arrived(txn, &arrived, flight.now).await?;
    let mut targets = Vec::new();
    for (head, outcome) in others {
        targets.extend(write_one(txn, flight, head, outcome).await?);
    }
    Ok(targets)
}

async fn write_one(
    txn: &Txn,
    flight: &Flight,
    head: &Head,
    outcome: &Outcome,
) -> Result<Vec<Uuid>, StoreError> {
    let mut targets = Vec::new();
    // What follows is because of the same receipt.
    txn.caused_by(head.cause);
    let verdict = judge(flight, head, outcome);
    match &verdict {
        Verdict::Close(state, why) => {
            let words = why
                .as_ref()
                .map(|why| (why.code.as_str(), why.text.as_str()));
            let closed = txn
                .head_close_in_txn(head, *state, words, flight.now)
                .await?;
            if closed && *state == DeliveryState::Delivered {
                targets.extend(follow::sent(txn, head, flight.now).await?);
            }
        }
        Verdict::Stay(state, why, due_at) => {
            txn.head_stay_in_txn(head, *state, (&why.code, &why.text), *due_at)
                .await?;
        }
        Verdict::Return(why, due_at) => {
            txn.head_return_in_txn(head.standing(), (&why.code, &why.text), *due_at)
                .await?;
        }
    }
    if let Outcome::Delivered(learnt) = outcome {
        targets.extend(follow::delivered(txn, head, learnt, flight.now).await?);
    } else if let Verdict::Close(_, Some(why)) = &verdict {
        targets.extend(follow::failed(txn, head, why, flight.now).await?);
    }
    Ok(targets)
}

/// What an outcome means for a delivery. Pure but for the jitter.
fn judge(flight: &Flight, head: &Head, outcome: &Outcome) -> Verdict {
    let now = flight.now;
    let over = patience::is_over(head.kind, head.created_at, now);
    let tries = head.attempts.saturating_add(1);
    match outcome {
        Outcome::Delivered(_) => Verdict::Close(DeliveryState::Delivered, None),
        Outcome::Refused(why) => Verdict::Close(DeliveryState::Refused, Some(why.clone())),
        Outcome::Later { why, .. } | Outcome::Untried(why) | Outcome::Unknown(why) if over => {
            Verdict::Close(DeliveryState::Dead, Some(why.clone()))
        }
        Outcome::NotThere if over => Verdict::Close(DeliveryState::Dead, Some(not_there())),
        Outcome::Later { after, why } => {
            let wait = after.unwrap_or_else(|| backoff_jittered(tries));
            Verdict::Stay(DeliveryState::Waiting, why.clone(), now + wait)
        }
        Outcome::Unknown(why) if head.kind.is_idempotent() => Verdict::Stay(
            DeliveryState::Waiting,
            why.clone(),
            now + backoff_jittered(tries),
        ),
        Outcome::Unknown(why) => {
            let first = head.state == DeliveryState::Waiting;
            let wait = if first {
                patience::look_up_after(flight.kind, flight.unknown_wait)
            } else {
                backoff_jittered(3)
            };
            Verdict::Stay(DeliveryState::Unknown, why.clone(), now + wait)
        }
        Outcome::NotThere => Verdict::Stay(DeliveryState::Waiting, not_there(), now),
        Outcome::Untried(why) => Verdict::Return(why.clone(), now),
    }
}

fn not_there() -> Trouble {
    Trouble::new(
        "answer_lost",
        "The answer was lost and the message had not arrived; it is sent again.",
    )
}

/// The code and words of an attempt worth keeping; a plain success is in the delivery itself.
async fn note_attempt(
    txn: &Txn,
    flight: &Flight,
    head: &Head,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let (word, why) = match outcome {
        Outcome::Delivered(_) if head.attempts == 0 && head.state == DeliveryState::Waiting => {
            return Ok(());
        }
        Outcome::Untried(_) => return Ok(()),
        Outcome::Delivered(_) => ("delivered", None),
        Outcome::Refused(why) => ("refused", Some(why)),
        Outcome::Later { why, .. } => ("later", Some(why)),
        Outcome::Unknown(why) => ("unknown", Some(why)),
        Outcome::NotThere => ("not_there", None),
    };
    let http = why.and_then(|why| why.http).map(i32::from);
    tell(flight, head, word, why);
    let (code, text) = why.map_or((None, None), |why| {
        (Some(why.code.as_str()), Some(why.text.as_str()))
    });
    txn.attempt_write_in_txn(
        head.id,
        flight.departed,
        flight.now - flight.departed,
        word,
        http,
        code,
        text,
    )
    .await
}

/// A line that leads from a delivery back to the receipt it began with.
fn tell(flight: &Flight, head: &Head, outcome: &'static str, why: Option<&Trouble>) {
    let direction = head.kind.direction().as_str();
    metrics::counter!(name::ATTEMPTS, "outcome" => outcome, "direction" => direction).increment(1);
    let tries = head.attempts.saturating_add(1);
    // What waits for a portal that is down is tried again and again: such lines become rarer.
    let is_repeated = outcome == "later" && !tries.unsigned_abs().is_power_of_two();
    let Some(why) = why.filter(|_| !is_repeated) else {
        return;
    };
    tracing::warn!(
        delivery = %head.id,
        receipt = head.cause.map(|cause| cause.receipt),
        destination = %flight.destination,
        to = flight.kind.as_str(),
        kind = head.kind.as_str(),
        outcome,
        code = why.code,
        http = why.http,
        tries,
        "A delivery did not simply arrive"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::DeliveryKind;

    fn head(kind: DeliveryKind, state: DeliveryState) -> Head {
        Head::for_tests(kind, state)
    }

    fn flight(now: i64) -> Flight {
        Flight {
            destination: Uuid::nil(),
            kind: DestinationKind::Phone,
            departed: now,
            now,
            unknown_wait: 20_000,
        }
    }

    #[test]
    fn a_lost_answer_waits_before_it_is_looked_up_and_never_repeats_blindly() {
        let why = Trouble::new("timeout", "no answer");
        let head = head(DeliveryKind::OutboundText, DeliveryState::Waiting);
        let verdict = judge(&flight(1000), &head, &Outcome::Unknown(why.clone()));
        assert_eq!(verdict, Verdict::Stay(DeliveryState::Unknown, why, 21_000));
    }

    #[test]
    fn a_tick_whose_answer_was_lost_is_simply_repeated() {
        let why = Trouble::new("timeout", "no answer");
        let head = head(DeliveryKind::DeliveredTick, DeliveryState::Waiting);
        let verdict = judge(&flight(1000), &head, &Outcome::Unknown(why));
        assert!(matches!(
            verdict,
            Verdict::Stay(DeliveryState::Waiting, _, _)
        ));
    }

    #[test]
    fn an_operators_text_dies_after_an_hour_a_customers_after_a_day() {
        let why = Trouble::new("down", "no answer");
        let later = Outcome::Later { after: None, why };
        let hour = 60 * 60 * 1000;
        let outbound = head(DeliveryKind::OutboundText, DeliveryState::Waiting);
        let inbound = head(DeliveryKind::InboundText, DeliveryState::Waiting);
        assert!(matches!(
            judge(&flight(hour - 1), &outbound, &later),
            Verdict::Stay(..)
        ));
        assert!(matches!(
            judge(&flight(hour), &outbound, &later),
            Verdict::Close(DeliveryState::Dead, _)
        ));
        assert!(matches!(
            judge(&flight(hour), &inbound, &later),
            Verdict::Stay(..)
        ));
        assert!(matches!(
            judge(&flight(24 * hour), &inbound, &later),
            Verdict::Close(DeliveryState::Dead, _)
        ));
    }
}
