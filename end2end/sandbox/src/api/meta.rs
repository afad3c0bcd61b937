//! Meta's app dashboard, by API: the callback, its check, the subscription.

use super::{Answer, Mistake, done, ok};
use crate::state::Shared;
use crate::webhook::handshake;
use crate::words::{now, random_hex};
use crate::world::{GraphToken, TokenState};
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/apps", get(list))
        .route("/api/apps/{id}", post(change))
        .route("/api/apps/{id}/callback", post(callback))
        .route("/api/apps/{id}/redirects", post(redirects))
        .route("/api/apps/{id}/token", post(token))
        .route("/api/wabas/{id}/subscribed", post(subscribed))
        .route("/api/phones/{id}", post(phone))
        .route("/api/graph-tokens", get(tokens).post(token_change))
}

async fn list(State(shared): State<Shared>) -> Answer {
    let apps: Vec<Value> = shared.world(|world| {
        let apps = world.apps.iter();
        apps.map(|app| {
            let wabas: Vec<Value> = world
                .wabas
                .iter()
                .filter(|waba| waba.reached_by(&app.id))
                .map(|waba| {
                    let phones: Vec<Value> = world
                        .phones
                        .iter()
                        .filter(|phone| phone.waba == waba.id)
                        .map(|phone| json!({
                            "id": phone.id, "number": phone.number, "name": phone.name,
                            "registered": phone.registered, "pin": phone.pin, "status": phone.status_now(),
                        }))
                        .collect();
                    json!({
                        "id": waba.id, "name": waba.name, "subscribed": waba.subscription(&app.id).is_some(), "phones": phones,
                        "marketing": waba.marketing_refusal == 0, "marketing_only": waba.marketing_only,
                    })
                })
                .collect();
            json!({
                "id": app.id,
                "name": app.name,
                "callback_url": app.callback_url,
                "verify_token": app.verify_token,
                "secret": app.secret,
                "redirect_uris": app.redirect_uris,
                "config_id": app.config_id,
                "fields": app.fields,
                "live": app.live,
                "wabas": wabas,
            })
        })
        .collect()
    });
    ok(json!(apps))
}

#[derive(Deserialize)]
struct Callback {
    callback_url: String,
    #[serde(default)]
    verify_token: String,
    /// Makes the handshake and saves only when it succeeds; as the button does.
    #[serde(default)]
    verify: bool,
}

async fn callback(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Callback>,
) -> Answer {
    if shared.world(|world| world.app(&id).is_none()) {
        return Err(Mistake::missing("app"));
    }
    if input.verify
        && let Err(words) = handshake(&shared, &input.callback_url, &input.verify_token).await
    {
        let message = format!("The callback URL or verify token could not be validated. {words}");
        return ok(json!({ "saved": false, "message": message }));
    }
    shared.world(|world| {
        if let Some(app) = world.apps.iter_mut().find(|app| app.id == id) {
            app.callback_url = input.callback_url;
            app.verify_token = input.verify_token;
        }
    });
    shared.lanes.wake.notify_waiters();
    shared.tell(json!({ "topic": "apps" }));
    let message = if input.verify {
        "Verified and saved: the callback answered the challenge."
    } else {
        "Saved without a check."
    };
    ok(json!({ "saved": true, "message": message }))
}

#[derive(Deserialize)]
struct AppChange {
    /// "Webhook fields".
    fields: Option<Vec<String>>,
    /// "App mode".
    live: Option<bool>,
}

/// The switches of the dashboard. Fields wait for a callback, as at Meta.
async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<AppChange>,
) -> Answer {
    let done_now = shared.world(|world| {
        let app = world.apps.iter_mut().find(|app| app.id == id);
        let app = app.ok_or_else(|| Mistake::missing("app"))?;
        if let Some(fields) = input.fields {
            if app.callback_url.is_empty() && !fields.is_empty() {
                let words = "Save a callback URL before you subscribe to fields.";
                return Err(Mistake::from(words.to_string()));
            }
            app.fields = fields;
        }
        app.live = input.live.unwrap_or(app.live);
        Ok(())
    });
    done_now?;
    shared.tell(json!({ "topic": "apps" }));
    done()
}

#[derive(Deserialize)]
struct Subscribed {
    subscribed: bool,
    /// Which app; the WABA's own where nothing is said.
    app: Option<String>,
}

async fn subscribed(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Subscribed>,
) -> Answer {
    let found = shared.world(|world| {
        let waba = world.waba_mut(&id)?;
        let app = input.app.unwrap_or(waba.app.clone());
        if input.subscribed {
            waba.subscribe(&app, None);
        } else {
            waba.unsubscribe(&app);
        }
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("WABA"))?;
    shared.tell(json!({ "topic": "apps" }));
    done()
}

#[derive(Deserialize)]
struct Redirects {
    redirect_uris: Vec<String>,
}

async fn redirects(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Redirects>,
) -> Answer {
    let found = shared.world(|world| {
        let app = world.apps.iter_mut().find(|app| app.id == id)?;
        app.redirect_uris = input.redirect_uris;
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("app"))?;
    shared.tell(json!({ "topic": "apps" }));
    done()
}

#[derive(Deserialize)]
struct NewToken {
    /// `temporary`: a user's for a day; `permanent`: a system user's for ever.
    kind: String,
    /// What it may do; both WhatsApp permissions where nothing is said.
    scopes: Option<Vec<String>>,
    /// The WABAs it reaches; all of the app where nothing is said.
    wabas: Option<Vec<String>>,
    /// Seconds until it ends, instead of what its kind says.
    expires_in: Option<i64>,
}

/// "Generate access token".
async fn token(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<NewToken>,
) -> Answer {
    let permanent = input.kind == "permanent";
    let life = input
        .expires_in
        .unwrap_or(if permanent { 0 } else { 86_400 });
    let text = format!("EAA{}", random_hex(48));
    let made = shared.world(|world| {
        world.app(&id)?;
        let own = world.wabas.iter().filter(|waba| waba.reached_by(&id));
        let own = own.map(|waba| waba.id.clone()).collect();
        let scopes = [
            "whatsapp_business_management",
            "whatsapp_business_messaging",
        ];
        world.tokens.push(GraphToken {
            text: text.clone(),
            app: id.clone(),
            kind: if permanent { "SYSTEM_USER" } else { "USER" }.to_string(),
            scopes: input.scopes.unwrap_or(scopes.map(str::to_string).to_vec()),
            wabas: input.wabas.unwrap_or(own),
            user_id: "122100000000001".to_string(),
            expires_at: if life == 0 { 0 } else { now() + life },
            issued_at: now(),
            state: TokenState::Good,
        });
        Some(())
    });
    made.ok_or_else(|| Mistake::missing("app"))?;
    ok(json!({ "access_token": text }))
}

async fn tokens(State(shared): State<Shared>) -> Answer {
    ok(shared.world(|world| json!(world.tokens)))
}

#[derive(Deserialize)]
struct TokenChange {
    /// Its text; every token where nothing is said.
    token: Option<String>,
    state: Option<TokenState>,
    scopes: Option<Vec<String>>,
    wabas: Option<Vec<String>>,
}

/// Lets tokens expire or be invalidated, or changes what they may do.
async fn token_change(State(shared): State<Shared>, Json(input): Json<TokenChange>) -> Answer {
    let changed = shared.world(|world| {
        let chosen = world.tokens.iter_mut().filter(|token| {
            let text = input.token.as_ref();
            text.is_none_or(|text| *text == token.text)
        });
        let mut count = 0;
        for token in chosen {
            count += 1;
            token.state = input.state.unwrap_or(token.state);
            if let Some(scopes) = &input.scopes {
                token.scopes.clone_from(scopes);
            }
            if let Some(wabas) = &input.wabas {
                token.wabas.clone_from(wabas);
            }
        }
        count
    });
    ok(json!({ "changed": changed }))
}

#[derive(Deserialize)]
struct PhoneChange {
    registered: Option<bool>,
    verified: Option<bool>,
    /// An empty one takes the PIN away.
    pin: Option<String>,
    quality: Option<String>,
    /// BANNED, FLAGGED, ..; an empty one gives Meta's own back.
    status: Option<String>,
    /// The WhatsApp Business app uses it too.
    on_biz_app: Option<bool>,
    /// TIER_250, TIER_2K, ..
    limit: Option<String>,
}

async fn phone(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<PhoneChange>,
) -> Answer {
    let found = shared.world(|world| {
        let phone = world.phone_mut(&id)?;
        phone.registered = input.registered.unwrap_or(phone.registered);
        phone.verified = input.verified.unwrap_or(phone.verified);
        if let Some(pin) = input.pin {
            phone.pin = Some(pin).filter(|pin| !pin.is_empty());
        }
        phone.on_biz_app = input.on_biz_app.unwrap_or(phone.on_biz_app);
        if let Some(status) = input.status {
            phone.status = Some(status).filter(|status| !status.is_empty());
        }
        if let Some(quality) = input.quality {
            phone.quality = quality;
        }
        if let Some(limit) = input.limit {
            phone.limit = limit;
        }
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("number"))?;
    shared.tell(json!({ "topic": "apps" }));
    done()
}
