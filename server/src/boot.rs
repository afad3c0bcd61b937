//! Starts the server, and stops it without dropping anything.

use crate::bus::Bus;
use crate::calls::trunk::trunks_at_start;
use crate::clock::Clock;
use crate::config::Config;
use crate::connect::phone::senders_at_start;
use crate::connect::waba::templates::plan_all;
use crate::delivery::Dispatcher;
use crate::inbox::{ReceiptWriter, reader};
use crate::node::Node;
use crate::pulse::Pulse;
use crate::remotes::Remotes;
use crate::state::{AppState, Parts};
use crate::store::Store;
use crate::telemetry::numbers_start;
use crate::vault::{Vault, folder_prepare};
use crate::{errands, web, workers};
use anyhow::Context;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves until told to stop by SIGTERM or Ctrl-C.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    numbers_start();
    folder_prepare(&config.data_dir)?;
    let node = Node::take(&config.data_dir)?;
    let store = Store::connect(&config.database_url)
        .await
        .context("the database cannot be opened")?;
    store
        .migrate()
        .await
        .context("the database cannot be brought up to date")?;
    let vault = Vault::unlock(&config, &store).await?;
    let bus = Bus::default();
    let clock = Clock::system();
    let remotes = Remotes::new(&config, &store, &vault, &clock)?;
    let state = AppState::new(Parts {
        receipts: ReceiptWriter::start(store.clone(), bus.clone())?,
        store,
        vault,
        clock,
        bus,
        remotes,
        config: Arc::new(config),
        pulse: Pulse::default(),
    });
    senders_at_start(&state).await?;
    trunks_at_start(&state).await?;
    plan_all(&state).await?;
    let stop = CancellationToken::new();
    let working = start_workers(&state, &node, &stop);
    let listener = TcpListener::bind(state.config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", state.config.listen))?;
    web::invite_first_admin(&state).await?;
    tracing::info!(address = %listener.local_addr()?, public = %state.config.public_url, "THOTH is ready");
    let router = web::router(state.clone());
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<std::net::SocketAddr>(),
    )
    .with_graceful_shutdown(told_to_stop(state.clone(), stop.clone()))
    .await?;
    stop.cancel();
    working.finish().await;
    workers::watch::write_hours(&state).await;
    tracing::info!("THOTH has stopped");
    Ok(())
}

fn start_workers(state: &AppState, node: &Node, stop: &CancellationToken) -> workers::Crew {
    let mut crew = workers::Crew::new(stop.clone());
    let (reading, name) = (state.clone(), node.id());
    crew.employ("reader", move |stop| {
        reader::run(reading.clone(), name.clone(), stop)
    });
    let (carrying, name) = (state.clone(), node.id());
    crew.employ("dispatcher", move |stop| {
        Dispatcher::new(
            carrying.clone(),
            name.clone(),
            carrying.remotes.graph.clone(),
            carrying.remotes.bitrix.clone(),
        )
        .run(stop)
    });
    let running = state.clone();
    crew.employ("errands", move |stop| errands::run(running.clone(), stop));
    let cleaning = state.clone();
    crew.employ("janitor", move |stop| {
        workers::janitor::run(cleaning.clone(), stop)
    });
    let keeping = state.clone();
    crew.employ("checkpoints", move |stop| {
        workers::checkpoints::run(keeping.clone(), stop)
    });
    let looking = state.clone();
    crew.employ("watch", move |stop| {
        workers::watch::run(looking.clone(), stop)
    });
    if state.store.has_nodes() {
        let (talking, name) = (state.clone(), node.id());
        crew.employ("nodes", move |stop| {
            workers::nodes::run(talking.clone(), name.clone(), stop)
        });
    }
    crew
}

/// Ends when the process is asked to: requests under way are answered first. Before that `/readyz` says so for a while,
/// where somebody wants it: a proxy sends requests elsewhere before this node stops taking them.
async fn told_to_stop(state: AppState, stop: CancellationToken) {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
    tracing::info!("Stopping: what is under way is finished first");
    state.pulse.stop();
    tokio::time::sleep(state.config.stop_delay).await;
    stop.cancel();
}
