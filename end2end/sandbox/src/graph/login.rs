//! `oauth/access_token`: the code of a login becomes a token.

use super::Refusal;
use crate::params;
use crate::state::Shared;
use crate::words::{now, text_of};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `{version}/oauth/access_token`, which is the one call that brings no token.
pub fn is_exchange(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/oauth/access_token")
}

/// Answers the exchange, and writes it into the log.
pub fn exchange(shared: &Shared, what: String, query: Value, body: &[u8]) -> Response {
    let mut warnings = Vec::new();
    if query.get("client_secret").is_some() {
        warnings.push("the app secret came in the address, where logs see it".to_string());
    }
    let form = params::parse(body);
    let json: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let get = |name: &str| {
        let found = json
            .get(name)
            .or_else(|| form.get(name))
            .or_else(|| query.get(name));
        text_of(found).filter(|text| !text.is_empty())
    };
    let result = run(shared, get);
    let (status, verdict, code) = match &result {
        Ok(_) => (200, "ok", String::new()),
        Err(refusal) => (refusal.status.as_u16(), "refused", refusal.code.to_string()),
    };
    shared.journal(|journal| journal.write("graph", what, status, verdict, &code, warnings));
    match result {
        Ok(value) => axum::Json(value).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn run(shared: &Shared, get: impl Fn(&str) -> Option<String>) -> Result<Value, Refusal> {
    let missing = |name: &str| Refusal::login(101, None, &format!("Missing {name} parameter."));
    let client = get("client_id").ok_or_else(|| missing("client_id"))?;
    let secret = get("client_secret").ok_or_else(|| missing("client_secret"))?;
    let redirect = get("redirect_uri")
        .ok_or_else(|| Refusal::login(191, None, "Missing redirect_uri parameter."))?;
    let code = get("code").ok_or_else(|| Refusal::login(1, None, "Missing authorization code"))?;
    shared.world(|world| {
        let app = world.app(&client).ok_or_else(|| {
            let words = "Error validating application. Cannot get application info due to a system error.";
            Refusal::login(101, None, words)
        })?;
        if app.secret != secret {
            return Err(Refusal::login(1, None, "Error validating client secret."));
        }
        let known = world
            .codes
            .iter_mut()
            .find(|it| it.code == code && it.token.app == client);
        let known = known.ok_or_else(|| {
            Refusal::login(100, Some(36_009), "Invalid verification code format.")
        })?;
        if known.used {
            let words = "This authorization code has been used.";
            return Err(Refusal::login(100, Some(36_009), words));
        }
        if known.until <= now() {
            let words = "This authorization code has expired.";
            return Err(Refusal::login(100, Some(36_007), words));
        }
        if known.redirect_uri != redirect {
            let words = "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request";
            return Err(Refusal::login(100, Some(36_008), words));
        }
        known.used = true;
        let token = known.token.clone();
        let mut answer = json!({ "access_token": token.text, "token_type": "bearer" });
        if token.expires_at > 0
            && let Some(map) = answer.as_object_mut()
        {
            map.insert("expires_in".to_string(), json!(token.expires_at - now()));
        }
        world.tokens.push(token);
        Ok(answer)
    })
}
