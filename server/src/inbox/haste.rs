//! Accepting comes before reading: when webhooks wait for their answer in a crowd, the reader makes room for the door
//! and catches up when the rush is over. Meta gives an answer a few seconds and repeats what had none; what is
//! accepted waits without harm. Pure.
//!
//! Whether room is what the crowd waits for is found out by making some: the door is faster then, or it is not, and the
//! crowd waits for something else, as for the disk. What comes cannot tell: beside a reader that works, no more comes
//! than it lets through.

use std::time::Duration;

/// The first rest of a rush, and the longest: each is twice as long as the one before.
const REST: (Duration, Duration) = (Duration::from_millis(100), Duration::from_millis(400));

/// The same in turns of the reader. A turn keeps the door from writing, on a slow machine for longer: there the same
/// rests would leave it far less of the time.
const REST_IN_TURNS: (u32, u32) = (2, 10);

/// No rest is longer, whatever a turn took.
const LONGEST: Duration = Duration::from_secs(2);

/// The door is looked at for so long at least before it is judged: a turn may be shorter than a group of receipts.
const LOOK: Duration = Duration::from_millis(100);

/// How many must wait at the door at once, on average, to be a crowd: an answer takes some milliseconds, so
/// fewer wait as long as the door keeps up with thousands in a second.
const CROWD: f64 = 16.0;

/// How many are still a crowd while room is made for them: the door is faster then, so fewer wait.
const REST_OF_CROWD: f64 = 8.0;

/// Room helps when the door is faster by this factor with it.
const HELPS: f64 = 1.25;

/// Where it did not help, it is not tried again before this has passed.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the door has done since the process began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DoorTime {
    /// Receipts that are durable.
    pub written: u64,
    /// How long all of them together have waited for that.
    pub waited: Duration,
}

/// What was seen of the door at a moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// By a time of the reader's own.
    pub at: Duration,
    /// What the door had done by then.
    pub door: DoorTime,
}

impl Look {
    /// Receipts in a second, from here to there.
    fn rate(self, until: Self) -> f64 {
        let written = until.door.written.saturating_sub(self.door.written);
        written as f64 / seconds(until.at.saturating_sub(self.at))
    }

    /// How many waited at once, from here to there: what all waited by the time that passed (Little's law).
    fn crowd(self, until: Self) -> f64 {
        let waited = until.door.waited.saturating_sub(self.door.waited);
        waited.as_secs_f64() / seconds(until.at.saturating_sub(self.at))
    }
}

/// What the reader knows of the door's haste.
#[derive(Debug, Default)]
pub(super) struct Haste {
    /// When it was judged last, at the end of a turn.
    last: Look,
    /// The rest after that; nothing when there was no rush.
    rest: Duration,
    /// What the door wrote in a second before room was made for it.
    before: f64,
    /// Until then no room is made.
    patience: Duration,
}

impl Haste {
    /// How long to rest after a turn; nothing when there is no rush.
    pub fn rest(&mut self, began: Look, ended: Look) -> Duration {
        let rested = !self.rest.is_zero();
        if !rested && ended.at.saturating_sub(self.last.at) < LOOK {
            return Duration::ZERO;
        }
        let crowd = self.last.crowd(ended);
        let is_rush = if rested {
            let helps = self.last.rate(began) > self.before * HELPS;
            if !helps {
                self.patience = ended.at + PATIENCE;
            }
            helps && crowd > REST_OF_CROWD
        } else {
            self.before = self.last.rate(ended);
            crowd > CROWD && ended.at >= self.patience
        };
        self.last = ended;
        self.rest = if is_rush {
            longer(self.rest, ended.at.saturating_sub(began.at))
        } else {
            Duration::ZERO
        };
        self.rest
    }
}

/// The rest after this one.
fn longer(rest: Duration, turn: Duration) -> Duration {
    let first = REST.0.max(turn * REST_IN_TURNS.0);
    let longest = REST.1.max(turn * REST_IN_TURNS.1);
    (rest * 2).clamp(first, longest).min(LONGEST)
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64().max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    /// A door and a reader beside it, whose turns take so long.
    struct Beside {
        haste: Haste,
        now: Look,
        took: Duration,
    }

    impl Beside {
        fn turns_of(took: Duration) -> Self {
            Self {
                haste: Haste::default(),
                now: Look::default(),
                took,
            }
        }

        fn comes(&mut self, time: Duration, (rate, each): (u64, u64)) {
            let came = rate * u64::try_from(time.as_millis()).unwrap() / 1000;
            self.now.door.written += came;
            self.now.door.waited += ms(each * came);
            self.now.at += time;
        }

        /// A rest and a turn, in each of which so many come in a second and each waits so many milliseconds.
        fn rest(&mut self, resting: (u64, u64), working: (u64, u64)) -> Duration {
            self.comes(self.haste.rest, resting);
            let began = self.now;
            self.comes(self.took, working);
            self.haste.rest(began, self.now)
        }

        fn rests<const N: usize>(
            &mut self,
            resting: (u64, u64),
            working: (u64, u64),
        ) -> [Duration; N] {
            [(); N].map(|()| self.rest(resting, working))
        }
    }

    /// 32 who wait come as fast as they are let through: no more of them than are read, and many more with room.
    const CLOSED: ((u64, u64), (u64, u64)) = ((10_000, 3), (2_000, 16));

    #[test]
    fn a_rush_makes_more_and_more_room_and_its_end_ends_it() {
        let (resting, working) = CLOSED;
        let mut beside = Beside::turns_of(ms(40));
        let rests = beside.rests(resting, working);
        assert_eq!(rests, [0, 0, 100, 200, 400, 400, 400].map(ms));
        // Fewer wait because room is made: it is still the same rush.
        assert_eq!(beside.rest((10_000, 1), working), ms(400));
        // As many as before, and nobody waits: the door has time.
        assert_eq!(beside.rest((10_000, 0), (2_000, 2)), ms(0));
        // The next one begins as the first.
        let rests = beside.rests(resting, working);
        assert_eq!(rests, [0, 0, 100, 200, 400].map(ms));
        // Nobody comes any more.
        assert_eq!(beside.rest((0, 0), (0, 0)), ms(0));
        assert_eq!(beside.rests((0, 0), (0, 0)), [ms(0); 100]);
    }

    #[test]
    fn short_turns_are_looked_at_together_and_long_ones_earn_longer_rests() {
        let (resting, working) = CLOSED;
        let rests = Beside::turns_of(ms(15)).rests(resting, working);
        assert_eq!(rests, [0, 0, 0, 0, 0, 0, 100, 200, 400, 400].map(ms));
        let rests = Beside::turns_of(ms(150)).rests(resting, working);
        assert_eq!(rests, [300, 600, 1200, 1500, 1500].map(ms));
        let rests = Beside::turns_of(ms(900)).rests(resting, working);
        assert_eq!(rests, [1800, 2000, 2000].map(ms));
    }

    #[test]
    fn who_waits_for_something_else_is_made_room_for_once_in_a_while() {
        let slow_disk = (1_800, 12);
        let mut beside = Beside::turns_of(ms(40));
        let mut rested = ms(0);
        for _ in 0..1000 {
            rested += beside.rest(slow_disk, slow_disk);
        }
        let part = rested.as_secs_f64() / beside.now.at.as_secs_f64();
        assert!(part > 0.0 && part < 0.06, "{part}");
        // And it is seen when they come to wait for room.
        let mut rests = [(); 60].map(|()| beside.rest(CLOSED.0, CLOSED.1));
        rests.sort_unstable();
        assert_eq!(rests.last(), Some(&ms(400)));
    }
}
