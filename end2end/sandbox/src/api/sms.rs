//! Text messages of a portal: the senders, sending from a CRM card or by a robot, what was reported back.

use super::{Answer, Mistake, done, ok};
use crate::operator::{self, AuthBlock, Cause, Text};
use crate::state::Shared;
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/senders/{portal}", get(senders))
        .route("/api/sms/{portal}", get(list).post(send))
        .route("/api/sms/{portal}/{id}/again", post(again))
        .route("/api/robot/{portal}", post(robot))
}

async fn senders(State(shared): State<Shared>, Path(portal): Path<String>) -> Answer {
    let list = shared.world(|world| world.portal(&portal).map(|it| json!(it.senders)));
    ok(list.ok_or_else(|| Mistake::missing("portal"))?)
}

/// Every message with the state that was reported back, in order.
async fn list(State(shared): State<Shared>, Path(portal): Path<String>) -> Answer {
    let list = shared.world(|world| world.portal(&portal).map(|it| json!(it.texts)));
    ok(list.ok_or_else(|| Mistake::missing("portal"))?)
}

/// "Send SMS" at a CRM card.
#[derive(Deserialize)]
struct Send {
    sender: String,
    /// In any form a person types.
    to: String,
    text: String,
    /// Who sends; the operator where nobody is named.
    user: Option<i64>,
    /// 1 lead, 2 deal, 3 contact, 4 company.
    #[serde(default = "contact")]
    entity_type: i64,
    #[serde(default = "somebody")]
    entity: i64,
}

fn contact() -> i64 {
    3
}

fn somebody() -> i64 {
    123
}

async fn send(
    State(shared): State<Shared>,
    Path(portal): Path<String>,
    Json(input): Json<Send>,
) -> Answer {
    let operator = shared.world(|world| world.portal(&portal).map(|it| it.operator().id));
    let cause = Cause::Card {
        user: input.user.or(operator).unwrap_or_default(),
        entity: (input.entity_type, input.entity),
    };
    let text = Text {
        sender: input.sender,
        to: input.to,
        text: input.text,
        cause,
    };
    sent(&shared, &portal, text).await
}

/// "Send SMS" of a robot.
#[derive(Deserialize)]
struct Robot {
    sender: String,
    to: String,
    text: String,
    #[serde(default)]
    auth: AuthBlock,
    #[serde(default = "document")]
    document: String,
}

fn document() -> String {
    "CONTACT_123".to_string()
}

async fn robot(
    State(shared): State<Shared>,
    Path(portal): Path<String>,
    Json(input): Json<Robot>,
) -> Answer {
    let cause = Cause::Robot {
        document: input.document,
        auth: input.auth,
    };
    let text = Text {
        sender: input.sender,
        to: input.to,
        text: input.text,
        cause,
    };
    sent(&shared, &portal, text).await
}

async fn sent(shared: &Shared, portal: &str, text: Text) -> Answer {
    let id = operator::sms(shared, portal, text).await?;
    let answer: Option<(u16, String)> = shared.world(|world| {
        let mut texts = world.portal(portal)?.texts.iter();
        texts.find(|it| it.id == id)?.answer.clone()
    });
    let (status, body) = answer.unwrap_or_default();
    ok(json!({ "message_id": id, "status": status, "body": Value::String(body) }))
}

async fn again(State(shared): State<Shared>, Path((portal, id)): Path<(String, String)>) -> Answer {
    operator::again(&shared, &portal, &id).await?;
    done()
}
