//! Lines whose answer was lost: are they in the chat?

use super::place::Place;
use super::trouble;
use crate::bitrix::lines::{dialog_get, history_contains, history_params};
use crate::bitrix::{AuthorizedClient, CallError, Command};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Trouble, Weather};
use crate::outbox::ChatLine;
use crate::state::AppState;
use crate::store::Head;
use uuid::Uuid;

/// One question: is this line in this chat?
struct Question {
    delivery: Uuid,
    chat: String,
    external_id: String,
}

/// Looks all of them up: one batch for the chats that are known, a question each for the others.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    heads: &[Head],
) -> Landing {
    let mut landing = Landing::default();
    let mut questions = Vec::new();
    for head in heads {
        let Some(line) = serde_json::from_str::<ChatLine>(&head.payload).ok() else {
            let why = Trouble::new(
                "unreadable",
                "This version cannot read what was to be sent.",
            );
            landing.outcomes.push((head.id, Outcome::Refused(why)));
            continue;
        };
        match chat_of(api, place, head).await {
            Ok(Some(chat)) => {
                questions.push(Question {
                    delivery: head.id,
                    chat,
                    external_id: line.external_id,
                });
            }
            // There is no chat, so there is no line in it.
            Ok(None) => landing.outcomes.push((head.id, Outcome::NotThere)),
            Err(error) => failed(state, &error, head.id, &mut landing),
        }
    }
    if !questions.is_empty() {
        ask(state, api, place, &questions, &mut landing).await;
    }
    landing
}

async fn ask(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    questions: &[Question],
    landing: &mut Landing,
) {
    let commands: Vec<Command> = questions
        .iter()
        .enumerate()
        .map(|(number, question)| Command {
            key: format!("q{number}"),
            method: "imopenlines.session.history.get".to_owned(),
            params: history_params(&question.chat),
        })
        .collect();
    match api.batch(&place.keys, &commands).await {
        Ok(answers) => {
            for (question, (_, answer)) in questions.iter().zip(answers.results) {
                match answer {
                    Ok(answer) if history_contains(&answer.result, &question.external_id) => {
                        let learnt = Learnt {
                            im_chat: Some(question.chat.clone()),
                            ..Learnt::default()
                        };
                        landing
                            .outcomes
                            .push((question.delivery, Outcome::Delivered(learnt)));
                    }
                    Ok(_) | Err(CallError::Refused { .. }) => {
                        landing
                            .outcomes
                            .push((question.delivery, Outcome::NotThere));
                    }
                    Err(error) => failed(state, &error, question.delivery, landing),
                }
            }
        }
        Err(error) => {
            for question in questions {
                failed(state, &error, question.delivery, landing);
            }
        }
    }
}

/// The look-up itself failed: the line stays unknown and is looked up again.
fn failed(state: &AppState, error: &CallError, delivery: Uuid, landing: &mut Landing) {
    let (outcome, weather) = trouble::read(error, state.clock.now());
    let outcome = match outcome {
        Outcome::Refused(why) | Outcome::Later { why, .. } => Outcome::Unknown(why),
        other @ (Outcome::Delivered(_)
        | Outcome::Unknown(_)
        | Outcome::NotThere
        | Outcome::Untried(_)) => other,
    };
    landing.outcomes.push((delivery, outcome));
    if weather != Weather::Fair {
        landing.weather = weather;
    }
}

/// The chat Bitrix24 keeps for the conversation; asked by its user code when nobody has told yet.
async fn chat_of(
    api: &AuthorizedClient,
    place: &Place,
    head: &Head,
) -> Result<Option<String>, CallError> {
    let Some((conversation, contact)) = place.conversation(head) else {
        return Ok(None);
    };
    if let Some(chat) = &conversation.im_chat_id {
        return Ok(Some(chat.clone()));
    }
    let user = conversation
        .im_user_id
        .as_deref()
        .unwrap_or(&contact.external_id);
    let code = format!(
        "{}|{}|{}|{user}",
        place.channel.connector, place.channel.line, contact.external_id
    );
    match dialog_get(api, &place.keys, &code).await {
        Ok(found) => Ok(found.map(|facts| facts.chat_id)),
        Err(CallError::Refused { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
