//! The panel: pages, server functions, live news and assets, with the session and the guard.

use super::{
    assets, downloads, facebook, frame, guard, guide, live, patience, posted, problem::ApiProblem,
};
use crate::accounts::{Sessions, session_layer};
use crate::backend::backend_of_request;
use crate::state::AppState;
use app::api::Again;
use app::model::ProblemCode;
use app::preferences::FramedLanguage;
use app::{App, shell};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Path, Request, State};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::collections::HashMap;

/// What the panel's routes may ask for.
#[derive(Clone)]
pub(super) struct PanelState {
    app: AppState,
    options: LeptosOptions,
}

impl PanelState {
    /// The installation.
    pub(super) fn app(&self) -> AppState {
        self.app.clone()
    }
}

impl FromRef<PanelState> for LeptosOptions {
    fn from_ref(state: &PanelState) -> Self {
        state.options.clone()
    }
}

impl FromRef<PanelState> for AppState {
    fn from_ref(state: &PanelState) -> Self {
        state.app.clone()
    }
}

/// The panel's routes.
pub(super) fn routes(state: AppState) -> Router {
    let config = state.config.clone();
    let options = LeptosOptions::builder()
        .output_name("thoth")
        .site_root(config.site_dir.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .build();
    let panel = PanelState {
        app: state.clone(),
        options: options.clone(),
    };
    let provide = provider(state.clone());
    let sessions = Sessions::new(state.store.clone(), state.clock.clone());
    let mut router = Router::new()
        .route("/live", get(live::stream))
        .route("/connect/facebook", get(facebook::start))
        .route("/connect/facebook/callback", get(facebook::back))
        .route("/api/panel/{*name}", post(server_function))
        .merge(long_forms())
        .merge(downloads::routes())
        .route("/frame/{key}/live", get(live::framed))
        .route("/frame/{key}", get(framed))
        .route("/frame/{key}/", get(framed))
        .route("/frame/{key}/{*path}", get(framed).merge(long_form()))
        .leptos_routes_with_context(&panel, generate_route_list(App), provide, page(options))
        .fallback(other)
        .layer(middleware::from_fn(patience::once_more))
        .layer(session_layer(
            sessions,
            config.public_url.scheme() == "https",
        ))
        .merge(assets::routes(&config))
        .merge(guide::routes(&config))
        .layer(DefaultBodyLimit::max(guard::BODY_LIMIT))
        .layer(guard::csrf(&config));
    for (name, value) in guard::HEADERS {
        router = router.layer(guard::header_layer(name, value));
    }
    if let Some(transport) = guard::transport(&config) {
        router = router.layer(transport);
    }
    router.with_state(panel)
}

/// Pages that take their own forms.
fn long_forms() -> Router<PanelState> {
    Router::new()
        .route("/wabas/{id}/templates/new", long_form())
        .route("/interactive/new", long_form())
        .route("/interactive/{id}/edit", long_form())
        .route("/phones/{id}/calling", long_form())
        .route("/phones/{id}/calling/password", long_form())
        .route("/phones/{id}/calling/setup/{pbx}", long_form())
}

fn long_form() -> MethodRouter<PanelState> {
    post(posted::take).layer(DefaultBodyLimit::max(posted::BODY_LIMIT))
}

/// Puts the backend into the context of a request.
fn provider(state: AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    move || provide_context(backend_of_request(state.clone()))
}

/// The document around a page, with its policy.
fn page(options: LeptosOptions) -> impl Fn() -> PageView + Clone + Send + Sync + 'static {
    move || {
        guard::protect_page(None);
        leptos::prelude::IntoAny::into_any(shell(options.clone()))
    }
}

type PageView = leptos::prelude::AnyView;

/// A page inside Bitrix24: the same panel, shown in that portal's frame only.
async fn framed(
    State(state): State<PanelState>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let key = path.get("key").map(String::as_str).unwrap_or_default();
    let found = frame::find(&state.app, key).await;
    let (ancestor, language) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return frame::expired(),
        Err(error) => {
            tracing::error!(%error, "A page in a portal's frame cannot be shown");
            return ApiProblem(ProblemCode::StoreUnavailable).into_response();
        }
    };
    let options = state.options.clone();
    let again = request.extensions().get::<Again>().cloned();
    let view = move || {
        if let Some(again) = again.clone() {
            provide_context(again);
        }
        guard::protect_page(Some(&ancestor));
        provide_context(FramedLanguage(language.clone()));
        leptos::prelude::IntoAny::into_any(shell(options.clone()))
    };
    let render = leptos_axum::render_app_async_with_context(provider(state.app), view);
    render(request).await.into_response()
}

/// A page as it was asked for, with the form that was sent to it.
pub(super) async fn page_again(state: PanelState, mut request: Request, again: Again) -> Response {
    let path = request.uri().path();
    if let Some(key) = frame::frame_key(path) {
        let path = HashMap::from([("key".to_owned(), key)]);
        request.extensions_mut().insert(again);
        return framed(State(state), Path(path), request).await;
    }
    let view = page(state.options);
    let view = move || {
        provide_context(again.clone());
        view()
    };
    let render = leptos_axum::render_app_async_with_context(provider(state.app), view);
    render(request).await.into_response()
}

async fn server_function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(provider(state), request).await
}

/// Whatever has no route: a page for people, a problem for programs.
async fn other(State(state): State<PanelState>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return ApiProblem(ProblemCode::NotFound).into_response();
    }
    let render =
        leptos_axum::render_app_async_with_context(provider(state.app), page(state.options));
    render(request).await.into_response()
}
