//! Templates at Meta, and what customers press in what was made of them.

use crate::Sandbox;
use crate::facts::{PHONE, WABA};
use serde_json::{Value, json};

impl Sandbox {
    /// The WABA's templates with everything Meta knows of them.
    pub async fn templates(&self, waba: &str) -> Vec<Value> {
        let list = self.get(&format!("/api/templates?waba={waba}")).await;
        list.as_array().cloned().unwrap_or_default()
    }

    /// The id of a template of the first WABA.
    pub async fn template(&self, name: &str, language: &str) -> String {
        let all = self.templates(WABA).await;
        let found = all
            .iter()
            .find(|it| it["name"] == name && it["language"] == language);
        let id = found.and_then(|it| it["id"].as_str());
        id.unwrap_or_else(|| panic!("no template {name} {language}"))
            .to_string()
    }

    /// Puts a template into the first WABA, unchecked and without a webhook; tells its id.
    pub async fn plant_template(&self, template: Value) -> String {
        let body = json!({ "waba": WABA, "template": template });
        let answer = self.post("/api/templates", body).await;
        answer["id"].as_str().unwrap_or_default().to_string()
    }

    /// Meta decides: `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, `DELETED`.
    pub async fn review_template(&self, id: &str, event: &str) {
        let path = format!("/api/templates/{id}/review");
        self.post(&path, json!({ "event": event })).await;
    }

    /// Meta gives a template another category, or announces it a day before.
    pub async fn recategorise_template(&self, id: &str, category: &str, announce: bool) {
        let path = format!("/api/templates/{id}/category");
        let body = json!({ "category": category, "announce": announce });
        self.post(&path, body).await;
    }

    /// Another quality of a template: `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    pub async fn quality_of_template(&self, id: &str, score: &str) {
        let path = format!("/api/templates/{id}/quality");
        self.post(&path, json!({ "score": score })).await;
    }

    /// The first WABA at the Marketing Messages API: 0 for onboarded, else the code that refuses it.
    pub async fn marketing(&self, refusal: u32) {
        let path = format!("/api/wabas/{WABA}");
        self.post(&path, json!({ "marketing_refusal": refusal }))
            .await;
    }

    /// A customer presses a button or a row by its words, in the last message that has it.
    pub async fn presses(&self, customer: &str, title: &str) -> Value {
        let body = json!({ "to_phone_id": PHONE, "title": title });
        self.post(&format!("/api/customers/{customer}/press"), body)
            .await
    }

    /// What is on a customer's telephone from and to the first number, whole: `text`, `shown`, `template`, `tick`.
    pub async fn telephone_whole(&self, customer: &str) -> Vec<Value> {
        let path = format!("/api/phone?customer={customer}&phone={PHONE}");
        let talks = self.get(&path).await;
        let messages = talks.pointer("/0/messages").and_then(Value::as_array);
        messages.cloned().unwrap_or_default()
    }
}
