//! What Meta's answer to a send means for the delivery and for the number.

use crate::delivery::outcome::{Learnt, Outcome, Trouble, Weather};
use crate::delivery::settle::millis;
use crate::translate::Language;
use crate::whatsapp::SendResult;
use crate::whatsapp::errors::{GraphError, explain, pair_wait};

fn trouble_of(error: &GraphError) -> Trouble {
    let code = error
        .code
        .map_or_else(|| "graph".to_owned(), |code| code.to_string());
    Trouble {
        http: error.http,
        ..Trouble::new(code, explain(error, Language::English))
    }
}

/// Meta's codes for "this number (or app) is too fast", as opposed to "this conversation is".
const CROWDED: [i64; 3] = [4, 80007, 130429];

/// Meta's codes for "the service is down", whatever was sent.
const DOWN: [i64; 2] = [2, 131_016];

/// Meta's code for "too many messages to this one customer".
const PAIR_RATE: i64 = 131056;

/// The outcome after so many tries before this one, and how the number is.
pub(super) fn outcome_of(sent: SendResult, attempts: u32) -> (Outcome, Weather) {
    match sent {
        SendResult::Sent { wamid, .. } => (
            Outcome::Delivered(Learnt {
                wamid: Some(wamid),
                ..Learnt::default()
            }),
            Weather::Fair,
        ),
        SendResult::Refused(error) => (Outcome::Refused(trouble_of(&error)), Weather::Fair),
        SendResult::Later { after, error } => {
            let code = error.code.unwrap_or_default();
            let after = match after {
                None if code == PAIR_RATE => Some(millis(pair_wait(attempts))),
                asked => asked.map(millis),
            };
            let why = trouble_of(&error);
            let weather = if CROWDED.contains(&code) {
                Weather::Crowded(after)
            } else if DOWN.contains(&code) {
                Weather::Stormy(why.clone())
            } else {
                Weather::Fair
            };
            (Outcome::Later { after, why }, weather)
        }
        SendResult::Stopped(error) => {
            let why = trouble_of(&error);
            (Outcome::Untried(why.clone()), Weather::Closed(why))
        }
        SendResult::NotSent { reason } => {
            let why = Trouble::new("not_sent", reason);
            (Outcome::Untried(why.clone()), Weather::Stormy(why))
        }
        SendResult::Unknown { reason } => {
            let why = Trouble::new("answer_lost", reason);
            (Outcome::Unknown(why.clone()), Weather::Stormy(why))
        }
    }
}
