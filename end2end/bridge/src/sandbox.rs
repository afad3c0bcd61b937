//! The sandbox as a process, and its control API.

use crate::binary;
use reqwest::Method;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running sandbox.
pub struct Sandbox {
    /// `http://host:port` of the control API.
    pub main: String,
    /// Where Graph is played.
    pub graph: String,
    /// Where Bitrix24's OAuth server is played.
    pub oauth: String,
    /// `host:port` of the portal when it started.
    pub portal: String,
    /// `host:port` of every portal when it started, the first among them.
    pub portals: Vec<String>,
    child: Child,
    http: reqwest::Client,
}

impl Sandbox {
    /// Starts one with this setup on free ports.
    pub async fn start(folder: &Path, setup: &str) -> Self {
        let path = folder.join("sandbox.toml");
        std::fs::write(&path, setup).expect("the folder can be written");
        let mut child = Command::new(binary("thoth-sandbox", "THOTH_SANDBOX_BIN"))
            .arg("--config")
            .arg(&path)
            .args(["--ports", "0", "--until-stdin-closes"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the sandbox can be started");
        let output = child.stdout.take().expect("its output was asked for");
        let line = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(output).read_line(&mut line).map(|_| line)
        });
        let line = line
            .await
            .expect("reading does not panic")
            .expect("the sandbox prints its addresses");
        let addresses: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("no addresses: {line:?}"));
        let at = |pointer: &str| {
            addresses
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_else(|| panic!("{pointer} in {line}"))
                .to_string()
        };
        let portals = addresses.get("portals").and_then(Value::as_array);
        let portals = portals.into_iter().flatten().enumerate();
        Self {
            portals: portals
                .map(|(index, _)| at(&format!("/portals/{index}/domain")))
                .collect(),
            main: at("/main"),
            graph: at("/graph"),
            oauth: at("/oauth"),
            portal: at("/portals/0/domain"),
            child,
            http: reqwest::Client::new(),
        }
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let mut request = self.http.request(method, format!("{}{path}", self.main));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request
            .send()
            .await
            .unwrap_or_else(|error| panic!("the sandbox at {path}: {error}"));
        let status = answer.status();
        let text = answer.text().await.expect("the sandbox answers whole");
        assert!(
            status.is_success(),
            "the sandbox at {path} answers {status}: {text}"
        );
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("the sandbox at {path}: {error}: {text}"))
    }

    /// Reads something under `/api`.
    pub async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await
    }

    /// Does something under `/api`.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Turns switches.
    pub async fn faults(&self, change: Value) {
        self.post("/api/faults", change).await;
    }

    /// Puts all switches at rest.
    pub async fn faults_clear(&self) {
        self.post("/api/faults/clear", json!({})).await;
    }

    /// Changes the pace of the pretend world.
    pub async fn behave(&self, change: Value) {
        self.post("/api/behaviour", change).await;
    }

    /// One of the counts of the sandbox's log, such as `portal.refused` or `oauth.ok`.
    pub async fn count(&self, name: &str) -> u64 {
        let stats = self.get("/api/stats").await;
        stats
            .pointer("/counts")
            .and_then(|counts| counts.get(name))
            .and_then(Value::as_u64)
            .unwrap_or_default()
    }

    /// What the sandbox found odd in the calls to it: refusals, faults it played, warnings.
    pub async fn oddities(&self) -> Vec<String> {
        let log = self.get("/api/log?odd=1&limit=50").await;
        let entries = log
            .get("entries")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        entries
            .iter()
            .map(|entry| {
                let part = |name: &str| entry.get(name).map(Value::to_string).unwrap_or_default();
                format!(
                    "{} {} {} {} {}",
                    part("target"),
                    part("what"),
                    part("verdict"),
                    part("code"),
                    part("warnings")
                )
            })
            .collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nobody to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
