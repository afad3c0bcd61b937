//! How fast THOTH is, beside the least a durable endpoint can do on the same machine in the same run.
//!
//! `make bench` runs all of it; `cargo bench -p thoth --bench load -- short sqlite acks` a part, for a shorter time.

mod client;
mod facts;
mod fill;
mod pages;
mod product;
mod reference;
mod remotes;
mod report;
mod scenarios;
mod years;

use anyhow::Context;
use product::{Engine, Product};
use remotes::Remotes;
use scenarios::{Bench, Lengths};

/// What can be asked for. The bucket comes late: whoever met it keeps its pace for a while.
const PARTS: [&str; 7] = [
    "acks", "inbound", "slow", "outbound", "growth", "bucket", "start",
];

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<&str> = words.iter().map(String::as_str).collect();
    // Installed once, as in the server: a client does not choose for itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if let ["reference", port, file] = asked.as_slice() {
        return runtime.block_on(reference::serve(port.parse()?, file.as_ref()));
    }
    runtime.block_on(measure(&asked))
}

async fn measure(asked: &[&str]) -> anyhow::Result<()> {
    let lengths = if asked.contains(&"short") {
        Lengths {
            acks: 6,
            calm: 12,
            flow: 10,
            waiting: 4000,
            rows: 200_000,
        }
    } else {
        Lengths {
            acks: 15,
            calm: 60,
            flow: 60,
            waiting: 20_000,
            rows: 5_000_000,
        }
    };
    let parts: Vec<&str> = PARTS
        .into_iter()
        .filter(|part| asked.contains(part))
        .collect();
    let parts = if parts.is_empty() {
        PARTS.to_vec()
    } else {
        parts
    };
    let engines: Vec<Engine> = [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")]
        .into_iter()
        .filter(|(_, word)| {
            asked.contains(word) || !(asked.contains(&"sqlite") || asked.contains(&"postgres"))
        })
        .map(|(engine, _)| engine)
        .collect();
    report::print_head();
    for engine in engines {
        on(engine, &parts, lengths).await?;
    }
    Ok(())
}

async fn on(engine: Engine, parts: &[&str], lengths: Lengths) -> anyhow::Result<()> {
    let place = std::env::var_os("THOTH_BENCH_DIR").map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::Builder::new().prefix("load").tempdir_in(place)?;
    let remotes = Remotes::default();
    let port = remotes.serve().await?;
    let product = Product::start(engine, folder.path(), port).await?;
    if std::env::var_os("THOTH_BENCH_VERBOSE").is_some() {
        eprintln!(
            "thoth is process {:?} in {}",
            product.id(),
            folder.path().display()
        );
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let idle = product.memory()?;
    report::Line::plain(
        &format!("memory at rest, {}", engine.name()),
        idle,
        "MiB",
        report::Aim::AtMost(50.0),
    )
    .print();
    let mut bench = Bench {
        engine,
        product,
        remotes,
        lengths,
    };
    for part in parts {
        let lines = match *part {
            "acks" => scenarios::acknowledgements(&bench, folder.path()).await,
            "inbound" => scenarios::inbound(&bench).await,
            "slow" => scenarios::slow_portal(&bench).await,
            "bucket" => scenarios::bucket(&bench).await,
            "growth" => years::growth(&bench).await,
            "start" => years::start(&mut bench).await,
            _ => scenarios::outbound(&bench).await,
        };
        for line in lines.with_context(|| format!("{part} on {}", engine.name()))? {
            line.print();
        }
    }
    if engine == Engine::Postgres {
        let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        let deadlocks = bench.product.number(deadlocks).await? as f64;
        report::Line::plain(
            &bench.named("deadlocks in all of it"),
            deadlocks,
            "",
            report::Aim::AtMost(0.0),
        )
        .print();
    }
    Ok(())
}
