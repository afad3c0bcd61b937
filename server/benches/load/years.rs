//! What becomes of it in years: millions of messages in the database.

use crate::client::{Rhythm, post};
use crate::fill;
use crate::pages;
use crate::remotes::Manner;
use crate::report::{Aim, Line};
use crate::scenarios::{Bench, CONVERSATIONS, webhooks};
use std::time::{Duration, Instant};

/// What a message costs when there are many, beside what it cost when there were few.
pub async fn growth(bench: &Bench) -> anyhow::Result<Vec<Line>> {
    bench.remotes.behave(Manner::default());
    let few = cost(bench, "few").await?;
    let began = Instant::now();
    fill::old_messages(&bench.product, bench.engine, 0, bench.lengths.rows).await?;
    eprintln!("filled in {:.0} s", began.elapsed().as_secs_f64());
    // The first ones pay for what is not in memory yet.
    cost(bench, "warm").await?;
    let many = cost(bench, "many").await?;
    let rows = bench.lengths.rows;
    let (list, drawn) = pages::slowest(bench.product.port).await?;
    let (what, slowest) = (
        format!("cost of a message beside {rows} of them"),
        format!("slowest list then ({list})"),
    );
    Ok(vec![
        Line::ratio(&bench.named(&what), many, few, "ms", Aim::AtMost(1.3)),
        Line::plain(&bench.named(&slowest), drawn, "ms", Aim::AtMost(50.0)),
    ])
}

/// Milliseconds a message takes, from the first accepted to the last delivered, in a crowd.
async fn cost(bench: &Bench, run: &str) -> anyhow::Result<f64> {
    let count = 20_000;
    let began = Instant::now();
    let crowd = Rhythm::Count(count);
    let make = webhooks(run, CONVERSATIONS);
    post(
        bench.product.port,
        32,
        Duration::from_secs(600),
        crowd,
        make,
    )
    .await?;
    bench.drained().await?;
    Ok(began.elapsed().as_secs_f64() * 1000.0 / count as f64)
}

/// How soon it serves with a million rows and a crowd that waits.
pub async fn start(bench: &mut Bench) -> anyhow::Result<Vec<Line>> {
    let (rows, waiting) = (
        bench.lengths.rows.min(1_000_000),
        bench.lengths.rows.min(100_000),
    );
    if bench.product.number("SELECT COUNT(*) FROM message").await? < 500_000 {
        fill::old_messages(&bench.product, bench.engine, 0, rows).await?;
    }
    fill::waiting_messages(&bench.product, bench.engine, 50_000_000, waiting).await?;
    bench.product.kill();
    let took = bench.product.serve().await?;
    let what = format!("start with {waiting} waiting");
    Ok(vec![Line::plain(
        &bench.named(&what),
        took.as_secs_f64(),
        "s",
        Aim::AtMost(2.0),
    )])
}
