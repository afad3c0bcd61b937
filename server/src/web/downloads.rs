//! Tables and files to take along, outside the pages: for whoever is signed in, and inside Bitrix24's frame by the key
//! of the path. A file with a secret comes by a form alone, never by an address.

use super::panel::PanelState;
use super::problem::ApiProblem;
use crate::backend::backend_of_parts;
use app::backend::Backend;
use app::model::{Action, CallFilter, PageQuery, Pbx, Permit, PhoneId, Problem, ProblemCode};
use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::collections::HashMap;

/// The downloads, outside and inside a frame.
pub(super) fn routes() -> Router<PanelState> {
    const FILE: &str = "/phones/{id}/calling/setup/{pbx}/{file}";
    let framed = format!("/frame/{{key}}{FILE}");
    Router::new()
        .route("/calls.csv", get(calls))
        .route("/frame/{key}/calls.csv", get(calls))
        .route(FILE, get(config_file).post(config_file))
        .route(&framed, get(config_file).post(config_file))
}

/// `GET /calls.csv`: all calls of the list's question.
async fn calls(
    State(state): State<PanelState>,
    Query(asked): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let backend = backend_of_parts(state.app(), parts);
    let query = PageQuery::<CallFilter>::read(&|name| asked.get(name).cloned());
    let table = async { backend.calls.table(permit(&backend).await?, query).await };
    match table.await {
        Ok(table) => attached("calls.csv", "text/csv; charset=utf-8", table),
        Err(problem) => refused(&backend, &problem, "/calls"),
    }
}

/// A file for a telephone server; with the SIP password for a form that was sent.
async fn config_file(
    State(state): State<PanelState>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let with_password = parts.method == Method::POST;
    let backend = backend_of_parts(state.app(), parts);
    let part = |name: &str| path.get(name).map(String::as_str).unwrap_or_default();
    let missing = || Problem::new(ProblemCode::NotFound);
    let found = async {
        let permit = permit(&backend).await?;
        let phone: PhoneId = part("id").parse().map_err(|_| missing())?;
        let pbx = Pbx::of_slug(part("pbx")).ok_or_else(missing)?;
        let calling = &backend.calling;
        let files = calling.config(permit, phone, pbx, with_password).await?;
        let mut files = files.into_iter();
        files
            .find(|file| file.name == part("file"))
            .ok_or_else(missing)
    };
    match found.await {
        Ok(file) => attached(&file.name, "text/plain; charset=utf-8", file.text),
        Err(problem) => {
            let page = format!("/phones/{}/calling/setup", part("id"));
            refused(&backend, &problem, &page)
        }
    }
}

async fn permit<A: Action>(backend: &Backend) -> Result<Permit<A>, Problem> {
    let caller = backend.accounts.caller().await?;
    caller
        .ok_or_else(|| Problem::new(ProblemCode::NotSignedIn))?
        .may()
}

/// Words as a file of this name, which nothing on the way keeps.
fn attached(name: &str, kind: &'static str, text: String) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

/// Whose session has ended signs in and comes back to the page; a frame has nowhere to sign in.
fn refused(backend: &Backend, problem: &Problem, page: &str) -> Response {
    if problem.code == ProblemCode::NotSignedIn && backend.exchange.base().is_empty() {
        let next = page.replace('/', "%2F");
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    ApiProblem(problem.code).into_response()
}
