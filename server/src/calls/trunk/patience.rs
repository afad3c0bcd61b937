//! How long is waited: each step has its own limit, and the whole check ends in time whatever they add up to.

use std::time::{Duration, Instant};

/// How long the whole check may take. Ten seconds are promised; the rest is for reading and writing it down.
pub const WHOLE: Duration = Duration::from_millis(9_500);
/// How long name servers are waited for.
pub const DNS: Duration = Duration::from_secs(3);
/// How long SRV records are waited for: they are only shown.
pub const SRV: Duration = Duration::from_millis(1_500);
/// How long a connection may take to come about.
pub const TCP: Duration = Duration::from_secs(2);
/// How long a TLS handshake may take.
pub const TLS: Duration = Duration::from_millis(2_500);
/// How long it is listened for SIP without TLS, after TLS failed.
pub const PLAIN: Duration = Duration::from_millis(1_500);
/// How long an answer to OPTIONS may take.
pub const OPTIONS: Duration = Duration::from_secs(2);
/// How long a first answer to INVITE may take.
pub const INVITE: Duration = Duration::from_secs(3);

/// The end of the check's time.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    end: Instant,
}

/// Why something was not waited for any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Its own limit was reached.
    Step(Duration),
    /// The check's time was over.
    Whole,
}

impl Patience {
    /// Time for a whole check, from now on.
    pub fn begin() -> Self {
        Self::of(WHOLE)
    }

    /// Time for a check that may take this long.
    pub fn of(whole: Duration) -> Self {
        Self {
            end: Instant::now() + whole,
        }
    }

    /// Whether the check's time is over.
    pub fn is_over(self) -> bool {
        Instant::now() >= self.end
    }

    /// Waits for a work until its limit or the end of the check's time.
    pub async fn within<T>(
        self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Over> {
        let left = self.end.saturating_duration_since(Instant::now());
        let over = if left < limit {
            Over::Whole
        } else {
            Over::Step(limit)
        };
        let done = tokio::time::timeout(left.min(limit), work).await;
        done.map_err(|_| over)
    }
}

impl Over {
    /// How long was waited, in words.
    pub fn words(self) -> String {
        match self {
            Self::Step(limit) => format!("within {} s", limit.as_secs_f32()),
            Self::Whole => "before the time of the check was over".to_owned(),
        }
    }
}

/// Milliseconds since then.
pub fn ms_since(begin: Instant) -> u64 {
    u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX)
}
