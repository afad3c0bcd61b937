//! The panel over plain memory, to look at every page without a server: `cargo run -p app
//! --features ssr --example preview`, after `cargo run -p xtask -- site --dev`.
//!
//! Sign in with any address and the password `thoth thoth thoth`. The cookie `preview` chooses
//! what there is to see; `/preview/full`, `/preview/empty`, `/preview/error` and
//! `/preview/slow` set it.

#![recursion_limit = "512"]

mod backend;
mod data;
mod exchange;
mod nothing;

use std::{convert::Infallible, env, path::PathBuf, time::Duration};

use app::{App, shell};
use axum::{
    Router,
    body::Body,
    extract::{FromRef, Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response, Sse, sse::Event},
    routing::{get, post},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use tokio::net::TcpListener;

#[derive(Clone)]
struct Preview {
    options: LeptosOptions,
}

impl FromRef<Preview> for LeptosOptions {
    fn from_ref(preview: &Preview) -> Self {
        preview.options.clone()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let site = site_root();
    let options = LeptosOptions::builder()
        .output_name("thoth")
        .site_root(site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .build();
    let preview = Preview {
        options: options.clone(),
    };
    let page = options.clone();
    let router = Router::new()
        .route("/live", get(live))
        .route("/preview/{scene}", get(scene))
        .route("/api/panel/{*name}", post(server_function))
        .leptos_routes_with_context(&preview, generate_route_list(App), provide, move || {
            guard();
            shell(page.clone())
        })
        .fallback(fallback)
        .with_state(preview);
    let address = env::var("PREVIEW_LISTEN").unwrap_or_else(|_| "127.0.0.1:3900".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("the preview is at http://{address}");
    axum::serve(listener, router).await?;
    Ok(())
}

fn site_root() -> PathBuf {
    env::var_os("LEPTOS_SITE_ROOT").map_or_else(
        || {
            let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
            PathBuf::from(target).join("site")
        },
        PathBuf::from,
    )
}

fn provide() {
    provide_context(backend::make());
}

/// The same policy as the server's, so that a script without a nonce is noticed here.
fn guard() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

async fn server_function(request: Request) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(provide, request).await
}

async fn fallback(State(preview): State<Preview>, request: Request<Body>) -> Response {
    let options = preview.options.clone();
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let file = PathBuf::from(options.site_root.to_string()).join(&path);
    if !path.contains("..")
        && let Ok(bytes) = tokio::fs::read(&file).await
    {
        let kind = match path.rsplit('.').next() {
            Some("css") => "text/css",
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    }
    let page = move || {
        guard();
        shell(options.clone())
    };
    leptos_axum::render_app_async_with_context(provide, page)(request)
        .await
        .into_response()
}

async fn scene(Path(scene): Path<String>) -> impl IntoResponse {
    let cookie = format!("preview={scene}; Path=/");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/"))
}

async fn live() -> impl IntoResponse {
    let ticks = tokio::time::interval(Duration::from_secs(20));
    let events = futures::stream::unfold(ticks, |mut ticks| async move {
        ticks.tick().await;
        Some((
            Ok::<_, Infallible>(Event::default().event("deliveries").data("changed")),
            ticks,
        ))
    });
    Sse::new(events)
}
