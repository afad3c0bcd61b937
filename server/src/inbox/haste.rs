//! Accepting comes before reading: when webhooks wait for their answer in a crowd, the reader makes room for the door
//! and catches up when the rush is over. Meta gives an answer a few seconds and repeats what had none; what is
//! accepted waits without harm. Pure.

use std::time::Duration;

/// The first rest of a rush, and the longest: each is twice as long as the one before.
const REST: (Duration, Duration) = (Duration::from_millis(100), Duration::from_millis(400));

/// How many must wait at the door at once, on average over a turn, to be a crowd: an answer takes some milliseconds, so
/// fewer wait as long as the door keeps up with thousands in a second.
const CROWD: f64 = 16.0;

/// How many are still a crowd while room is made for them: the door is faster then, so fewer wait.
const REST_OF_CROWD: f64 = 8.0;

/// A crowd is a rush when at least this part of what the reader could read comes: below that it catches up soon, and
/// the crowd waits for something else.
const PART: f64 = 0.8;

/// What the door has done since the process began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DoorTime {
    /// Receipts that are durable.
    pub written: u64,
    /// How long all of them together have waited for that.
    pub waited: Duration,
}

/// What the reader did in a turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Receipts that it read.
    pub read: u64,
    /// How long that took.
    pub took: Duration,
    /// When it ended, by a time of the reader's own.
    pub ended: Duration,
}

/// What the reader knows of the door's haste.
#[derive(Debug, Default)]
pub(super) struct Haste {
    door: DoorTime,
    at: Duration,
    rest: Duration,
}

impl Haste {
    /// How long to rest after a turn; nothing when there is no rush. What all waited by the time that passed is how many
    /// waited at once (Little's law).
    pub fn rest(&mut self, door: DoorTime, turn: Turn) -> Duration {
        let passed = seconds(turn.ended.saturating_sub(self.at));
        let crowd = seconds(door.waited.saturating_sub(self.door.waited)) / passed;
        let comes = door.written.saturating_sub(self.door.written) as f64 / passed;
        let could = turn.read as f64 / seconds(turn.took);
        let enough = if self.rest.is_zero() {
            CROWD
        } else {
            REST_OF_CROWD
        };
        let is_rush = crowd > enough && comes > could * PART;
        (self.door, self.at) = (door, turn.ended);
        self.rest = if is_rush {
            (self.rest * 2).clamp(REST.0, REST.1)
        } else {
            Duration::ZERO
        };
        self.rest
    }
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

    /// So many came in each second, each waited so many milliseconds, and 128 were read in 40 ms.
    struct Door(Haste, DoorTime, Duration);

    impl Door {
        fn rest(&mut self, rate: u64, each: u64) -> Duration {
            let passed = self.0.rest + ms(40);
            let came = rate * u64::try_from(passed.as_millis()).unwrap() / 1000;
            self.1.written += came;
            self.1.waited += ms(each * came);
            self.2 += passed;
            let turn = Turn {
                read: 128,
                took: ms(40),
                ended: self.2,
            };
            self.0.rest(self.1, turn)
        }
    }

    #[test]
    fn a_rush_makes_more_and_more_room_and_its_end_ends_it() {
        let mut door = Door(Haste::default(), DoorTime::default(), ms(0));
        let rests: Vec<_> = (0..5).map(|_| door.rest(3_400, 9)).collect();
        assert_eq!(rests, [100, 200, 400, 400, 400].map(ms));
        // Room was made, so fewer wait: it is still the same rush.
        assert_eq!(door.rest(10_000, 1), ms(400));
        // As many as before, and nobody waits: the door has time.
        assert_eq!(door.rest(3_400, 2), ms(0));
        assert_eq!(door.rest(3_400, 9), ms(100));
        // A crowd that is less than what can be read waits for something else, as for the disk.
        assert_eq!(door.rest(1_800, 12), ms(0));
    }
}
