//! How soon the panel's lists are drawn when there is much in them.

use crate::facts::{ADMIN, PASSWORD};
use anyhow::{Context, ensure};
use reqwest::header::{COOKIE, SET_COOKIE};
use std::time::Instant;

/// The lists, each also as it is searched or sorted where people do.
const LISTS: [&str; 12] = [
    "/",
    "/phones",
    "/wabas",
    "/portals",
    "/users",
    "/calls",
    "/deliveries",
    "/deliveries?state=all",
    "/deliveries?state=all&page=2",
    "/deliveries?state=all&q=wamid.old.77777",
    "/deliveries/dead",
    "/deliveries/destinations",
];

/// How often each is asked for.
const ROUNDS: usize = 20;

/// The list that takes longest and its median, in milliseconds, for an admin.
pub async fn slowest(port: u16) -> anyhow::Result<(&'static str, f64)> {
    let base = format!("http://127.0.0.1:{port}");
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let answer = client
        .post(format!("{base}/api/panel/sign_in"))
        .header("sec-fetch-site", "same-origin")
        .form(&[("email", ADMIN), ("password", PASSWORD)])
        .send()
        .await?;
    let session = answer.headers().get(SET_COOKIE);
    let session = session.context("signing in brought no session")?.to_str()?;
    let session = session.split(';').next().unwrap_or_default().to_owned();
    let mut slowest = ("", 0.0);
    for list in LISTS {
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let asked = client.get(format!("{base}{list}")).header(COOKIE, &session);
            let answer = asked.send().await?;
            // Who is not signed in is led elsewhere.
            ensure!(answer.status() == 200, "{list}: {}", answer.status());
            answer.bytes().await?;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(ROUNDS / 2).copied().unwrap_or_default();
        if std::env::var_os("THOTH_BENCH_VERBOSE").is_some() {
            eprintln!("{list}: {median:.1} ms");
        }
        if median > slowest.1 {
            slowest = (list, median);
        }
    }
    Ok(slowest)
}
