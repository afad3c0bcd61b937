//! Meta's side of templates, by API: planting, reviewing, changing, and what a WABA may do with marketing.

use super::{Answer, Mistake, done, ok};
use crate::reviewer::{Decision, decide};
use crate::state::Shared;
use crate::world::{NOT_ONBOARDED, Seed, Template, is};
use axum::Router;
use axum::extract::{Json, Path, Query, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/templates", get(list).post(plant))
        .route("/api/templates/{id}/review", post(review))
        .route("/api/templates/{id}/category", post(category))
        .route("/api/templates/{id}/quality", post(quality))
        .route("/api/templates/{id}/components", post(components))
        .route("/api/wabas/{id}", post(waba))
}

#[derive(Deserialize)]
struct Filter {
    waba: Option<String>,
}

async fn list(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let found: Vec<Template> = shared.world(|world| {
        let all = world.templates.iter();
        let own = all.filter(|it| filter.waba.as_ref().is_none_or(|waba| *waba == it.waba));
        own.cloned().collect()
    });
    ok(json!(found))
}

#[derive(Deserialize)]
struct Plant {
    waba: String,
    template: Seed,
}

/// Puts a template into a WABA unchecked and without a webhook, as one from the time before THOTH.
async fn plant(State(shared): State<Shared>, Json(input): Json<Plant>) -> Answer {
    let id = shared.world(|world| {
        world.waba(&input.waba)?;
        Some(world.template_add(&input.waba, input.template))
    });
    let id = id.ok_or_else(|| Mistake::missing("WABA"))?;
    shared.tell(json!({ "topic": "templates", "waba": input.waba }));
    ok(json!({ "id": id }))
}

#[derive(Deserialize)]
struct Review {
    /// APPROVED, REJECTED, PAUSED, DISABLED, ..
    event: String,
    /// For a rejection: SCAM, INVALID_FORMAT, ..
    reason: Option<String>,
}

async fn review(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Review>,
) -> Answer {
    let decision = Decision::Status {
        event: input.event.to_uppercase(),
        reason: input.reason,
    };
    decide(&shared, &id, &decision)?;
    done()
}

#[derive(Deserialize)]
struct Category {
    category: String,
    /// Only told in advance; nothing changes yet.
    #[serde(default)]
    announce: bool,
}

async fn category(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Category>,
) -> Answer {
    let decision = Decision::Category {
        category: input.category.to_uppercase(),
        done: !input.announce,
    };
    decide(&shared, &id, &decision)?;
    done()
}

#[derive(Deserialize)]
struct Quality {
    /// GREEN, YELLOW, RED, UNKNOWN.
    score: String,
}

async fn quality(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Quality>,
) -> Answer {
    decide(&shared, &id, &Decision::Quality(input.score.to_uppercase()))?;
    done()
}

#[derive(Deserialize)]
struct Components {
    components: Option<Vec<Value>>,
    /// Only the text of the body.
    body: Option<String>,
}

async fn components(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Components>,
) -> Answer {
    let now = shared.world(|world| world.template(&id).map(|it| it.components.clone()));
    let mut parts = input
        .components
        .or(now)
        .ok_or_else(|| Mistake::missing("template"))?;
    if let Some(text) = input.body {
        for part in parts.iter_mut().filter(|it| is(it, "BODY")) {
            if let Some(map) = part.as_object_mut() {
                map.insert("text".to_string(), json!(text));
            }
        }
    }
    decide(&shared, &id, &Decision::Components(parts))?;
    done()
}

#[derive(Deserialize)]
struct WabaChange {
    /// Onboarded to the Marketing Messages API.
    marketing: Option<bool>,
    /// The code that says it is not: 134100, 134102 or 131055.
    marketing_refusal: Option<u32>,
    /// `disable_marketing_messages_on_cloud_api`
    marketing_only: Option<bool>,
}

async fn waba(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<WabaChange>,
) -> Answer {
    let found = shared.world(|world| {
        let waba = world.waba_mut(&id)?;
        match input.marketing {
            None => {}
            Some(true) => waba.marketing_refusal = 0,
            Some(false) => waba.marketing_refusal = NOT_ONBOARDED,
        }
        waba.marketing_refusal = input.marketing_refusal.unwrap_or(waba.marketing_refusal);
        waba.marketing_only = input.marketing_only.unwrap_or(waba.marketing_only);
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("WABA"))?;
    shared.tell(json!({ "topic": "templates", "waba": id }));
    done()
}
