//! What customers and operators do, and what each of them sees.

use crate::facts::{CONNECTOR, LINE, MEMBER, PHONE};
use crate::{Sandbox, until};
use serde_json::{Value, json};

/// A chat as the operator sees it.
#[derive(Clone, Debug)]
pub struct Chat {
    pub id: i64,
    pub line: i64,
    /// Who the customer is to the portal.
    pub external: String,
    pub name: String,
    pub messages: Vec<Said>,
}

/// One message in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `in`, `out` or `system`.
    pub direction: String,
    pub text: String,
    /// `none`, `undelivered`, `delivered` or `read`.
    pub status: String,
    pub external_ids: Vec<String>,
}

/// One message on a customer's telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// `customer` or `business`.
    pub from: String,
    pub text: String,
    /// `accepted`, `sent`, `delivered`, `read` or `failed`.
    pub tick: String,
    pub wamid: String,
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_string()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

impl Chat {
    fn read(value: &Value) -> Self {
        let messages = list(value, "messages").iter().map(|message| Said {
            direction: text(message, "direction"),
            text: text(message, "text"),
            status: text(message, "status"),
            external_ids: list(message, "external_ids")
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_string)
                .collect(),
        });
        Self {
            id: value.get("id").and_then(Value::as_i64).unwrap_or_default(),
            line: value
                .get("line")
                .and_then(Value::as_i64)
                .unwrap_or_default(),
            external: text(value, "external_chat_id"),
            name: text(value, "name"),
            messages: messages.collect(),
        }
    }

    /// The texts of one direction, in order.
    pub fn texts(&self, direction: &str) -> Vec<String> {
        let chosen = self
            .messages
            .iter()
            .filter(|message| message.direction == direction);
        chosen.map(|message| message.text.clone()).collect()
    }
}

impl Sandbox {
    /// A new customer with a number; their chat is `+number`.
    pub async fn customer(&self, id: &str, number: &str) {
        self.post(
            "/api/customers",
            json!({ "id": id, "name": "Test Customer", "number": number }),
        )
        .await;
    }

    /// A customer writes a text to the first number.
    pub async fn says(&self, customer: &str, text: &str) -> String {
        let sent = json!({ "to_phone_id": PHONE, "text": text });
        let answer = self
            .post(&format!("/api/customers/{customer}/send"), sent)
            .await;
        answer
            .get("wamid")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string()
    }

    /// A customer sends a message of any type.
    pub async fn sends(&self, customer: &str, message: Value) {
        let sent = json!({ "to_phone_id": PHONE, "message": message });
        self.post(&format!("/api/customers/{customer}/send"), sent)
            .await;
    }

    /// The 24-hour window of a customer: open, or closed.
    pub async fn window(&self, customer: &str, open: bool) {
        let seconds = if open { 86_400 } else { 0 };
        self.post(
            &format!("/api/customers/{customer}/window"),
            json!({ "phone_id": PHONE, "seconds": seconds }),
        )
        .await;
    }

    /// The operator writes into a chat, all texts in one event.
    pub async fn answers(&self, chat: i64, texts: &[&str]) {
        self.post(
            &format!("/api/operator/{MEMBER}/chats/{chat}/send"),
            json!({ "texts": texts }),
        )
        .await;
    }

    /// Opens a chat that THOTH never saw.
    pub async fn open_chat(&self, external: &str) -> i64 {
        let body = json!({ "connector": CONNECTOR, "line": LINE, "external": external, "name": "Known before" });
        let answer = self
            .post(&format!("/api/operator/{MEMBER}/chats"), body)
            .await;
        answer
            .get("chat")
            .and_then(Value::as_i64)
            .unwrap_or_default()
    }

    /// All chats of all portals.
    pub async fn chats(&self) -> Vec<Chat> {
        self.chats_at("/api/chats").await
    }

    /// All chats of one portal.
    pub async fn chats_of(&self, member: &str) -> Vec<Chat> {
        self.chats_at(&format!("/api/chats?portal={member}")).await
    }

    async fn chats_at(&self, path: &str) -> Vec<Chat> {
        let chats = self.get(path).await;
        chats
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(Chat::read)
            .collect()
    }

    /// The chat of this external id on the first line.
    pub async fn chat(&self, external: &str) -> Option<Chat> {
        self.chats()
            .await
            .into_iter()
            .find(|chat| chat.external == external && chat.line == LINE)
    }

    /// What is on a customer's telephone from and to the first number.
    pub async fn telephone(&self, customer: &str) -> Vec<Heard> {
        let talks = self
            .get(&format!("/api/phone?customer={customer}&phone={PHONE}"))
            .await;
        let Some(talk) = talks.as_array().and_then(|talks| talks.first()) else {
            return Vec::new();
        };
        list(talk, "messages")
            .iter()
            .map(|message| Heard {
                from: text(message, "from"),
                text: text(message, "text"),
                tick: text(message, "tick"),
                wamid: text(message, "wamid"),
            })
            .collect()
    }

    /// The texts the business sent to a customer, in the order Meta took them.
    pub async fn got(&self, customer: &str) -> Vec<String> {
        let heard = self.telephone(customer).await.into_iter();
        heard
            .filter(|message| message.from == "business")
            .map(|message| message.text)
            .collect()
    }

    /// Waits until exactly these texts of the customer stand in their chat, in this order.
    pub async fn shown(&self, external: &str, texts: &[&str]) -> Chat {
        until(
            &format!("{texts:?} in the chat of {external}"),
            async || {
                let Some(chat) = self.chat(external).await else {
                    return Err("no chat".to_string());
                };
                let found = chat.texts("in");
                assert!(
                    found.len() <= texts.len(),
                    "too much in the chat of {external}: {found:?}"
                );
                if found == texts {
                    Ok(chat)
                } else {
                    Err(format!("{found:?}"))
                }
            },
        )
        .await
    }

    /// Waits until exactly these texts have reached the customer, in this order.
    pub async fn reached(&self, customer: &str, texts: &[&str]) {
        until(
            &format!("{texts:?} on the telephone of {customer}"),
            async || {
                let found = self.got(customer).await;
                assert!(
                    found.len() <= texts.len(),
                    "too much on the telephone of {customer}: {found:?}"
                );
                if found == texts {
                    Ok(())
                } else {
                    Err(format!("{found:?}"))
                }
            },
        )
        .await;
    }

    /// Waits until every operator's message of a chat shows this tick.
    pub async fn ticked(&self, external: &str, tick: &str) -> Chat {
        until(
            &format!("the tick {tick} in the chat of {external}"),
            async || {
                let chat = self.chat(external).await.ok_or("no chat")?;
                let out: Vec<&Said> = chat
                    .messages
                    .iter()
                    .filter(|message| message.direction == "out")
                    .collect();
                if !out.is_empty() && out.iter().all(|message| message.status == tick) {
                    Ok(chat.clone())
                } else {
                    Err(format!("{out:?}"))
                }
            },
        )
        .await
    }
}
