//! Text messages of the portal: sending by hand and by a robot, and the states THOTH reports.

use crate::facts::MEMBER;
use crate::{Sandbox, until};
use serde_json::{Value, json};

/// What the handler of a sender answered; status 0 where it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    pub id: String,
    pub status: u16,
    pub body: String,
}

impl Handled {
    fn read(answer: &Value) -> Self {
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_string();
        let status = answer["status"].as_u64().unwrap_or_default();
        Self {
            id: text("message_id"),
            status: u16::try_from(status).unwrap_or_default(),
            body: text("body"),
        }
    }
}

impl Sandbox {
    /// "Send SMS" at a CRM card; the number in any form.
    pub async fn sms(&self, sender: &str, to: &str, text: &str) -> Handled {
        let body = json!({ "sender": sender, "to": to, "text": text });
        Handled::read(&self.post(&format!("/api/sms/{MEMBER}"), body).await)
    }

    /// The same by a robot; `auth` is `whole`, `bare` (no tokens) or `none`.
    pub async fn robot(&self, sender: &str, to: &str, text: &str, auth: &str) -> Handled {
        let body = json!({ "sender": sender, "to": to, "text": text, "auth": auth });
        Handled::read(&self.post(&format!("/api/robot/{MEMBER}"), body).await)
    }

    /// The very same form once more.
    pub async fn sms_again(&self, id: &str) {
        self.post(&format!("/api/sms/{MEMBER}/{id}/again"), json!({}))
            .await;
    }

    /// The codes of the senders the portal offers.
    pub async fn senders(&self) -> Vec<String> {
        let list = self.get(&format!("/api/senders/{MEMBER}")).await;
        let codes = list.as_array().map(Vec::as_slice).unwrap_or_default();
        codes
            .iter()
            .filter_map(|it| it["code"].as_str())
            .map(str::to_string)
            .collect()
    }

    /// Every state that was reported of a message, in order.
    pub async fn reported(&self, id: &str) -> Vec<String> {
        let list = self.get(&format!("/api/sms/{MEMBER}")).await;
        let texts = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let own = texts.iter().find(|it| it["id"] == id);
        let states = own.and_then(|it| it["reported"].as_array());
        let states = states.map(Vec::as_slice).unwrap_or_default();
        states
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_string)
            .collect()
    }

    /// Waits until this is the last state that was reported of a message.
    pub async fn sms_becomes(&self, id: &str, state: &str) {
        until(&format!("the state {state} of the SMS"), async || {
            let states = self.reported(id).await;
            if states.last().map(String::as_str) == Some(state) {
                Ok(())
            } else {
                Err(format!("{states:?}"))
            }
        })
        .await;
    }
}
