//! Whether this node can do its work: its workers turn, there is room to write, nobody told it to stop.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A worker that has not turned for so long does not work: each turns every second when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// Less free room than this, in bytes, is too little: SQLite's log may grow as large.
const ROOM: u64 = 50 * 1024 * 1024;

/// A worker without which nothing is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heart {
    /// Reads receipts.
    Reader,
    /// Sends couriers out.
    Dispatcher,
}

/// How the folder of the database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// So many bytes are free, and a file was written.
    Free(u64),
    /// Nothing can be written there.
    Shut,
}

/// Why this node is not ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was told to stop.
    Stopping,
    /// A worker has not turned for so long.
    Late(Heart, Duration),
    /// So many bytes are left to write.
    Full(u64),
    /// The folder of the database takes no file.
    Shut,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopping => out.write_str("the server is stopping"),
            Self::Late(heart, since) => {
                let name = match heart {
                    Heart::Reader => "the reader of receipts",
                    Heart::Dispatcher => "the dispatcher of deliveries",
                };
                write!(out, "{name} has not turned for {} s", since.as_secs())
            }
            Self::Full(free) => write!(out, "the disk is almost full: {} MB are free", free >> 20),
            Self::Shut => out.write_str("the folder of the database cannot be written"),
        }
    }
}

/// The node's pulse. Cheap to clone. Time is the process's own: a clock that steps changes nothing.
#[derive(Clone)]
pub struct Pulse(Arc<Inner>);

struct Inner {
    born: Instant,
    /// Milliseconds after `born`.
    reader: AtomicU64,
    dispatcher: AtomicU64,
    stopping: AtomicBool,
    /// None where the database is elsewhere, and until somebody has looked.
    room: Mutex<Option<Room>>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self(Arc::new(Inner {
            born: Instant::now(),
            reader: AtomicU64::new(0),
            dispatcher: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            room: Mutex::new(None),
        }))
    }
}

impl Pulse {
    /// A worker turns.
    pub fn beat(&self, heart: Heart) {
        self.beat_of(heart).store(self.age(), Ordering::Relaxed);
    }

    /// From now on this node takes nothing new: whoever sends it requests is to send them elsewhere.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// Somebody looked at the folder of the database.
    pub fn room(&self, room: Room) {
        *self.0.room.lock().unwrap_or_else(PoisonError::into_inner) = Some(room);
    }

    /// Everything for which this node is not ready.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults_at(self.age())
    }

    fn faults_at(&self, age: u64) -> Vec<Fault> {
        let stopping = self.0.stopping.load(Ordering::Relaxed);
        let late = |heart| {
            let since = age.saturating_sub(self.beat_of(heart).load(Ordering::Relaxed));
            let since = Duration::from_millis(since);
            (since > PATIENCE).then_some(Fault::Late(heart, since))
        };
        let room = *self.0.room.lock().unwrap_or_else(PoisonError::into_inner);
        let room = room.and_then(|room| match room {
            Room::Free(free) => (free < ROOM).then_some(Fault::Full(free)),
            Room::Shut => Some(Fault::Shut),
        });
        let faults = [
            stopping.then_some(Fault::Stopping),
            late(Heart::Reader),
            late(Heart::Dispatcher),
            room,
        ];
        faults.into_iter().flatten().collect()
    }

    fn beat_of(&self, heart: Heart) -> &AtomicU64 {
        match heart {
            Heart::Reader => &self.0.reader,
            Heart::Dispatcher => &self.0.dispatcher,
        }
    }

    fn age(&self) -> u64 {
        u64::try_from(self.0.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_that_is_wrong_is_named() {
        let pulse = Pulse::default();
        assert_eq!(pulse.faults(), []);
        pulse.0.reader.store(5_000, Ordering::Relaxed);
        let late = Fault::Late(Heart::Dispatcher, Duration::from_secs(31));
        assert_eq!(pulse.faults_at(31_000), [late]);
        pulse.room(Room::Free(60 << 20));
        assert_eq!(pulse.faults_at(0), []);
        pulse.room(Room::Free(49 << 20));
        assert_eq!(pulse.faults_at(0), [Fault::Full(49 << 20)]);
        pulse.room(Room::Shut);
        pulse.stop();
        let words = pulse
            .faults_at(0)
            .iter()
            .map(Fault::to_string)
            .collect::<Vec<_>>();
        let expected = [
            "the server is stopping",
            "the folder of the database cannot be written",
        ];
        assert_eq!(words, expected);
        assert_eq!(
            late.to_string(),
            "the dispatcher of deliveries has not turned for 31 s"
        );
    }
}
