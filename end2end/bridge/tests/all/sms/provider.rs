//! The first phone as SMS provider: its form, and what its portal has and is told.

use bridge::facts::{MEMBER, NUMBER, PHONE};
use bridge::{Panel, World, until};
use serde_json::{Value, json};

pub const SENDER: &str = "thoth_77272111000";
pub const AIGERIM: &str = "+77015550101";

/// The first phone on its form, and the portal's senders.
pub struct Provider {
    pub panel: Panel,
    pub phone: String,
    pub waba: String,
    pub portal: String,
}

impl Provider {
    pub async fn of(world: &World) -> Self {
        let panel = Panel::sign_in(world).await;
        let list = panel.page("/phones?search=77272111000").await;
        let phone = list.id("phn");
        let page = panel.page(&format!("/phones/{phone}")).await;
        let (waba, portal) = (page.id("waba"), page.id("prt"));
        Self {
            panel,
            phone,
            waba,
            portal,
        }
    }

    /// Saves the form with these boxes ticked.
    pub async fn save(&self, boxes: &[&str]) {
        self.save_as(&format!("+{NUMBER}"), boxes).await;
    }

    pub async fn save_as(&self, number: &str, boxes: &[&str]) {
        let mut typed = vec![
            ("id", self.phone.as_str()),
            ("waba", self.waba.as_str()),
            ("phone", number),
            ("phone_id", PHONE),
            ("portal", self.portal.as_str()),
        ];
        typed.extend(boxes.iter().map(|name| (*name, "true")));
        let shown = self.panel.through("phone_save", &typed).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
    }

    /// Waits until the phone's page says this.
    pub async fn says(&self, key: &str) {
        let path = format!("/phones/{}", self.phone);
        until(&format!("the phone's page to say {key}"), async || {
            let page = self.panel.page(&path).await;
            if page.says(key) {
                Ok(())
            } else {
                Err("it does not".to_owned())
            }
        })
        .await;
    }
}

pub async fn codes(world: &World) -> Vec<String> {
    let all = world.sandbox.get(&format!("/api/senders/{MEMBER}")).await;
    let all = all.as_array().cloned().unwrap_or_default();
    all.iter().map(|one| text(one, "code")).collect()
}

/// Waits until the portal has exactly these senders.
pub async fn has(world: &World, wanted: &[&str]) {
    until(&format!("the senders {wanted:?}"), async || {
        let found = codes(world).await;
        if found == wanted {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
}

pub async fn handler(world: &World) -> String {
    let all = world.sandbox.get(&format!("/api/senders/{MEMBER}")).await;
    text(&all[0], "handler")
}

/// The first phone is a provider, and its customer's window is open.
pub async fn provider(world: &World, boxes: &[&str]) -> Provider {
    let provider = Provider::of(world).await;
    provider.save(boxes).await;
    has(world, &[SENDER]).await;
    provider.says("check.sms_registered").await;
    world.sandbox.window("aigerim", true).await;
    provider
}

pub fn text(value: &Value, key: &str) -> String {
    let found = value.get(key).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

pub async fn post(world: &World, path: &str, body: Value) -> (u64, String) {
    let answer = world.sandbox.post(&format!("{path}/{MEMBER}"), body).await;
    let status = answer.get("status").and_then(Value::as_u64);
    (status.unwrap_or_default(), text(&answer, "message_id"))
}

/// A card's SMS; answers its id.
pub async fn card(world: &World, to: &str, text: &str) -> String {
    let body = json!({ "sender": SENDER, "to": to, "text": text });
    let (status, id) = post(world, "/api/sms", body).await;
    assert_eq!(status, 200);
    id
}

/// Waits until these states of an SMS were told, in this order, and no more.
pub async fn told(world: &World, id: &str, wanted: &[&str]) {
    until(&format!("the states {wanted:?}"), async || {
        let all = world.sandbox.get(&format!("/api/sms/{MEMBER}")).await;
        let all = all.as_array().cloned().unwrap_or_default();
        let found = all.iter().find(|one| text(one, "id") == id);
        let found = found.and_then(|one| one.get("reported")).cloned();
        if found == Some(json!(wanted)) {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
}

pub async fn nothing_odd(world: &World) {
    world.settled().await;
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}
