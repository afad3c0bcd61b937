//! Keeps workers at work.

use futures::FutureExt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// The workers of this node.
pub struct Crew {
    stop: CancellationToken,
    workers: JoinSet<()>,
}

impl Crew {
    /// Nobody yet.
    pub fn new(stop: CancellationToken) -> Self {
        Self {
            stop,
            workers: JoinSet::new(),
        }
    }

    /// Starts a worker. One that panics or ends too early starts anew: nothing it had taken is
    /// lost, for what it works on is in the database.
    pub fn employ<F, W>(&mut self, name: &'static str, work: F)
    where
        F: Fn(CancellationToken) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let stop = self.stop.clone();
        self.workers.spawn(async move {
            while !stop.is_cancelled() {
                let ended = AssertUnwindSafe(work(stop.clone())).catch_unwind().await;
                if stop.is_cancelled() {
                    return;
                }
                tracing::error!(
                    worker = name,
                    panicked = ended.is_err(),
                    "A worker fell over and starts anew"
                );
                metrics::counter!(crate::telemetry::name::RESTARTS, "worker" => name).increment(1);
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }

    /// Returns when everybody has finished.
    pub async fn finish(mut self) {
        while self.workers.join_next().await.is_some() {}
    }
}
