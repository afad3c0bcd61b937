//! How long the server takes for each page of the panel when there is much to show.
//!
//! `cargo run --release -p thoth --example panel_times [PHONES] [MESSAGES]` fills a fresh SQLite database (in a
//! temporary folder, or `DATABASE_URL`) and asks the router in this process for each page, as an admin and as an
//! end-user who owns a hundredth of it, and inside a portal's frame. Prints median, 95th percentile and slowest of
//! 40 in milliseconds, and how many times the median is of the goal of 20 ms.

mod fill;
mod rows;

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use std::sync::Arc;
use std::time::Instant;
use thoth::bus::Bus;
use thoth::clock::Clock;
use thoth::config::Config;
use thoth::inbox::ReceiptWriter;
use thoth::pulse::Pulse;
use thoth::remotes::Remotes;
use thoth::state::{AppState, Parts};
use thoth::store::Store;
use thoth::vault::{Vault, folder_prepare};
use tower::ServiceExt;

const ROUNDS: usize = 40;

/// What a page may take, in milliseconds.
const GOAL: f64 = 20.0;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut words = std::env::args().skip(1).map(|word| word.parse::<usize>());
    let phones = words.next().transpose()?.unwrap_or(10_000);
    let messages = words.next().transpose()?.unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    let state = open(folder.path()).await?;
    let world = fill::fill(&state, phones, messages).await?;
    println!("{phones} phones, {messages} messages\n");
    let router = thoth::web::router(state);
    for (who, email) in [
        ("admin", "owner0@example.com"),
        ("user", "owner1@example.com"),
    ] {
        let cookie = sign_in(&router, email).await?;
        head(who);
        for path in world.paths(who) {
            measure(&router, &cookie, &path).await?;
        }
    }
    head("frame");
    for path in world.framed() {
        measure(&router, "", &path).await?;
    }
    Ok(())
}

async fn open(folder: &std::path::Path) -> anyhow::Result<AppState> {
    let mut words = vec![("THOTH_DATA_DIR", folder.display().to_string())];
    words.extend(std::env::var("DATABASE_URL").map(|url| ("DATABASE_URL", url)));
    let config = Config::from_words(words)?;
    folder_prepare(&config.data_dir)?;
    let store = Store::connect(&config.database_url).await?;
    store.migrate().await?;
    let vault = Vault::unlock(&config, &store).await?;
    let (bus, clock) = (Bus::default(), Clock::system());
    Ok(AppState::new(Parts {
        receipts: ReceiptWriter::start(store.clone(), bus.clone())?,
        remotes: Remotes::new(&config, &store, &vault, &clock)?,
        store,
        vault,
        config: Arc::new(config),
        clock,
        bus,
        pulse: Pulse::default(),
    }))
}

async fn sign_in(router: &Router, email: &str) -> anyhow::Result<String> {
    let (email, password) = (email.replace('@', "%40"), fill::PASSWORD.replace(' ', "+"));
    let request = Request::post("/api/panel/sign_in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("email={email}&password={password}")))?;
    let answer = router.clone().oneshot(request).await?;
    let cookie = answer.headers().get(header::SET_COOKIE);
    let cookie = cookie.context("signing in brought no session")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

fn head(who: &str) {
    println!(
        "\n{who:<6} {:<40} {:>9} {:>9} {:>9} {:>7} {:>6}",
        "page", "median", "p95", "slowest", "of goal", "KiB"
    );
}

async fn measure(router: &Router, cookie: &str, path: &str) -> anyhow::Result<()> {
    let (mut times, mut size, mut status) = (Vec::new(), 0, 0);
    for _ in 0..ROUNDS {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .body(Body::empty())?;
        let begun = Instant::now();
        let answer = router.clone().oneshot(request).await?;
        status = answer.status().as_u16();
        size = to_bytes(answer.into_body(), 1 << 24).await?.len();
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    let note = match status {
        200 => String::new(),
        other => format!("  HTTP {other}"),
    };
    let shown: String = named(path).chars().take(40).collect();
    let median = at(ROUNDS / 2);
    println!(
        "       {shown:<40} {median:>6.1} ms {:>6.1} ms {:>6.1} ms {:>7.2} {:>6}{note}",
        at(ROUNDS * 95 / 100),
        at(ROUNDS - 1),
        median / GOAL,
        size / 1024
    );
    Ok(())
}

/// A path as it is printed: without a frame's key, and with its id cut to the kind.
fn named(path: &str) -> String {
    let bare = match path.strip_prefix("/frame/") {
        Some(rest) => rest.split_once('/').map_or(rest, |(_, page)| page),
        None => path.trim_start_matches('/'),
    };
    let parts = bare.split('/').map(|part| match part.split_once('_') {
        Some((kind, id)) if id.len() == 32 => kind,
        Some(_) | None => part,
    });
    format!("/{}", parts.collect::<Vec<_>>().join("/"))
}
