//! Waiting for what must come: asking again and again until it is there or patience ends.

use std::time::{Duration, Instant};

/// How long something may take on a slow and busy machine. No test asserts that it takes less.
const PATIENCE: u64 = 90;

/// Asks `look` until it answers `Ok`; its `Err` says what is there instead, for the message.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<T, String>) -> T {
    until_within(PATIENCE, what, look).await
}

/// The same, with another patience in seconds.
pub async fn until_within<T>(
    seconds: u64,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut pause = Duration::from_millis(20);
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) if Instant::now() > end => {
                panic!("waited {seconds} s for {what}; instead there is: {seen}")
            }
            Err(_) => {}
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 3 / 2).min(Duration::from_millis(400));
    }
}
