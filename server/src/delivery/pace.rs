//! How fast a destination may be called: a leaky bucket, pure.
//!
//! Bitrix24: the level rises by one with each call and drains by 2 a second; over 50 it answers
//! 503 (`limits.md`). WhatsApp: 80 messages a second per number.

/// A bucket's size and drain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// How high the level may rise.
    pub depth: f64,
    /// How much drains in a second.
    pub drain: f64,
}

/// Bitrix24's bucket for all plans but Enterprise, with a little kept for other callers.
pub const PORTAL: Pace = Pace { depth: 45.0, drain: 2.0 };

/// WhatsApp's standard throughput of a business number.
pub const PHONE: Pace = Pace { depth: 80.0, drain: 80.0 };

/// A bucket with its level at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pace: Pace,
    level: f64,
    at: i64,
}

impl Bucket {
    /// A bucket as it was left: `level` at `at` milliseconds.
    pub fn restored(pace: Pace, level: f64, at: i64) -> Self {
        Self { pace, level: level.clamp(0.0, pace.depth), at }
    }

    /// The level now. A clock that steps back drains nothing.
    pub fn level(&self, now: i64) -> f64 {
        let seconds = (now - self.at).max(0) as f64 / 1000.0;
        (self.level - seconds * self.pace.drain).max(0.0)
    }

    /// Takes room for one call, or says how many milliseconds to wait for it.
    pub fn take(&mut self, now: i64) -> Result<(), i64> {
        let level = self.level(now);
        let over = level + 1.0 - self.pace.depth;
        if over > 0.0 {
            return Err((over / self.pace.drain * 1000.0).ceil().max(1.0) as i64);
        }
        self.level = level + 1.0;
        self.at = now.max(self.at);
        Ok(())
    }

    /// The other side says the bucket is full, whatever we thought.
    pub fn fill(&mut self, now: i64) {
        self.level = self.pace.depth;
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_bucket_says_how_long_to_wait() {
        let mut bucket = Bucket::restored(Pace { depth: 2.0, drain: 2.0 }, 0.0, 0);
        assert_eq!(bucket.take(0), Ok(()));
        assert_eq!(bucket.take(0), Ok(()));
        assert_eq!(bucket.take(0), Err(500));
        assert_eq!(bucket.take(500), Ok(()));
    }

    proptest! {
        #[test]
        fn never_more_than_depth_plus_drain(steps in prop::collection::vec(0_i64..400, 1..300)) {
            let pace = Pace { depth: 10.0, drain: 2.0 };
            let mut bucket = Bucket::restored(pace, 0.0, 0);
            let mut now = 0;
            let mut taken = 0_u32;
            for step in steps {
                now += step;
                taken += u32::from(bucket.take(now).is_ok());
                let most = pace.depth + now as f64 / 1000.0 * pace.drain;
                prop_assert!(f64::from(taken) <= most + 1e-6);
            }
        }

        #[test]
        fn waiting_as_told_is_enough(level in 0.0_f64..50.0) {
            let mut bucket = Bucket::restored(PORTAL, level, 0);
            if let Err(wait) = bucket.take(0) {
                prop_assert_eq!(bucket.take(wait), Ok(()));
            }
        }

        #[test]
        fn a_clock_that_steps_back_gives_nothing_away(back in 0_i64..1_000_000) {
            let mut bucket = Bucket::restored(PORTAL, 45.0, 1_000_000);
            prop_assert!(bucket.take(1_000_000 - back).is_err());
        }
    }
}
