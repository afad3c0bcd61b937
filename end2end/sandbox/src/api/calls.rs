//! Calls: a customer calls a business number, the business calls a customer, and how it ends.

use super::{Answer, Mistake, done, ok};
use crate::calls;
use crate::state::Shared;
use crate::words::now;
use crate::world::{CallEnd, Caller};
use axum::Router;
use axum::extract::{Json, Path, Query, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/calls", get(list))
        .route("/api/calls/{id}/end", post(end))
        .route("/api/customers/{id}/call", post(call))
        .route("/api/customers/{id}/permission", post(permission))
        .route("/api/portal-calls/{portal}", get(in_portal))
}

#[derive(Deserialize)]
struct Filter {
    customer: Option<String>,
    phone: Option<String>,
}

async fn list(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    ok(shared.world(|world| {
        let chosen = world.calls.iter().filter(|it| {
            filter.customer.as_ref().is_none_or(|id| *id == it.customer)
                && filter.phone.as_ref().is_none_or(|id| *id == it.phone_id)
        });
        json!(chosen.collect::<Vec<_>>())
    }))
}

#[derive(Deserialize)]
struct Call {
    phone_id: String,
    /// Who calls; the customer where nothing is said.
    caller: Option<Caller>,
    payload: Option<String>,
    /// How it ends at once; it rings where nothing is said.
    end: Option<CallEnd>,
    #[serde(default)]
    seconds: i64,
}

async fn call(
    State(shared): State<Shared>,
    Path(customer): Path<String>,
    Json(input): Json<Call>,
) -> Answer {
    let caller = input.caller.unwrap_or(Caller::Customer);
    let id = calls::begin(&shared, &customer, &input.phone_id, caller, input.payload)?;
    if let Some(end) = input.end {
        calls::end(&shared, &id, end, input.seconds)?;
    }
    ok(json!({ "id": id }))
}

#[derive(Deserialize)]
struct End {
    end: CallEnd,
    /// How long people talked.
    #[serde(default)]
    seconds: i64,
}

async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<End>,
) -> Answer {
    calls::end(&shared, &id, input.end, input.seconds)?;
    done()
}

#[derive(Deserialize)]
struct Permission {
    phone_id: String,
    /// `temporary`, `permanent` or `none`, as the customer sets it in the profile of the business.
    status: String,
    /// Seconds a temporary one lasts from now, instead of seven days.
    seconds: Option<i64>,
}

/// Gives or takes the permission without a webhook, as when it ends by itself.
async fn permission(
    State(shared): State<Shared>,
    Path(customer): Path<String>,
    Json(input): Json<Permission>,
) -> Answer {
    ok(shared.world(|world| {
        let leave = world.leaves.entry((customer, input.phone_id)).or_default();
        match input.status.as_str() {
            "permanent" => leave.give(true),
            "temporary" => {
                leave.give(false);
                if let Some(seconds) = input.seconds {
                    leave.until = now() + seconds;
                }
            }
            _ => leave.take(),
        }
        json!(leave)
    }))
}

/// The calls a portal's telephony knows of.
async fn in_portal(State(shared): State<Shared>, Path(portal): Path<String>) -> Answer {
    let list = shared.world(|world| world.portal(&portal).map(|it| json!(it.calls)));
    ok(list.ok_or_else(|| Mistake::missing("portal"))?)
}
