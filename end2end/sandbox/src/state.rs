//! What all rooms share: the world, the switches, the log, the live channel, the sender's lanes.

use crate::faults::Faults;
use crate::journal::Journal;
use crate::listen::Ports;
use crate::setup::Setup;
use crate::webhook::Lanes;
use crate::world::World;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// The sandbox, shared by every listener.
pub type Shared = Arc<Sandbox>;

/// All state of one sandbox. Locks are held for moments and never over an await.
pub struct Sandbox {
    world: Mutex<World>,
    faults: Mutex<Faults>,
    journal: Mutex<Journal>,
    setup: Mutex<Setup>,
    /// Notices for the live pages, as JSON text.
    pub live: broadcast::Sender<Arc<str>>,
    /// For webhooks and events.
    pub http: reqwest::Client,
    /// One queue per conversation.
    pub lanes: Lanes,
    /// Who listens where.
    pub ports: Ports,
    generation: AtomicU64,
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sandbox {
    /// A sandbox that holds the setup and listens nowhere yet.
    pub fn new(setup: Setup) -> anyhow::Result<Shared> {
        // Answers "already installed" when another part of the process did it first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(64)
            .user_agent("thoth-sandbox")
            .no_proxy()
            .build()?;
        Ok(Arc::new(Self {
            lanes: Lanes::new(setup.behaviour.parallel),
            world: Mutex::new(World::build(&setup)),
            faults: Mutex::default(),
            journal: Mutex::default(),
            setup: Mutex::new(setup),
            live: broadcast::channel(4096).0,
            http,
            ports: Ports::default(),
            generation: AtomicU64::new(1),
        }))
    }

    /// Looks at or changes the world.
    pub fn world<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        look(&mut open(&self.world))
    }

    /// Looks at or changes the switches.
    pub fn faults<R>(&self, look: impl FnOnce(&mut Faults) -> R) -> R {
        look(&mut open(&self.faults))
    }

    /// Reads or writes the log.
    pub fn journal<R>(&self, look: impl FnOnce(&mut Journal) -> R) -> R {
        look(&mut open(&self.journal))
    }

    /// The setup the world was last built from.
    pub fn setup(&self) -> Setup {
        open(&self.setup).clone()
    }

    /// Replaces the world and forgets switches, log and everything still to be sent.
    pub fn replace(&self, setup: Setup) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.lanes.clear();
        *open(&self.world) = World::build(&setup);
        *open(&self.faults) = Faults::default();
        *open(&self.journal) = Journal::default();
        *open(&self.setup) = setup;
        self.tell(json!({ "topic": "all" }));
    }

    /// Which world this is; work begun for an older one is dropped.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Sends a notice to the open pages; nobody listening is fine.
    pub fn tell(&self, notice: Value) {
        let _ = self.live.send(notice.to_string().into());
    }

    /// A talk on WhatsApp changed.
    pub fn tell_talk(&self, customer: &str, phone_id: &str) {
        self.tell(json!({ "topic": "talk", "customer": customer, "phone": phone_id }));
    }

    /// A chat in a portal changed.
    pub fn tell_chat(&self, member_id: &str, chat: i64) {
        self.tell(json!({ "topic": "chat", "portal": member_id, "chat": chat }));
    }
}
