//! What is measured.

use crate::client::{Maker, Posted, Rhythm, percentile, post};
use crate::facts::{event, webhook};
use crate::product::{Engine, Product};
use crate::reference::Reference;
use crate::remotes::{Manner, Remotes};
use crate::report::{Aim, Line};
use anyhow::bail;
use sea_orm::ConnectionTrait;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many customers write.
pub const CONVERSATIONS: u64 = 1000;

/// How often THOTH and the reference take turns.
const TURNS: u64 = 3;

/// How long each part takes, in seconds: whole, or short to try something.
#[derive(Clone, Copy)]
pub struct Lengths {
    pub acks: u64,
    pub calm: u64,
    pub flow: u64,
    pub waiting: u64,
    pub rows: u64,
}

/// A measured THOTH and its remotes.
pub struct Bench {
    pub engine: Engine,
    pub product: Product,
    pub remotes: Remotes,
    pub lengths: Lengths,
}

impl Bench {
    /// With the database's name.
    pub fn named(&self, what: &str) -> String {
        format!("{what}, {}", self.engine.name())
    }

    async fn webhooks(&self, run: &str, seconds: u64, rhythm: Rhythm) -> anyhow::Result<Posted> {
        posted(self.product.port, run, seconds, rhythm).await
    }

    /// Waits until everything accepted has gone where it belongs.
    pub async fn drained(&self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let open = "SELECT (SELECT COUNT(*) FROM receipt WHERE state = 'new') + \
                    (SELECT COUNT(*) FROM delivery WHERE state IN ('waiting', 'sending', 'unknown') AND number > 0)";
        while self.product.number(open).await? > 0 {
            if began.elapsed() > Duration::from_secs(900) {
                bail!("it is not drained after a quarter of an hour");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(began.elapsed())
    }
}

/// Webhooks over 32 connections.
async fn posted(port: u16, run: &str, seconds: u64, rhythm: Rhythm) -> anyhow::Result<Posted> {
    let (duration, make) = (Duration::from_secs(seconds), webhooks(run, CONVERSATIONS));
    post(port, 32, duration, rhythm, make).await
}

/// Makes texts of so many customers; a run's name keeps its messages apart from others'.
pub fn webhooks(run: &str, conversations: u64) -> Maker {
    let run = run.to_owned();
    Arc::new(move |number| webhook(&run, number, conversations))
}

/// How many are acknowledged, and how soon, beside the reference.
pub async fn acknowledgements(bench: &Bench, folder: &Path) -> anyhow::Result<Vec<Line>> {
    let reference = Reference::start(&folder.join("reference")).await?;
    bench.remotes.behave(Manner::default());
    let (crowd, calm) = (Rhythm::AtOnce, Rhythm::PerSecond(200.0));
    let seconds = bench.lengths.acks;
    for port in [reference.port, bench.product.port] {
        posted(port, "warm", seconds / TURNS, crowd).await?;
    }
    bench.drained().await?;
    let (ours, least) = in_turns(bench, &reference, "acks", seconds, crowd).await?;
    let (ours_calm, least_calm) =
        in_turns(bench, &reference, "calm", bench.lengths.calm, calm).await?;
    let part = match bench.engine {
        Engine::Sqlite => 0.6,
        Engine::Postgres => 0.35,
    };
    Ok(vec![
        Line::ratio(
            &bench.named("webhooks acknowledged, 32 connections"),
            ours.rate(),
            least.rate(),
            "/s",
            Aim::AtLeast(part),
        ),
        Line::ratio(
            &bench.named("acknowledgement at 200/s, p99"),
            ours_calm.percentile(0.99),
            least_calm.percentile(0.99),
            "ms",
            Aim::AtMost(3.0),
        ),
        Line::ratio(
            &bench.named("acknowledgement at 200/s, p50"),
            ours_calm.percentile(0.5),
            least_calm.percentile(0.5),
            "ms",
            Aim::AtMost(3.0),
        ),
    ])
}

/// THOTH and the reference by turns, so many seconds each in all: what else the machine does falls on both. What THOTH
/// accepted in a turn is delivered before the next one.
async fn in_turns(
    bench: &Bench,
    reference: &Reference,
    run: &str,
    seconds: u64,
    rhythm: Rhythm,
) -> anyhow::Result<(Posted, Posted)> {
    let (mut ours, mut least) = (Posted::default(), Posted::default());
    for turn in 0..TURNS {
        let (run, seconds) = (format!("{run}{turn}"), seconds / TURNS);
        least = least.and(posted(reference.port, &run, seconds, rhythm).await?);
        ours = ours.and(posted(bench.product.port, &run, seconds, rhythm).await?);
        bench.drained().await?;
    }
    Ok((ours, least))
}

/// From the webhook to the portal that answers at once.
pub async fn inbound(bench: &Bench) -> anyhow::Result<Vec<Line>> {
    let aim = match bench.engine {
        Engine::Sqlite => 1500.0,
        Engine::Postgres => 1000.0,
    };
    let seconds = bench.lengths.flow;
    bench.remotes.behave(Manner::default());
    bench
        .webhooks("flow", seconds, Rhythm::PerSecond(aim * 1.2))
        .await?;
    let seen = bench.remotes.seen().inbound;
    let memory = bench.product.memory()?;
    bench.drained().await?;
    in_order(bench)?;
    bench.remotes.behave(Manner::default());
    bench.remotes.seen().watch = true;
    let calm = bench
        .webhooks("slow", seconds.min(20), Rhythm::PerSecond(100.0))
        .await?;
    bench.drained().await?;
    let mut latencies: Vec<Duration> = {
        let seen = bench.remotes.seen();
        let arrival = |(number, at): &(u64, Instant)| {
            let arrived = seen.arrivals.get(number)?;
            Some(arrived.saturating_duration_since(*at))
        };
        calm.answered.iter().filter_map(arrival).collect()
    };
    latencies.sort_unstable();
    Ok(vec![
        Line::plain(
            &bench.named("inbound end to end, portal at once"),
            seen as f64 / seconds as f64,
            "/s",
            Aim::AtLeast(aim),
        ),
        Line::plain(
            &bench.named("inbound at 100/s, accepted to portal, p50"),
            percentile(&latencies, 0.5),
            "ms",
            Aim::AtMost(15.0),
        ),
        Line::plain(
            &bench.named("inbound at 100/s, accepted to portal, p99"),
            percentile(&latencies, 0.99),
            "ms",
            Aim::AtMost(60.0),
        ),
        Line::plain(
            &bench.named("memory meanwhile"),
            memory,
            "MiB",
            Aim::AtMost(150.0),
        ),
    ])
}

/// The portal thinks for 50 ms.
pub async fn slow_portal(bench: &Bench) -> anyhow::Result<Vec<Line>> {
    let seconds = bench.lengths.flow / 2;
    let delay = Duration::from_millis(50);
    bench.remotes.behave(Manner {
        delay,
        bucket: None,
    });
    bench
        .webhooks("late", seconds, Rhythm::PerSecond(800.0))
        .await?;
    let seen = bench.remotes.seen().inbound;
    bench.drained().await?;
    in_order(bench)?;
    Ok(vec![Line::plain(
        &bench.named("portal answering in 50 ms"),
        seen as f64 / seconds as f64,
        "/s",
        Aim::AtLeast(500.0),
    )])
}

/// The portal's real bucket, and a crowd before it.
pub async fn bucket(bench: &Bench) -> anyhow::Result<Vec<Line>> {
    let count = bench.lengths.waiting;
    let delay = Duration::from_millis(50);
    bench.remotes.behave(Manner {
        delay,
        bucket: Some((50.0, 2.0)),
    });
    let began = Instant::now();
    let crowd = Rhythm::Count(count);
    post(
        bench.product.port,
        32,
        Duration::from_secs(600),
        crowd,
        webhooks("crowd", 500),
    )
    .await?;
    bench.drained().await?;
    let took = began.elapsed();
    in_order(bench)?;
    let seen = bench.remotes.seen();
    Ok(vec![
        Line::plain(
            &bench.named("real bucket, messages of 500 conversations"),
            seen.inbound as f64 / took.as_secs_f64(),
            "/s",
            Aim::AtLeast(80.0),
        ),
        Line::plain(
            &bench.named("real bucket, calls refused"),
            seen.refused as f64 / seen.calls.max(1) as f64 * 100.0,
            "%",
            Aim::AtMost(1.0),
        ),
    ])
}

/// Operators' texts to customers; Graph thinks for 50 ms.
pub async fn outbound(bench: &Bench) -> anyhow::Result<Vec<Line>> {
    if bench.engine == Engine::Postgres {
        // The worst that can be: its statistics are of the moment before the first answer.
        let database = bench.product.database().await?;
        database.execute_unprepared("ANALYZE").await?;
        database.close().await?;
    }
    let seconds = bench.lengths.flow / 2;
    let delay = Duration::from_millis(50);
    bench.remotes.behave(Manner {
        delay,
        bucket: None,
    });
    let make: Maker = Arc::new(|number| event("1", number, 200));
    let rhythm = Rhythm::PerSecond(360.0);
    post(
        bench.product.port,
        32,
        Duration::from_secs(seconds),
        rhythm,
        make,
    )
    .await?;
    let seen = bench.remotes.seen().outbound;
    bench.drained().await?;
    in_order(bench)?;
    Ok(vec![Line::plain(
        &bench.named("outbound end to end, Graph in 50 ms"),
        seen as f64 / seconds as f64,
        "/s",
        Aim::AtLeast(300.0),
    )])
}

fn in_order(bench: &Bench) -> anyhow::Result<()> {
    match bench.remotes.seen().disordered {
        0 => Ok(()),
        many => bail!("{many} messages came twice or out of order"),
    }
}
