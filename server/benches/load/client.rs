//! Who posts: connections that stay open, one request at a time on each, with as little of our own as HTTP allows.

use anyhow::{Context, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Makes the request with this number, whole: head and body.
pub type Maker = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// What posting came to.
#[derive(Default)]
pub struct Posted {
    /// Requests that were answered with 200.
    pub accepted: u64,
    /// From the first to the last.
    pub took: Duration,
    /// How long each answer took, sorted.
    pub latencies: Vec<Duration>,
    /// When each request was answered, by its number.
    pub answered: Vec<(u64, Instant)>,
}

impl Posted {
    /// With what another turn brought, whose requests were numbered from the beginning as well.
    pub fn and(mut self, other: Self) -> Self {
        self.accepted += other.accepted;
        self.took += other.took;
        self.latencies.extend(other.latencies);
        self.latencies.sort_unstable();
        self.answered.extend(other.answered);
        self
    }

    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.accepted as f64 / self.took.as_secs_f64()
    }

    /// The latency that this part (0 to 1) of the answers does not exceed, in milliseconds.
    pub fn percentile(&self, part: f64) -> f64 {
        percentile(&self.latencies, part)
    }
}

/// The value that this part (0 to 1) of sorted durations does not exceed, in milliseconds.
pub fn percentile(sorted: &[Duration], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let index = (last as f64 * part).round() as usize;
    sorted
        .get(index)
        .map_or(f64::NAN, |found| found.as_secs_f64() * 1000.0)
}

/// How requests follow each other.
#[derive(Clone, Copy)]
pub enum Rhythm {
    /// As soon as the last is answered.
    AtOnce,
    /// So many in a second over all connections, whatever the answers.
    PerSecond(f64),
    /// As soon as the last is answered, so many in all.
    Count(u64),
}

/// Posts for `duration` over `connections`; any answer but 200 ends it with an error.
pub async fn post(
    port: u16,
    connections: u64,
    duration: Duration,
    rhythm: Rhythm,
    make: Maker,
) -> anyhow::Result<Posted> {
    let next = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut posting = JoinSet::new();
    for _ in 0..connections {
        let (next, make) = (Arc::clone(&next), Arc::clone(&make));
        posting.spawn(async move {
            let mut line = Line::open(port).await?;
            let mut answers = Vec::with_capacity(4096);
            while began.elapsed() < duration {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let due = match rhythm {
                    Rhythm::AtOnce => Instant::now(),
                    Rhythm::Count(count) if number >= count => break,
                    Rhythm::Count(_) => Instant::now(),
                    Rhythm::PerSecond(rate) => {
                        let due = began + Duration::from_secs_f64(number as f64 / rate);
                        tokio::time::sleep_until(due.into()).await;
                        due
                    }
                };
                line.post(&make(number)).await?;
                let now = Instant::now();
                answers.push((number, now, now - due));
            }
            anyhow::Ok(answers)
        });
    }
    let mut answers = Vec::new();
    while let Some(one) = posting.join_next().await {
        answers.extend(one??);
    }
    let took = began.elapsed();
    let mut latencies: Vec<Duration> = answers.iter().map(|(_, _, took)| *took).collect();
    latencies.sort_unstable();
    Ok(Posted {
        accepted: answers.len() as u64,
        took,
        latencies,
        answered: answers
            .into_iter()
            .map(|(number, at, _)| (number, at))
            .collect(),
    })
}

/// One connection.
struct Line {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Line {
    async fn open(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(1024),
        })
    }

    async fn post(&mut self, request: &[u8]) -> anyhow::Result<()> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some(length) = whole(&self.answer)?
                && self.answer.len() >= length
            {
                return Ok(());
            }
        }
    }
}

/// The length of the whole answer once its head is there; an error when it is no 200.
fn whole(answer: &[u8]) -> anyhow::Result<Option<usize>> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(answer.get(..end).unwrap_or_default())?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!(
            "the server answered {}",
            head.lines().next().unwrap_or_default()
        );
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(Ok(0), |(_, value)| value.trim().parse::<usize>())
        .context("a length is a number")?;
    Ok(Some(end + 4 + length))
}

/// A whole request.
pub fn request(path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
