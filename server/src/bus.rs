//! Short words between the rooms of one process: "there is something to do", "something changed".
//! Nothing is lost when a word is: every listener also looks by itself from time to time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

/// What changed, for pages that keep themselves up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Deliveries came, went or failed.
    Deliveries,
    /// A WABA, its token or its numbers changed.
    Wabas,
    /// A phone, its line or its health changed.
    Phones,
    /// A portal, its app or its tokens changed.
    Portals,
    /// Templates were read, or Meta said something of one.
    Templates,
    /// A call began or ended, or somebody may be called.
    Calls,
    /// Somebody's account changed.
    People,
    /// Counts and health on the overview changed.
    Overview,
}

/// A change that the pages of one owner (and of admins) may show.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Whose things changed.
    pub owner: Uuid,
    /// Which of them.
    pub topic: Topic,
}

/// The words' carrier. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    receipts: Arc<Notify>,
    errands: Arc<Notify>,
    deliveries: broadcast::Sender<Uuid>,
    changes: broadcast::Sender<Change>,
    version: Arc<AtomicU64>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            receipts: Arc::new(Notify::new()),
            errands: Arc::new(Notify::new()),
            deliveries: broadcast::channel(1024).0,
            changes: broadcast::channel(256).0,
            version: Arc::default(),
        }
    }
}

impl Bus {
    /// A receipt waits to be read.
    pub fn receipt_came(&self) {
        self.receipts.notify_one();
    }

    /// Returns when a receipt may wait.
    pub async fn receipts(&self) {
        self.receipts.notified().await;
    }

    /// An errand waits to be run.
    pub fn errand_came(&self) {
        self.errands.notify_one();
    }

    /// Returns when an errand may wait.
    pub async fn errands(&self) {
        self.errands.notified().await;
    }

    /// A delivery to this portal or phone waits to be carried.
    pub fn delivery_came(&self, target: Uuid) {
        // No courier yet is no error: the dispatcher looks by itself.
        let _ = self.deliveries.send(target);
    }

    /// Hears for whom deliveries come from now on.
    pub fn deliveries(&self) -> broadcast::Receiver<Uuid> {
        self.deliveries.subscribe()
    }

    /// Tells the pages, and whoever remembers something of it.
    pub fn changed(&self, owner: Uuid, topic: Topic) {
        match topic {
            Topic::Wabas | Topic::Phones | Topic::People => {
                self.version.fetch_add(1, Ordering::Release);
            }
            Topic::Deliveries
            | Topic::Portals
            | Topic::Templates
            | Topic::Calls
            | Topic::Overview => {}
        }
        self.tell(owner, topic);
    }

    /// Tells the pages only: something came or went, and nothing that is remembered changed.
    pub fn tell(&self, owner: Uuid, topic: Topic) {
        // No page open is no error.
        let _ = self.changes.send(Change { owner, topic });
    }

    /// Counts the changes of people, WABAs and phones: what was read at another count may have changed since.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Hears what changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
