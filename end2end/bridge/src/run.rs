//! A test's frame: its world, a place among those that run at once, and what is left to do after.

use crate::{Engine, Plan, World};
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{LazyLock, Once};
use tokio::sync::Semaphore;

/// Worlds at once: a world is two busy processes.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Semaphore::new(cores.clamp(2, 4))
});

/// Gives a case its world on this engine. Without a server the PostgreSQL half is left out, and that is said.
pub fn run(engine: Engine, case: impl AsyncFnOnce(&mut World)) {
    run_as(&Plan::of(engine), case);
}

/// The same for a world with more portals or nodes.
pub fn run_as(plan: &Plan, case: impl AsyncFnOnce(&mut World)) {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Another part of the process may have been quicker.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    if plan.engine == Engine::Postgres && std::env::var("THOTH_TEST_POSTGRES").is_err() {
        skipped("THOTH_TEST_POSTGRES names no server: only SQLite is tested");
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let _place = ROOM.acquire().await.expect("the semaphore is never closed");
        let mut world = World::begin_as(plan).await;
        let ended = AssertUnwindSafe(case(&mut world)).catch_unwind().await;
        world.end(ended.is_err()).await;
        if let Err(panic) = ended {
            resume_unwind(panic);
        }
    });
}

/// Says once, past the test runner's capture, that something was left out.
pub fn skipped(why: &'static str) {
    use std::io::Write as _;
    static SAID: std::sync::Mutex<Vec<&str>> = std::sync::Mutex::new(Vec::new());
    let mut said = SAID
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if !said.contains(&why) {
        said.push(why);
        // Nothing can be done about an output that is gone.
        let _ = writeln!(std::io::stderr(), "Left out: {why}");
    }
}
