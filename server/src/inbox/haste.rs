//! Accepting comes before reading: when webhooks come faster than they can be read, the reader makes room for the door
//! and catches up when the rush is over. Meta gives an answer a few seconds and repeats what had none; what is
//! accepted waits without harm. Pure.

use std::time::Duration;

/// The longest rest between two turns.
const REST: Duration = Duration::from_millis(250);

/// How many times as many as can be read must come to be a rush.
const RUSH: f64 = 1.5;

/// What the reader knows of the door's haste.
#[derive(Debug)]
pub(super) struct Haste {
    written: u64,
    at: Duration,
}

impl Haste {
    /// Nothing seen yet: so many were `written` when the reader began, at this time of its own.
    pub const fn new(written: u64, at: Duration) -> Self {
        Self { written, at }
    }

    /// How long to rest after a turn that read `read` receipts and took `took` of the time up to `now`, when so many
    /// are `written` by now. The rest itself is in the next turn's time.
    pub fn rest(&mut self, written: u64, now: Duration, read: u64, took: Duration) -> Duration {
        let came = written.saturating_sub(self.written) as f64;
        let passed = now.saturating_sub(self.at).as_secs_f64().max(1e-6);
        *self = Self::new(written, now);
        let could = read as f64 / took.as_secs_f64().max(1e-6);
        if came / passed > could * RUSH {
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
    fn a_rush_makes_room_and_its_end_ends_the_rest() {
        let mut haste = Haste::new(0, ms(0));
        // 128 read in 64 ms are 2000 a second; 9000 a second come.
        assert_eq!(haste.rest(576, ms(64), 128, ms(64)), REST);
        assert_eq!(haste.rest(576 + 2826, ms(64 + 314), 128, ms(64)), REST);
        // 1800 a second are no rush, also when they are counted over a rest.
        assert_eq!(haste.rest(3402 + 565, ms(378 + 314), 128, ms(64)), ms(0));
        assert_eq!(haste.rest(3967, ms(700), 128, ms(64)), ms(0));
    }
}
