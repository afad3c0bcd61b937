//! How fast a destination may be called: a leaky bucket, pure.
//!
//! The bucket counts once the other side has said "too fast", and for ten minutes after it last
//! did: an installation of Bitrix24 in the company's own cellar has no such limit, and a number
//! may have a higher one. The price is one refused call now and then.
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
pub const PORTAL: Pace = Pace {
    depth: 45.0,
    drain: 2.0,
};

/// WhatsApp's standard throughput of a business number.
pub const PHONE: Pace = Pace {
    depth: 80.0,
    drain: 80.0,
};

/// How long a "too fast" counts, in milliseconds.
const COUNTS: i64 = 10 * 60 * 1000;

/// The least level of a bucket that counts, so that it is known when it is restored.
const TRACE: f64 = 1e-6;

/// A bucket with its level at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pace: Pace,
    level: f64,
    at: i64,
    counts_until: i64,
}

impl Bucket {
    /// A bucket as it was left: `level` at `at` milliseconds. Level 0: it did not count.
    pub fn restored(pace: Pace, level: f64, at: i64) -> Self {
        let counts_until = if level > 0.0 {
            at.saturating_add(COUNTS)
        } else {
            0
        };
        Self {
            pace,
            level: level.clamp(0.0, pace.depth),
            at,
            counts_until,
        }
    }

    /// The level now, to be kept; 0 while the bucket does not count. A clock that steps back drains nothing.
    pub fn level(&self, now: i64) -> f64 {
        if now >= self.counts_until {
            0.0
        } else {
            self.drained(now).max(TRACE)
        }
    }

    fn drained(&self, now: i64) -> f64 {
        let seconds = (now - self.at).max(0) as f64 / 1000.0;
        (self.level - seconds * self.pace.drain).max(0.0)
    }

    /// Whether there is room for one call, else how many milliseconds to wait for it.
    pub fn peek(&self, now: i64) -> Result<(), i64> {
        if now >= self.counts_until {
            return Ok(());
        }
        let over = self.drained(now) + 1.0 - self.pace.depth;
        if over > 0.0 {
            return Err((over / self.pace.drain * 1000.0).ceil().max(1.0) as i64);
        }
        Ok(())
    }

    /// Takes room for one call, or says how many milliseconds to wait for it.
    pub fn take(&mut self, now: i64) -> Result<(), i64> {
        self.peek(now)?;
        self.level = self.drained(now) + 1.0;
        self.at = now.max(self.at);
        Ok(())
    }

    /// The other side says the bucket is full: from now on it counts.
    pub fn fill(&mut self, now: i64) {
        self.level = self.pace.depth;
        self.at = now.max(self.at);
        self.counts_until = now.saturating_add(COUNTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counting(pace: Pace) -> Bucket {
        Bucket::restored(pace, TRACE, 0)
    }

    #[test]
    fn a_full_bucket_says_how_long_to_wait() {
        let mut bucket = counting(Pace {
            depth: 2.5,
            drain: 2.0,
        });
        assert_eq!(bucket.take(0), Ok(()));
        assert_eq!(bucket.take(0), Ok(()));
        assert_eq!(bucket.take(0), Err(251));
        assert_eq!(bucket.take(251), Ok(()));
    }

    #[test]
    fn it_counts_from_the_first_too_fast_on_and_for_a_while() {
        let mut bucket = Bucket::restored(PORTAL, 0.0, 0);
        assert!((0..1000).all(|_| bucket.take(0).is_ok()));
        bucket.fill(5);
        assert!(bucket.take(5).is_err());
        assert!(bucket.level(5) > 0.0);
        assert!(
            bucket.level(COUNTS - 1) > 0.0,
            "what counts is known when it is restored"
        );
        assert_eq!(bucket.level(COUNTS + 5), 0.0);
        assert!((0..1000).all(|_| bucket.take(COUNTS + 5).is_ok()));
    }

    proptest! {
        #[test]
        fn never_more_than_depth_plus_drain(steps in prop::collection::vec(0_i64..400, 1..300)) {
            let pace = Pace { depth: 10.0, drain: 2.0 };
            let mut bucket = counting(pace);
            let mut now = 0;
            let mut taken = 0_u32;
            for step in steps {
                now += step;
                taken += u32::from(bucket.take(now).is_ok());
                let most = pace.depth + now as f64 / 1000.0 * pace.drain;
                prop_assert!(f64::from(taken) <= most + 1e-3);
            }
        }

        #[test]
        fn waiting_as_told_is_enough(level in 0.001_f64..50.0) {
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
