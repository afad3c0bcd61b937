//! THOTH's panel, as a browser without a script uses it.

use crate::{World, facts};
use reqwest::header;
use serde_json::Value;
use std::time::Duration;

/// How long a test's browser waits. Far more than any page may take, so that what it shows is an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The words people read.
const WORDS: &str = include_str!("../../../app/locales/en.json");

/// A browser of somebody who is signed in.
pub struct Panel {
    url: String,
    cookie: String,
    http: reqwest::Client,
}

/// A page, or the way a form leads.
#[derive(Debug)]
pub struct Shown {
    /// The HTTP status.
    pub status: u16,
    /// Where it leads; empty when it stays.
    pub location: String,
    /// What it shows.
    pub body: String,
}

impl Panel {
    /// Signs the world's admin in.
    pub async fn sign_in(world: &World) -> Self {
        let mut panel = Self {
            url: world.thoth.url.clone(),
            cookie: String::new(),
            http: world.http.clone(),
        };
        let fields = [("email", facts::ADMIN), ("password", facts::PASSWORD)];
        let answer = panel.send("sign_in", &fields).await;
        let cookie = answer.headers().get(header::SET_COOKIE);
        let cookie = cookie.expect("signing in brings a session").to_str();
        let pair = cookie.expect("a cookie is text").split(';').next();
        panel.cookie = pair.unwrap_or_default().to_string();
        panel
    }

    /// A page.
    pub async fn page(&self, path: &str) -> Shown {
        let request = self.http.get(format!("{}{path}", self.url));
        let request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .timeout(PATIENCE);
        let sent = request.send().await;
        let answer = sent.unwrap_or_else(|error| panic!("{path} does not answer: {error}"));
        Shown::of(answer).await
    }

    /// Sends a form.
    pub async fn form(&self, name: &str, fields: &[(&str, &str)]) -> Shown {
        Shown::of(self.send(name, fields).await).await
    }

    /// Sends a form and looks where it leads.
    pub async fn through(&self, name: &str, fields: &[(&str, &str)]) -> Shown {
        let sent = self.form(name, fields).await;
        assert_eq!(sent.status, 302, "{name}: {}", sent.body);
        let path = sent.location.trim_start_matches(&self.url);
        self.page(path).await
    }

    /// Asks what a page's script asks.
    pub async fn ask(&self, name: &str, body: &Value) -> Shown {
        let request = self.http.post(format!("{}/api/panel/{name}", self.url));
        let request = request
            .header(header::COOKIE, &self.cookie)
            .json(body)
            .timeout(PATIENCE);
        let sent = request.send().await;
        let answer = sent.unwrap_or_else(|error| panic!("{name} does not answer: {error}"));
        Shown::of(answer).await
    }

    async fn send(&self, name: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        let request = self.http.post(format!("{}/api/panel/{name}", self.url));
        let request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("{}/", self.url))
            .form(fields)
            .timeout(PATIENCE);
        let sent = request.send().await;
        sent.unwrap_or_else(|error| panic!("{name} does not answer: {error}"))
    }
}

impl Shown {
    async fn of(answer: reqwest::Response) -> Self {
        let location = answer.headers().get(header::LOCATION);
        Self {
            status: answer.status().as_u16(),
            location: location
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_string(),
            body: answer.text().await.expect("a whole page"),
        }
    }

    /// The first id of this kind on the page, as it is printed.
    pub fn id(&self, kind: &str) -> String {
        let begin = format!("/{kind}_");
        let found = self
            .body
            .split(&begin)
            .nth(1)
            .and_then(|rest| rest.get(..32));
        let id = found.unwrap_or_else(|| panic!("no {kind} in {}", self.body));
        format!("{kind}_{id}")
    }

    /// Whether it says this sentence, up to its first value.
    pub fn says(&self, key: &str) -> bool {
        self.body.contains(&words(key))
    }
}

/// An English sentence of the panel up to its first value, by its key.
pub fn words(key: &str) -> String {
    let all: Value = serde_json::from_str(WORDS).expect("the locale is JSON");
    let found = all.pointer(&format!("/{}", key.replace('.', "/")));
    let found = found.and_then(Value::as_str);
    let sentence = found.unwrap_or_else(|| panic!("no words for {key}"));
    let begin = sentence.split("{{").next().unwrap_or_default().trim();
    begin.replace('\'', "&#x27;")
}
