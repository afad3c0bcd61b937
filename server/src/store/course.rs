//! What a transaction remembers while it is open: why it writes, what happened in it, and what it has to do at its end.

use super::Txn;
use super::line_work::LineWork;
use crate::outbox::Cause;
use crate::telemetry::{Fact, Tally, name};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The course of a transaction. What it noted counts when it is committed, and never when it is not.
pub(super) struct Course {
    tally: Tally,
    began: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    cause: Option<Cause>,
    facts: Vec<Fact>,
    lines: LineWork,
}

impl Course {
    /// Of a transaction that begins now and was waited for since `asked`.
    pub fn begin(tally: Tally, asked: Instant) -> Self {
        let began = Instant::now();
        metrics::histogram!(name::DATABASE_WAIT).record(began.duration_since(asked));
        Self {
            tally,
            began,
            state: Mutex::default(),
        }
    }

    /// It was committed since `asked`: what was noted counts.
    pub fn end(self, asked: Instant) {
        metrics::histogram!(name::DATABASE_COMMIT).record(asked.elapsed());
        metrics::histogram!(name::DATABASE_TRANSACTION).record(self.began.elapsed());
        let state = self.state.into_inner();
        for fact in state.unwrap_or_else(PoisonError::into_inner).facts {
            self.tally.add(&fact);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Txn {
    /// From now on deliveries are written because of this receipt, until something else is said.
    pub fn caused_by(&self, cause: Option<Cause>) {
        self.2.state().cause = cause;
    }

    /// The receipt because of which deliveries are written now.
    pub fn cause(&self) -> Option<Cause> {
        self.2.state().cause
    }

    /// Changes what is to be done to lines before this transaction is committed.
    pub(super) fn line_work<T>(&self, change: impl FnOnce(&mut LineWork) -> T) -> T {
        change(&mut self.2.state().lines)
    }

    /// Counts it when this transaction is committed.
    pub(super) fn note(&self, fact: Fact) {
        self.2.state().facts.push(fact);
    }
}
