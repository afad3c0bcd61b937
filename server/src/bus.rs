//! Short words between the rooms of one process: "there is something to do", "something changed".
//! Nothing is lost when a word is: every listener also looks by itself from time to time.

use std::fmt;
use std::str::FromStr;
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

impl Topic {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Deliveries,
        Self::Wabas,
        Self::Phones,
        Self::Portals,
        Self::Templates,
        Self::Calls,
        Self::People,
        Self::Overview,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::Wabas => "wabas",
            Self::Phones => "phones",
            Self::Portals => "portals",
            Self::Templates => "templates",
            Self::Calls => "calls",
            Self::People => "people",
            Self::Overview => "overview",
        }
    }
}

/// A change that the pages of one owner (and of admins) may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Whose things changed.
    pub owner: Uuid,
    /// Which of them.
    pub topic: Topic,
}

/// A word, as one node says it to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A receipt waits to be read.
    Receipt,
    /// An errand waits to be run.
    Errand,
    /// A delivery to this portal or phone waits to be carried.
    Delivery(Uuid),
    /// Something changed.
    Changed(Change),
    /// Something came or went that only pages show.
    Told(Change),
}

impl fmt::Display for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Receipt => out.write_str("receipt"),
            Self::Errand => out.write_str("errand"),
            Self::Delivery(target) => write!(out, "delivery {target}"),
            Self::Changed(Change { owner, topic }) => {
                write!(out, "changed {owner} {}", topic.as_str())
            }
            Self::Told(Change { owner, topic }) => write!(out, "told {owner} {}", topic.as_str()),
        }
    }
}

impl FromStr for Word {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split(' ').collect();
        let id = |text: &str| text.parse::<Uuid>().map_err(|_| ());
        let change = |owner: &str, name: &str| {
            let topic = Topic::ALL.into_iter().find(|topic| topic.as_str() == name);
            Ok::<_, ()>(Change {
                owner: id(owner)?,
                topic: topic.ok_or(())?,
            })
        };
        match parts.as_slice() {
            ["receipt"] => Ok(Self::Receipt),
            ["errand"] => Ok(Self::Errand),
            ["delivery", target] => Ok(Self::Delivery(id(target)?)),
            ["changed", owner, topic] => Ok(Self::Changed(change(owner, topic)?)),
            ["told", owner, topic] => Ok(Self::Told(change(owner, topic)?)),
            _ => Err(()),
        }
    }
}

/// The words' carrier. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    receipts: Arc<Notify>,
    errands: Arc<Notify>,
    deliveries: broadcast::Sender<Uuid>,
    changes: broadcast::Sender<Change>,
    version: Arc<AtomicU64>,
    /// What other nodes are to hear.
    words: broadcast::Sender<Word>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            receipts: Arc::new(Notify::new()),
            errands: Arc::new(Notify::new()),
            deliveries: broadcast::channel(1024).0,
            changes: broadcast::channel(256).0,
            version: Arc::default(),
            words: broadcast::channel(1024).0,
        }
    }
}

impl Bus {
    /// A receipt waits to be read.
    pub fn receipt_came(&self) {
        self.say(Word::Receipt);
    }

    /// Returns when a receipt may wait.
    pub async fn receipts(&self) {
        self.receipts.notified().await;
    }

    /// An errand waits to be run.
    pub fn errand_came(&self) {
        self.say(Word::Errand);
    }

    /// Returns when an errand may wait.
    pub async fn errands(&self) {
        self.errands.notified().await;
    }

    /// A delivery to this portal or phone waits to be carried.
    pub fn delivery_came(&self, target: Uuid) {
        self.say(Word::Delivery(target));
    }

    /// Hears for whom deliveries come from now on.
    pub fn deliveries(&self) -> broadcast::Receiver<Uuid> {
        self.deliveries.subscribe()
    }

    /// Tells the pages, and whoever remembers something of it.
    pub fn changed(&self, owner: Uuid, topic: Topic) {
        self.say(Word::Changed(Change { owner, topic }));
    }

    /// Tells the pages only: something came or went, and nothing that is remembered changed.
    pub fn tell(&self, owner: Uuid, topic: Topic) {
        self.say(Word::Told(Change { owner, topic }));
    }

    /// Counts the changes of people, WABAs and phones: what was read at another count may have changed since.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Hears what other nodes are to hear.
    pub fn words(&self) -> broadcast::Receiver<Word> {
        self.words.subscribe()
    }

    fn say(&self, word: Word) {
        self.pass_on(word);
        // One node alone has nobody to tell.
        let _ = self.words.send(word);
    }

    /// Tells everybody in this process. Nobody listening is no error: everybody also looks by themselves.
    pub fn pass_on(&self, word: Word) {
        match word {
            Word::Receipt => self.receipts.notify_one(),
            Word::Errand => self.errands.notify_one(),
            Word::Delivery(target) => {
                let _ = self.deliveries.send(target);
            }
            Word::Changed(change) => {
                match change.topic {
                    Topic::Wabas | Topic::Phones | Topic::People => {
                        self.version.fetch_add(1, Ordering::Release);
                    }
                    Topic::Deliveries
                    | Topic::Portals
                    | Topic::Templates
                    | Topic::Calls
                    | Topic::Overview => {}
                }
                let _ = self.changes.send(change);
            }
            Word::Told(change) => {
                let _ = self.changes.send(change);
            }
        }
    }

    /// Hears what changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
