//! The log: every request in with its verdict, every delivery out with its attempts.

use crate::words::now_ms;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

const KEPT: usize = 3000;

/// A request that came in.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub id: u64,
    /// Unix milliseconds.
    pub at: i64,
    /// graph, portal, oauth.
    pub target: &'static str,
    /// Method and path, or the REST method.
    pub what: String,
    pub status: u16,
    /// ok, refused, or the fault that was played.
    pub verdict: &'static str,
    /// The error code that was answered.
    pub code: String,
    pub warnings: Vec<String>,
}

/// One try to deliver something.
#[derive(Debug, Clone, Serialize)]
pub struct Attempt {
    pub at: i64,
    /// HTTP status, or what went wrong.
    pub outcome: String,
}

/// Something the sandbox sends: a webhook or an event.
#[derive(Debug, Clone, Serialize)]
pub struct Delivery {
    pub id: u64,
    pub at: i64,
    /// webhook or event.
    pub kind: &'static str,
    /// What it carries, in words.
    pub label: String,
    /// waiting, taken, given up.
    pub state: &'static str,
    pub attempts: Vec<Attempt>,
    pub tries: u64,
}

/// The log with its counts.
#[derive(Debug, Default)]
pub struct Journal {
    next: u64,
    pub entries: VecDeque<Entry>,
    pub deliveries: VecDeque<Delivery>,
    /// Counts by name; they never shrink.
    pub counts: BTreeMap<String, u64>,
}

impl Journal {
    /// Adds one to a count.
    pub fn count(&mut self, name: &str) {
        match self.counts.get_mut(name) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(name.to_string(), 1);
            }
        }
    }

    /// Writes down a request.
    pub fn write(
        &mut self,
        target: &'static str,
        what: String,
        status: u16,
        verdict: &'static str,
        code: &str,
        warnings: Vec<String>,
    ) {
        self.next += 1;
        self.count(&format!("{target}.{verdict}"));
        if !code.is_empty() {
            self.count(&format!("{target}.code.{code}"));
        }
        for _ in &warnings {
            self.count(&format!("{target}.warnings"));
        }
        if self.entries.len() >= KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            id: self.next,
            at: now_ms(),
            target,
            what,
            status,
            verdict,
            code: code.to_string(),
            warnings,
        });
    }

    /// Opens a delivery and tells its id.
    pub fn delivery_open(&mut self, kind: &'static str, label: String) -> u64 {
        self.next += 1;
        self.count(&format!("{kind}.queued"));
        if self.deliveries.len() >= KEPT {
            self.deliveries.pop_front();
        }
        self.deliveries.push_back(Delivery {
            id: self.next,
            at: now_ms(),
            kind,
            label,
            state: "waiting",
            attempts: Vec::new(),
            tries: 0,
        });
        self.next
    }

    /// Writes down an attempt; the last ten are kept.
    pub fn delivery_attempt(&mut self, id: u64, kind: &str, state: &'static str, outcome: String) {
        self.count(&format!("{kind}.attempts"));
        if state != "waiting" {
            self.count(&format!("{kind}.{}", state.replace(' ', "_")));
        }
        let found = self.deliveries.iter_mut().rev().find(|it| it.id == id);
        let Some(delivery) = found else { return };
        delivery.state = state;
        delivery.tries += 1;
        if delivery.attempts.len() >= 10 {
            delivery.attempts.remove(0);
        }
        delivery.attempts.push(Attempt {
            at: now_ms(),
            outcome,
        });
    }
}
