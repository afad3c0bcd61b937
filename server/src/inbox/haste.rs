//! Accepting comes before reading: when webhooks wait for their answer in a crowd, the reader makes room for the door
//! and catches up when the rush is over. Meta gives an answer a few seconds and repeats what had none; what is
//! accepted waits without harm. Pure.

use std::time::Duration;

/// The rest between two turns in a rush.
const REST: Duration = Duration::from_millis(400);

/// How many must wait at the door at once, on average over a turn, to be a rush: an answer takes some milliseconds, so
/// fewer wait as long as the door keeps up with thousands in a second.
const CROWD: f64 = 16.0;

/// What the reader knows of the door's haste.
#[derive(Debug, Default)]
pub(super) struct Haste {
    waited: Duration,
    at: Duration,
}

impl Haste {
    /// How long to rest after a turn that ended at `now` of the reader's own time, when all receipts together have
    /// `waited` so long to be answered since the process began. Waiting by time is how many waited at once (Little's law).
    pub fn rest(&mut self, waited: Duration, now: Duration) -> Duration {
        let crowd = waited.saturating_sub(self.waited).as_secs_f64();
        let passed = now.saturating_sub(self.at).as_secs_f64().max(1e-6);
        *self = Self { waited, at: now };
        if crowd / passed > CROWD {
            REST
        } else {
            Duration::ZERO
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    #[test]
    fn a_crowd_at_the_door_makes_room_and_its_end_ends_the_rest() {
        let mut haste = Haste::default();
        // 32 connections that always wait for an answer.
        assert_eq!(haste.rest(ms(32 * 50), ms(50)), REST);
        assert_eq!(haste.rest(ms(32 * 500), ms(500)), REST);
        // 1800 a second that wait 4 ms each are no crowd.
        assert_eq!(haste.rest(ms(32 * 500 + 720), ms(600)), ms(0));
        assert_eq!(haste.rest(ms(32 * 500 + 720), ms(600)), ms(0));
    }
}
