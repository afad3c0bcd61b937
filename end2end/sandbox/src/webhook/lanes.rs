//! One queue per conversation. A queue is worked by one task, so its order holds through retries.

use super::post;
use crate::state::{Sandbox, Shared};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, Semaphore};

/// What a job carries.
#[derive(Debug, Clone)]
pub enum Load {
    /// A webhook of this app, about this WABA; address and signature are made at each attempt.
    Webhook {
        app: String,
        waba: String,
        field: String,
        body: String,
    },
    /// A form-encoded event of a portal.
    Event { url: String, body: String },
}

/// What to change when a job is done.
#[derive(Debug, Clone)]
pub enum Then {
    /// A customer's message was taken: two grey ticks on their phone.
    CustomerMessages {
        customer: String,
        phone_id: String,
        wamids: Vec<String>,
    },
    /// An operator's messages were taken by the handler, or were lost.
    OperatorMessages {
        member_id: String,
        chat: i64,
        messages: Vec<i64>,
    },
}

/// Something to send.
#[derive(Debug, Clone)]
pub struct Job {
    pub delivery: u64,
    pub load: Load,
    pub retry: bool,
    pub then: Option<Then>,
    pub generation: u64,
}

/// All queues.
pub struct Lanes {
    queues: Mutex<HashMap<String, VecDeque<Job>>>,
    /// How many attempts run at once.
    pub permits: Semaphore,
    /// Wakes everyone who waits before a retry.
    pub wake: Notify,
}

impl Lanes {
    /// Empty queues with room for so many attempts at once.
    pub fn new(parallel: usize) -> Self {
        Self {
            queues: Mutex::default(),
            permits: Semaphore::new(parallel.clamp(1, 1000)),
            wake: Notify::new(),
        }
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Job>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets everything that waits.
    pub fn clear(&self) {
        for queue in self.queues().values_mut() {
            queue.clear();
        }
        self.wake.notify_waiters();
    }

    /// How many wait, those in flight not counted.
    pub fn waiting(&self) -> usize {
        self.queues().values().map(VecDeque::len).sum()
    }

    /// How many conversations have something under way.
    pub fn busy(&self) -> usize {
        self.queues().len()
    }

    fn take(&self, key: &str) -> Option<Job> {
        let mut queues = self.queues();
        let job = queues.get_mut(key).and_then(VecDeque::pop_front);
        if job.is_none() {
            queues.remove(key);
        }
        job
    }
}

impl Sandbox {
    /// Puts a job at the end of its conversation's queue.
    pub fn lane_push(self: &Shared, key: String, job: Job) {
        {
            let mut queues = self.lanes.queues();
            if let Some(queue) = queues.get_mut(&key) {
                queue.push_back(job);
                return;
            }
            queues.insert(key.clone(), VecDeque::from([job]));
        }
        let shared = self.clone();
        tokio::spawn(async move {
            while let Some(job) = shared.lanes.take(&key) {
                post::deliver(&shared, job).await;
            }
        });
    }
}
