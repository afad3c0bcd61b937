//! The sandbox is started in process, on free ports, and called over HTTP as THOTH calls it.

mod apps;
mod calling;
mod calls;
mod dashboard;
mod graph;
mod interactive;
mod journey;
mod login;
mod pages;
mod portal;
mod review;
mod sending;
mod sms;
mod strict;
mod templates;

use crate::{Sandbox, Shared, listen, setup};
use serde_json::{Value, json};

/// A running sandbox with the demo world.
pub struct Bench {
    pub shared: Shared,
    pub http: reqwest::Client,
    pub portal: String,
    pub graph: String,
    pub oauth: String,
}

pub const TOKEN: &str = "demo-access-token-1-a1b2c3d4e5f60718293a4b5c";
pub const REFRESH: &str = "demo-refresh-token-1-99887766554433221100ffee";
pub const CLIENT: &str = "local.64f0a1b2c3d4e5.01234567";
pub const SECRET: &str = "demo-client-secret-Q2w3E4r5T6y7U8i9O0pAsDfGhJkLzXcV";
pub const GRAPH_TOKEN: &str = "EAAdemoAccessToken0123456789abcdefghij";
pub const MEMBER: &str = "d3adb33f4c0a4e0f9a1b2c3d4e5f6071";

impl Bench {
    pub async fn start() -> Self {
        let mut setup = setup::read(setup::DEMO).unwrap();
        setup.portal[0].port = 0;
        setup.behaviour.status_delay_ms = 1;
        let shared = Sandbox::new(setup).unwrap();
        listen::start(&shared, "127.0.0.1", 0, 0).await.unwrap();
        let addresses = shared.addresses();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            portal: format!("http://{}/rest", addresses.portals[0].domain),
            graph: format!("{}/v25.0", addresses.graph),
            oauth: addresses.oauth,
            shared,
            http,
        }
    }

    /// A REST call as JSON with the demo token.
    pub async fn rest(&self, method: &str, mut body: Value) -> (u16, Value) {
        if body.get("auth").is_none() {
            body.as_object_mut()
                .unwrap()
                .insert("auth".to_string(), json!(TOKEN));
        }
        let url = format!("{}/{method}", self.portal);
        let response = self.http.post(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// A Graph call with the demo token.
    pub async fn graph(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/{path}", self.graph);
        let response = self
            .http
            .post(url)
            .bearer_auth(GRAPH_TOKEN)
            .json(&body)
            .send()
            .await
            .unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// An inbound message as THOTH hands it to the portal.
    pub fn inbound(id: &str, text: &str) -> Value {
        json!({
            "user": { "id": "+77015550101", "name": "Aigerim", "phone": "+77015550101" },
            "message": { "id": id, "date": 1_790_000_000, "text": text },
            "chat": { "id": "+77015550101" },
        })
    }
}
