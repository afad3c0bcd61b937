//! The pages a person opens, and which router listens on which port.
//!
//! A page is a shell from `assets/`, filled by a small script that reads the control API and listens
//! to `/api/live`. `shell` puts the pieces together; `assets` serves the files as they were built in.

mod assets;
mod shell;

use crate::state::Shared;
use crate::{api, desk, facebook, graph, portal};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use shell::page;
pub use shell::{document, escape};

/// The main port: pages, control API, Graph.
pub fn main_router(shared: &Shared) -> Router {
    let pages = Router::new()
        .route("/", get(index))
        .route(
            "/phone",
            get(|| async { page("people", "Customer's WhatsApp", &[]) }),
        )
        .route("/phone/{customer}", get(phone))
        .route("/phone/{customer}/{phone_id}", get(phone_chat))
        .route("/operator", get(operators))
        .route("/operator/{portal}", get(operator))
        .route(
            "/meta",
            get(|| async { page("meta", "Meta app dashboard", &[]) }),
        )
        .route("/meta/templates/{waba}", get(templates))
        .route("/faults", get(|| async { page("faults", "Faults", &[]) }))
        .route("/log", get(|| async { page("log", "Log", &[]) }))
        .route("/assets/{file}", get(assets::serve))
        .with_state(shared.clone());
    Router::new()
        .merge(graph::router(shared))
        .merge(facebook::router(shared))
        .merge(api::router(shared))
        .merge(pages)
}

/// A portal's port: its REST, and the operator's window at the root.
pub fn portal_router(shared: &Shared, member_id: &str) -> Router {
    let member = member_id.to_string();
    let pages = Router::new()
        .route(
            "/",
            get(|State(shared): State<Shared>| async move { operator_page(&shared, &member) }),
        )
        .route("/assets/{file}", get(assets::serve))
        .with_state(shared.clone());
    Router::new()
        .merge(portal::router(shared, member_id))
        .merge(desk::router(shared, member_id))
        .merge(api::router(shared))
        .merge(pages)
}

async fn index(State(shared): State<Shared>) -> Html<String> {
    let addresses = shared.addresses();
    let first = addresses.portals.first();
    let portal = first.map(|portal| format!("http://{}/", portal.domain));
    let values = [
        ("graph", addresses.graph.as_str()),
        ("oauth", addresses.oauth.as_str()),
        ("portal", portal.as_deref().unwrap_or("none")),
    ];
    page("index", "THOTH sandbox", &values)
}

async fn phone(State(shared): State<Shared>, Path(customer): Path<String>) -> Response {
    phone_page(&shared, &customer, "")
}

async fn phone_chat(
    State(shared): State<Shared>,
    Path((customer, phone_id)): Path<(String, String)>,
) -> Response {
    phone_page(&shared, &customer, &phone_id)
}

fn phone_page(shared: &Shared, customer: &str, phone_id: &str) -> Response {
    let name = shared.world(|world| world.customers.get(customer).map(|it| it.name.clone()));
    let Some(name) = name else {
        return Redirect::to("/phone").into_response();
    };
    let values = [
        ("customer", customer),
        ("phone", phone_id),
        ("name", name.as_str()),
    ];
    page("phone", &format!("{name}'s WhatsApp"), &values).into_response()
}

async fn templates(State(shared): State<Shared>, Path(waba): Path<String>) -> Response {
    let name = shared.world(|world| world.waba(&waba).map(|it| it.name.clone()));
    let Some(name) = name else {
        return Redirect::to("/meta").into_response();
    };
    let values = [("waba", waba.as_str()), ("name", name.as_str())];
    page("templates", &format!("{name}: Message templates"), &values).into_response()
}

async fn operators(State(shared): State<Shared>) -> Response {
    let first = shared.addresses().portals.into_iter().next();
    match first {
        Some(portal) => Redirect::to(&format!("/operator/{}", portal.member_id)).into_response(),
        None => Redirect::to("/").into_response(),
    }
}

async fn operator(State(shared): State<Shared>, Path(portal): Path<String>) -> Response {
    operator_page(&shared, &portal)
}

fn operator_page(shared: &Shared, member_id: &str) -> Response {
    let found = shared.world(|world| {
        let portal = world.portal(member_id)?;
        let operator = portal.operator();
        let name = format!("{} {}", operator.name, operator.last_name);
        Some((portal.name.clone(), name.trim().to_string()))
    });
    let Some((portal, operator)) = found else {
        return Redirect::to("/").into_response();
    };
    let main = shared.ports.main();
    let values = [
        ("member", member_id),
        ("portal", portal.as_str()),
        ("operator", operator.as_str()),
        ("main", main.as_str()),
    ];
    page("operator", &format!("{portal}: Open Lines"), &values).into_response()
}
