//! Lines whose answer was lost: are they in the chat?
//!
//! At most two calls whatever the number of lines: one that finds the chats nobody has told us
//! yet, one that reads the histories.

use super::flight::readable;
use super::place::Place;
use super::trouble;
use crate::bitrix::lines::{dialog_params, dialog_read, history_contains, history_params};
use crate::bitrix::{Answer, AuthorizedClient, CallError, Command};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Weather};
use crate::outbox::ChatLine;
use crate::state::AppState;
use crate::store::Head;
use serde_json::Value;
use uuid::Uuid;

/// One question: is this line in its chat?
struct Question {
    delivery: Uuid,
    external_id: String,
    chat: Chat,
}

/// The chat of a conversation, as far as it is known.
enum Chat {
    Known(String),
    /// `connector|line|external chat|user`, by which Bitrix24 may find it.
    Coded(String),
}

/// Looks all of them up.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    heads: &[Head],
) -> Landing {
    let mut landing = Landing::default();
    let questions = readable(heads, &mut landing, |head| question(place, head));
    let mut search = Search {
        state,
        api,
        place,
        landing,
    };
    let (mut known, coded): (Vec<_>, Vec<_>) = questions
        .into_iter()
        .map(|(_, question)| question)
        .partition(|question| matches!(question.chat, Chat::Known(_)));
    known.extend(search.find_chats(coded).await);
    search.read_histories(known).await;
    search.landing
}

fn question(place: &Place, head: &Head) -> Option<Question> {
    let line: ChatLine = serde_json::from_str(&head.payload).ok()?;
    let (conversation, contact) = place.conversation(head)?;
    let chat = match &conversation.im_chat_id {
        Some(chat) => Chat::Known(chat.clone()),
        None => {
            let user = conversation
                .im_user_id
                .as_deref()
                .unwrap_or(&contact.external_id);
            let channel = &place.channel;
            Chat::Coded(format!(
                "{}|{}|{}|{user}",
                channel.connector, channel.line, contact.external_id
            ))
        }
    };
    Some(Question {
        delivery: head.id,
        external_id: line.external_id,
        chat,
    })
}

struct Search<'a> {
    state: &'a AppState,
    api: &'a AuthorizedClient,
    place: &'a Place,
    landing: Landing,
}

impl Search<'_> {
    /// Asks for chats by their code. Where there is no chat, there is no line in it.
    async fn find_chats(&mut self, questions: Vec<Question>) -> Vec<Question> {
        let params = |question: &Question| match &question.chat {
            Chat::Known(chat) | Chat::Coded(chat) => dialog_params(chat),
        };
        let mut found = Vec::new();
        for (question, answer) in self.ask("imopenlines.dialog.get", questions, params).await {
            match self.heard(answer).map(|answer| dialog_read(&answer.result)) {
                Ok(Some(facts)) => {
                    found.push(Question {
                        chat: Chat::Known(facts.chat_id),
                        ..question
                    });
                }
                Ok(None) | Err(CallError::Refused { .. } | CallError::Denied { .. }) => {
                    self.landing
                        .outcomes
                        .push((question.delivery, Outcome::NotThere));
                }
                Err(error) => self.failed(&error, question.delivery),
            }
        }
        found
    }

    async fn read_histories(&mut self, questions: Vec<Question>) {
        let params = |question: &Question| match &question.chat {
            Chat::Known(chat) | Chat::Coded(chat) => history_params(chat),
        };
        for (question, answer) in self
            .ask("imopenlines.session.history.get", questions, params)
            .await
        {
            let outcome = match self.heard(answer) {
                Ok(answer) if history_contains(&answer.result, &question.external_id) => {
                    let im_chat = match question.chat {
                        Chat::Known(chat) => Some(chat),
                        Chat::Coded(_) => None,
                    };
                    Outcome::Delivered(Learnt {
                        im_chat,
                        ..Learnt::default()
                    })
                }
                // Where looking is denied nobody will ever know: twice is better than never.
                Ok(_) | Err(CallError::Refused { .. } | CallError::Denied { .. }) => {
                    Outcome::NotThere
                }
                Err(error) => {
                    self.failed(&error, question.delivery);
                    continue;
                }
            };
            self.landing.outcomes.push((question.delivery, outcome));
        }
    }

    /// One batch with a command for every question; each gets its own answer.
    async fn ask(
        &self,
        method: &str,
        questions: Vec<Question>,
        params: impl Fn(&Question) -> Value,
    ) -> Vec<(Question, Result<Answer, CallError>)> {
        if questions.is_empty() {
            return Vec::new();
        }
        let command = |(number, question): (usize, &Question)| Command {
            key: format!("q{number}"),
            method: method.to_owned(),
            params: params(question),
        };
        let commands: Vec<Command> = questions.iter().enumerate().map(command).collect();
        match self.api.batch(&self.place.keys, &commands).await {
            Ok(answers) => {
                let answers = answers.results.into_iter().map(|(_, answer)| answer);
                questions.into_iter().zip(answers).collect()
            }
            Err(error) => questions
                .into_iter()
                .map(|question| (question, Err(error.clone())))
                .collect(),
        }
    }

    /// An answer, whatever it says, shows that the portal answers.
    fn heard(&mut self, answer: Result<Answer, CallError>) -> Result<Answer, CallError> {
        if matches!(answer, Ok(_) | Err(CallError::Refused { .. })) {
            self.landing.sees(Weather::Fair);
        }
        answer
    }

    /// The look-up itself failed: the line stays unknown and is looked up again.
    fn failed(&mut self, error: &CallError, delivery: Uuid) {
        let (outcome, weather) = trouble::read(error, self.state.clock.now());
        let outcome = match outcome {
            Outcome::Refused(why) | Outcome::Later { why, .. } => Outcome::Unknown(why),
            other @ (Outcome::Delivered(_)
            | Outcome::Unknown(_)
            | Outcome::NotThere
            | Outcome::Untried(_)) => other,
        };
        self.landing.outcomes.push((delivery, outcome));
        self.landing.sees(weather);
    }
}
