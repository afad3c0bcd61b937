//! What an operator or a portal's admin does.

use super::{Answer, Mistake, done, ok};
use crate::listen;
use crate::operator;
use crate::state::Shared;
use crate::words::now;
use crate::world::TokenState;
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/operator/{portal}/chats/{chat}/send", post(send))
        .route("/api/operator/{portal}/chats/{chat}/edit", post(edit))
        .route("/api/operator/{portal}/chats/{chat}/delete", post(delete))
        .route("/api/operator/{portal}/chats", post(open))
        .route("/api/operator/{portal}/lines/{line}/off", post(line_off))
        .route(
            "/api/operator/{portal}/lines/{line}/delete",
            post(line_delete),
        )
        .route("/api/operator/{portal}/uninstall", post(uninstall))
        .route("/api/portals/{portal}/users/{user}", post(user))
        .route("/api/operator/{portal}/rename", post(rename))
        .route("/api/operator/{portal}/handler", post(handler))
        .route("/api/tokens/expire", post(expire))
}

#[derive(Deserialize)]
struct Texts {
    #[serde(default)]
    texts: Vec<String>,
    text: Option<String>,
}

async fn send(
    State(shared): State<Shared>,
    Path((portal, chat)): Path<(String, i64)>,
    Json(input): Json<Texts>,
) -> Answer {
    let mut texts = input.texts;
    texts.extend(input.text);
    if texts.is_empty() {
        return Err("Give texts.".to_string().into());
    }
    let ids = operator::answer(&shared, &portal, chat, &texts)?;
    ok(json!({ "messages": ids }))
}

#[derive(Deserialize)]
struct Edit {
    message: i64,
    #[serde(default)]
    text: String,
}

async fn edit(
    State(shared): State<Shared>,
    Path((portal, chat)): Path<(String, i64)>,
    Json(input): Json<Edit>,
) -> Answer {
    operator::edit(&shared, &portal, chat, input.message, &input.text)?;
    done()
}

async fn delete(
    State(shared): State<Shared>,
    Path((portal, chat)): Path<(String, i64)>,
    Json(input): Json<Edit>,
) -> Answer {
    operator::delete(&shared, &portal, chat, input.message)?;
    done()
}

#[derive(Deserialize)]
struct Open {
    connector: String,
    line: i64,
    /// External user and chat id; the same for a person.
    external: String,
    #[serde(default)]
    name: String,
}

/// Makes a chat that no message has opened, as one from the time before THOTH.
async fn open(
    State(shared): State<Shared>,
    Path(portal): Path<String>,
    Json(input): Json<Open>,
) -> Answer {
    let id = shared.world(|world| {
        let portal = world.portal_mut(&portal)?;
        Some(
            portal
                .chat_open(
                    &input.connector,
                    input.line,
                    &input.external,
                    &input.external,
                    &input.name,
                )
                .id,
        )
    });
    let id = id.ok_or_else(|| Mistake::missing("portal"))?;
    shared.tell_chat(&portal, id);
    ok(json!({ "chat": id }))
}

#[derive(Deserialize)]
struct Off {
    connector: String,
}

async fn line_off(
    State(shared): State<Shared>,
    Path((portal, line)): Path<(String, i64)>,
    Json(input): Json<Off>,
) -> Answer {
    operator::channel_off(&shared, &portal, line, &input.connector)?;
    done()
}

async fn line_delete(
    State(shared): State<Shared>,
    Path((portal, line)): Path<(String, i64)>,
) -> Answer {
    operator::line_delete(&shared, &portal, line)?;
    done()
}

async fn uninstall(State(shared): State<Shared>, Path(portal): Path<String>) -> Answer {
    operator::uninstall(&shared, &portal, None)?;
    done()
}

#[derive(Deserialize)]
struct UserChange {
    admin: Option<bool>,
    /// May set up Open Lines.
    lines: Option<bool>,
    dismissed: Option<bool>,
}

/// What somebody may do in the portal changes, or they leave it.
async fn user(
    State(shared): State<Shared>,
    Path((portal, user)): Path<(String, i64)>,
    Json(input): Json<UserChange>,
) -> Answer {
    let found = shared.world(|world| {
        let users = &mut world.portal_mut(&portal)?.users;
        let user = users.iter_mut().find(|it| it.id == user)?;
        user.admin = input.admin.unwrap_or(user.admin);
        user.lines = input.lines.unwrap_or(user.lines);
        user.dismissed = input.dismissed.unwrap_or(user.dismissed);
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("user"))?;
    shared.tell(json!({ "topic": "portal", "portal": portal }));
    done()
}

#[derive(Deserialize, Default)]
struct Rename {
    #[serde(default)]
    port: u16,
}

/// The portal moves to a new address; the old one answers 302 from then on.
async fn rename(
    State(shared): State<Shared>,
    Path(portal): Path<String>,
    input: Option<Json<Rename>>,
) -> Answer {
    if shared.world(|world| world.portal(&portal).is_none()) {
        return Err(Mistake::missing("portal"));
    }
    let port = input.map(|Json(input)| input.port).unwrap_or_default();
    let domain = listen::portal_open(&shared, &portal, port)
        .await
        .map_err(|error| error.to_string())?;
    shared.tell(json!({ "topic": "portal", "portal": portal }));
    ok(json!({ "domain": domain }))
}

#[derive(Deserialize)]
struct Handler {
    url: String,
}

async fn handler(
    State(shared): State<Shared>,
    Path(portal): Path<String>,
    Json(input): Json<Handler>,
) -> Answer {
    let found = shared.world(|world| {
        let portal = world.portal_mut(&portal)?;
        for app in &mut portal.apps {
            app.events_url.clone_from(&input.url);
        }
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("portal"))?;
    done()
}

#[derive(Deserialize, Default)]
struct Expire {
    /// A member id, `meta` for the Graph tokens, or nothing for every portal.
    portal: Option<String>,
    /// Graph only: the tokens are good again.
    #[serde(default)]
    restore: bool,
}

async fn expire(State(shared): State<Shared>, input: Option<Json<Expire>>) -> Answer {
    let input = input.map(|Json(input)| input).unwrap_or_default();
    let count = shared.world(|world| {
        if input.portal.as_deref() == Some("meta") {
            for token in &mut world.tokens {
                token.state = if input.restore {
                    TokenState::Good
                } else {
                    TokenState::Expired
                };
            }
            return world.tokens.len();
        }
        let chosen = world.portals.iter_mut().filter(|portal| {
            input
                .portal
                .as_ref()
                .is_none_or(|id| *id == portal.member_id)
        });
        let mut count = 0;
        for portal in chosen {
            for token in portal.access.values_mut() {
                token.expires = now() - 1;
                count += 1;
            }
        }
        count
    });
    ok(json!({ "expired": count }))
}
