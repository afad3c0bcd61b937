//! Many people talking at once, both ways, and the checker of what became of it: every customer's message is in its
//! chat once and in order, every operator's has reached its customer once and in order. The one exception is counted: a
//! text whose answer was lost and of which no status came in time goes out again, before the next one.

use crate::{Chat, World, facts, until_within};
use serde_json::{Value, json};

/// How long thousands may take on a slow machine, in seconds.
const LONG: u64 = 240;

/// Texts both ways at a steady pace.
#[derive(Clone, Debug)]
pub struct Load {
    inbound: usize,
    outbound: usize,
    conversations: usize,
    /// Texts a second, for each direction.
    per_second: f64,
    prefix: String,
    /// 0 is the first portal.
    portal: usize,
    unknown_wait: u32,
    long: u64,
}

impl Load {
    /// So many texts from customers and to customers, by turns in so many conversations.
    pub fn new(inbound: usize, outbound: usize, conversations: usize, per_second: f64) -> Self {
        Self {
            inbound,
            outbound,
            conversations,
            per_second,
            prefix: "load".to_string(),
            portal: 0,
            // What Meta took without its answer being read is settled by its status; under load the status may be
            // behind others for longer than the few seconds that do for single texts.
            unknown_wait: if inbound > 1000 { 45 } else { 20 },
            long: LONG,
        }
    }

    /// A load that lasts so many seconds.
    pub fn lasting(seconds: u64, conversations: usize, per_second: f64) -> Self {
        let texts = (seconds as f64 * per_second) as usize;
        Self::new(texts, texts, conversations, per_second)
    }

    /// The same with other words, so that several can be told apart.
    pub fn named(self, prefix: &str) -> Self {
        Self {
            prefix: prefix.to_string(),
            ..self
        }
    }

    /// The same at a further portal of the plan.
    pub fn at_portal(self, portal: usize) -> Self {
        Self { portal, ..self }
    }

    /// The same with more time to arrive, in seconds.
    pub fn within(self, seconds: u64) -> Self {
        Self {
            long: LONG + seconds,
            ..self
        }
    }

    /// How many texts there are, both ways together.
    pub fn total(&self) -> usize {
        self.inbound + self.outbound
    }

    /// Starts every node again with patience for lost answers, then the talks.
    pub async fn start(&self, world: &mut World) {
        let wait = self.unknown_wait.to_string();
        world.restart_with("THOTH_UNKNOWN_WAIT", &wait).await;
        self.begin(world).await;
    }

    /// Starts the talks.
    pub async fn begin(&self, world: &World) {
        // Bitrix24 repeats no event. Here it must, or what nobody took while THOTH was down would be
        // missing by right, and a loss of ours could not be told from it.
        let repeat = json!({ "events": { "retry": true } });
        world.sandbox.faults(repeat).await;
        let load = json!({
            "inbound": self.inbound, "outbound": self.outbound, "conversations": self.conversations,
            "per_second": self.per_second, "prefix": self.prefix, "phone_id": self.phone(), "portal": self.member(),
            "line": facts::LINE, "connector": facts::CONNECTOR,
        });
        world.sandbox.post("/api/load", load).await;
    }

    fn phone(&self) -> String {
        match self.portal {
            0 => facts::PHONE.to_string(),
            number => facts::phone(number),
        }
    }

    fn member(&self) -> String {
        match self.portal {
            0 => facts::MEMBER.to_string(),
            number => facts::member(number),
        }
    }

    /// How many texts have arrived in the whole world, both ways together.
    pub async fn arrived(&self, world: &World) -> usize {
        let stats = world.sandbox.get("/api/stats").await;
        let count = |pointer: &str| {
            stats
                .pointer(pointer)
                .and_then(Value::as_u64)
                .unwrap_or_default()
        };
        usize::try_from(count("/world/chat_messages_in") + count("/world/phone_messages_in"))
            .unwrap_or_default()
    }

    /// Waits until so many have arrived in the whole world.
    pub async fn wait_for(&self, world: &World, least: usize) {
        until_within(self.long, &format!("{least} texts"), async || {
            retry(world).await;
            let arrived = self.arrived(world).await;
            if arrived >= least {
                Ok(())
            } else {
                Err(arrived.to_string())
            }
        })
        .await;
    }

    fn texts(&self, direction: &str, total: usize, number: usize) -> Vec<String> {
        let count = total / self.conversations + usize::from(number < total % self.conversations);
        (0..count)
            .map(|index| format!("{} {direction} c{number} #{index}", self.prefix))
            .collect()
    }

    /// What every conversation holds of this load: what was shown to operators, what customers got, the chat.
    async fn found(&self, world: &World) -> Vec<Found> {
        let chats = world.sandbox.chats_of(&self.member()).await;
        let path = format!("/api/phone?phone={}", self.phone());
        let talks = world.sandbox.get(&path).await;
        let talks = talks.as_array().cloned().unwrap_or_default();
        let ours = |text: &String, way: &str| text.starts_with(&format!("{} {way} ", self.prefix));
        let found = (0..self.conversations).map(|number| {
            let external = format!("+7999{number:07}");
            let chat = chats.iter().find(|chat| chat.external == external);
            let shown = chat.map(|chat| chat.texts("in")).unwrap_or_default();
            let customer = format!("load-{number}");
            let talk = talks
                .iter()
                .find(|talk| talk["customer"] == customer.as_str());
            let heard = talk.and_then(|talk| talk["messages"].as_array());
            let heard = heard.into_iter().flatten();
            let heard = heard.filter(|message| message["from"] == "business");
            let got = heard.filter_map(|message| message["text"].as_str().map(str::to_string));
            Found {
                shown: shown.into_iter().filter(|text| ours(text, "in")).collect(),
                got: got.filter(|text| ours(text, "out")).collect(),
                chat: chat.cloned(),
            }
        });
        found.collect()
    }

    /// Waits until every text has arrived; what is out of order or too much shows at once.
    pub async fn arrive(&self, world: &World) {
        let what = format!("all of {} at portal {}", self.prefix, self.portal);
        until_within(self.long, &what, async || {
            retry(world).await;
            let mut missing = 0;
            for (number, found) in self.found(world).await.iter().enumerate() {
                for (way, total, texts) in [
                    ("in", self.inbound, &found.shown),
                    ("out", self.outbound, &without_doubles(&found.got)),
                ] {
                    let wanted = self.texts(way, total, number);
                    assert!(
                        wanted.starts_with(texts),
                        "conversation {number}, {way}: each once and in order, not {}",
                        odd_part(&wanted, texts)
                    );
                    missing += wanted.len() - texts.len();
                }
            }
            if missing == 0 {
                Ok(())
            } else {
                Err(format!("{missing} are missing"))
            }
        })
        .await;
    }

    /// Nothing of it has been shown to operators.
    pub async fn is_unseen(&self, world: &World) -> bool {
        let found = self.found(world).await;
        found.iter().all(|found| found.shown.is_empty())
    }

    /// Every text is there once and in order, in every conversation, when all has settled; every answer has its tick,
    /// and nothing is left over in THOTH.
    pub async fn check(&self, world: &World) {
        self.arrive(world).await;
        world.settled_within(self.long).await;
        self.arrive(world).await;
        let mut doubles = 0;
        for (number, found) in self.found(world).await.into_iter().enumerate() {
            doubles += found.got.len() - without_doubles(&found.got).len();
            let answers = found.chat.iter().flat_map(|chat| &chat.messages);
            let unticked = answers
                .filter(|message| message.direction == "out" && message.status != "delivered");
            assert_eq!(
                unticked.count(),
                0,
                "every answer to customer {number} has its tick"
            );
        }
        let repeated = "SELECT MIN(a.outcome) FROM attempt a JOIN delivery d ON d.id = a.delivery_id \
                        WHERE a.outcome = 'not_there' AND d.direction = 'to_whatsapp' GROUP BY a.delivery_id";
        let repeated = world.database.texts(repeated).await.len();
        if doubles > 0 {
            eprintln!(
                "{doubles} texts went out twice, of {repeated} whose answer was lost and whose status did not come"
            );
        }
        assert!(
            doubles <= repeated,
            "{doubles} texts went out twice without need"
        );
        if let Some(deadlocks) = world.database.deadlocks().await {
            eprintln!("{deadlocks} deadlocks so far");
        }
        let odd = "SELECT kind || ' ' || state || ' ' || COALESCE(error_code, '-') FROM delivery WHERE state <> 'delivered'";
        let odd = world.database.texts(odd).await;
        assert!(odd.is_empty(), "{odd:?}");
        let odd = "SELECT COALESCE(note, state) FROM receipt WHERE state <> 'understood'";
        let odd = world.database.texts(odd).await;
        assert!(odd.is_empty(), "{odd:?}");
    }
}

/// What one conversation holds.
struct Found {
    shown: Vec<String>,
    got: Vec<String>,
    chat: Option<Chat>,
}

/// Whoever waits before a retry tries now: a status must not be late only because the sandbox is patient.
async fn retry(world: &World) {
    world.sandbox.post("/api/webhook/retry", json!({})).await;
}

/// The same without repetitions of the one before.
fn without_doubles(texts: &[String]) -> Vec<String> {
    let mut texts = texts.to_vec();
    texts.dedup();
    texts
}

/// Where what was found leaves what was wanted.
fn odd_part(wanted: &[String], found: &[String]) -> String {
    let same = wanted.iter().zip(found).take_while(|(a, b)| a == b);
    let from = same.count();
    let until = (from + 4).min(found.len());
    format!(
        "after {from}: {:?}",
        found.get(from..until).unwrap_or_default()
    )
}
