//! What became of SMS, told to the portal that asked for them. The phone needs no open line for that.

use super::flight::readable;
use super::{place, trouble};
use crate::bitrix::sms::{done, status_command};
use crate::bitrix::{AuthorizedClient, CallError, Command};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Weather};
use crate::outbox::SmsStatus;
use crate::state::AppState;
use crate::store::Head;
use uuid::Uuid;

/// Sends all of them in one batch; doing it twice changes nothing.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    portal: Uuid,
    heads: &[Head],
) -> Landing {
    let mut landing = Landing::default();
    let told = readable(heads, &mut landing, read);
    if told.is_empty() {
        return landing;
    }
    let keys = match place::portal(state, portal).await {
        Ok((_, keys)) => keys,
        Err(missing) => return missing.landing(portal, heads),
    };
    let commands: Vec<Command> = told
        .iter()
        .enumerate()
        .map(|(number, (_, status))| {
            let key = format!("s{number}");
            status_command(key, &status.code, &status.message_id, status.state)
        })
        .collect();
    match api.batch(&keys, &commands).await {
        Ok(answers) => {
            for ((id, _), (_, answer)) in told.into_iter().zip(answers.results) {
                let (outcome, weather) = end(answer.and_then(|answer| done(&answer)), state);
                landing.outcomes.push((id, outcome));
                landing.sees(weather);
            }
        }
        Err(error) => {
            let (outcome, weather) = trouble::read(&error, state.clock.now());
            let all = told.into_iter().map(|(id, _)| (id, outcome.clone()));
            landing.outcomes.extend(all);
            landing.sees(weather);
        }
    }
    landing
}

/// What one command came to. A right that only this method lacks is no trouble of the portal's other deliveries.
fn end(answer: Result<(), CallError>, state: &AppState) -> (Outcome, Weather) {
    match answer {
        Ok(()) => (Outcome::Delivered(Learnt::default()), Weather::Fair),
        Err(error @ CallError::Denied { .. }) => {
            (Outcome::Refused(trouble::words(&error)), Weather::Fair)
        }
        Err(error) => trouble::read(&error, state.clock.now()),
    }
}

fn read(head: &Head) -> Option<SmsStatus> {
    serde_json::from_str(&head.payload).ok()
}
