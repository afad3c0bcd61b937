//! `thoth queue`: what waits and what has died, replays, discards, holds, from the command line.
//!
//! A server that runs meanwhile, here or on another node, does what is written within a second, and tells the pages that
//! are open within ten.

use super::say;
use crate::bus::Bus;
use crate::clock::Clock;
use crate::config::Config;
use crate::outbox::DestinationKind;
use crate::queue::{Act, Order, QueueDesk, REASON_LENGTH_MAX};
use crate::store::views::Slice;
use crate::store::{Actor, DeathCause, DestinationView, Scope};
use anyhow::Context;
use app::model::{DeliveryId, DestinationId, UserId};
use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Subcommand)]
pub(super) enum QueueCommand {
    /// List destinations with what waits for them, and dead letters by their cause
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Put dead letters back at the end of their conversations' queues
    Replay {
        #[command(flatten)]
        which: Which,
        /// To the line of this number, or from this number, in place of their own
        #[arg(long)]
        to: Option<String>,
    },
    /// Put dead letters away
    Discard {
        #[command(flatten)]
        which: Which,
        /// Why; it stands in the history of each
        #[arg(long)]
        reason: String,
    },
    /// Let nothing leave for a portal or a number any more
    Pause {
        #[command(flatten)]
        destination: Destination,
        /// Why; it is shown to everybody who looks
        #[arg(long)]
        reason: String,
    },
    /// Let a portal or a number that was paused go on
    Resume {
        #[command(flatten)]
        destination: Destination,
    },
}

/// Dead letters by their ids, or all that died like one of them.
#[derive(clap::Args)]
pub(super) struct Which {
    /// Ids of deliveries, as the panel prints them: dlv_...
    #[arg(required = true)]
    deliveries: Vec<String>,
    /// All that died of the same as the first of them
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A portal or a number.
#[derive(clap::Args)]
pub(super) struct Destination {
    /// The portal's domain, the number, or the id: dst_...
    name: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The most destinations and causes that are listed.
const MOST: Slice = Slice {
    limit: 1000,
    offset: 0,
};

pub(super) async fn run(command: QueueCommand, config: &Config) -> anyhow::Result<()> {
    let (store, _) = super::open(config).await?;
    let desk = QueueDesk {
        store,
        clock: Clock::system(),
        bus: Bus::default(),
    };
    match command {
        QueueCommand::List { json } => list(&desk, json).await,
        QueueCommand::Replay { which, to } => {
            let to = match to {
                Some(number) => Some(phone(&desk, &number).await?),
                None => None,
            };
            act(&desk, &which, Act::Replay { to }, "").await
        }
        QueueCommand::Discard { which, reason } => {
            reason_fits(&reason)?;
            act(&desk, &which, Act::Discard, &reason).await
        }
        QueueCommand::Pause {
            destination,
            reason,
        } => {
            reason_fits(&reason)?;
            let view = find(&desk, &destination.name).await?;
            let changed = desk
                .hold(Scope::All, &actor(), view.row.id, &reason)
                .await?;
            told(&destination, &view, "paused", changed == Some(true))
        }
        QueueCommand::Resume { destination } => {
            let view = find(&desk, &destination.name).await?;
            let changed = desk.resume(Scope::All, &actor(), view.row.id).await?;
            told(&destination, &view, "resumed", changed == Some(true))
        }
    }
}

/// As in the panel: it is shown there.
fn reason_fits(reason: &str) -> anyhow::Result<()> {
    anyhow::ensure!(!reason.trim().is_empty(), "the reason is empty");
    let length = reason.chars().count();
    anyhow::ensure!(
        length <= REASON_LENGTH_MAX,
        "the reason has {length} characters; {REASON_LENGTH_MAX} are the most"
    );
    Ok(())
}

fn actor() -> Actor {
    Actor {
        person: None,
        name: "thoth queue".to_owned(),
    }
}

async fn list(desk: &QueueDesk, as_json: bool) -> anyhow::Result<()> {
    let (destinations, known) = desk.store.destinations_view(Scope::All, "", MOST).await?;
    let (causes, died_of) = desk.store.causes_view(Scope::All, MOST).await?;
    let more = known.max(died_of) > i64::from(MOST.limit);
    let now = desk.clock.now();
    if as_json {
        let destinations: Vec<Value> = destinations.iter().map(|view| shown(view, now)).collect();
        let mut dead = Vec::with_capacity(causes.len());
        for view in causes {
            dead.push(json!({
                "owner": UserId::new(view.cause.owner).to_string(),
                "destination": DestinationId::new(view.cause.destination).to_string(),
                "name": view.name, "code": view.cause.code, "words": view.cause.words,
                "count": view.total, "oldest_at": view.oldest, "newest_at": view.newest,
                "example": example(desk, &view.cause).await?,
                "doubles": desk.store.cause_doubles(Scope::All, &view.cause).await?,
            }));
        }
        return say(&json!({ "destinations": destinations, "dead": dead, "more": more }));
    }
    for view in &destinations {
        let (state, why) = state(view, now);
        let why = why.unwrap_or_default();
        say(&format!(
            "{}\t{state}\t{} waiting\t{why}",
            view.name, view.queue.waiting
        ))?;
    }
    for view in causes {
        let example = example(desk, &view.cause).await?.unwrap_or_default();
        let DeathCause { code, words, .. } = view.cause;
        say(&format!(
            "{}\tdead\t{} of {code:?}, like {example}\t{words}",
            view.name, view.total
        ))?;
    }
    if more {
        say(&format!("of each only the first {} are listed", MOST.limit))?;
    }
    Ok(())
}

/// One that died of it: whoever means them all names it.
async fn example(desk: &QueueDesk, cause: &DeathCause) -> anyhow::Result<Option<String>> {
    let found = desk
        .store
        .cause_letters(Scope::All, cause, i64::MAX, 1, 0)
        .await?;
    Ok(found.first().map(|id| DeliveryId::new(*id).to_string()))
}

fn shown(view: &DestinationView, now: i64) -> Value {
    let (state, why) = state(view, now);
    json!({
        "id": DestinationId::new(view.row.id).to_string(),
        "kind": match view.kind { DestinationKind::Portal => "portal", DestinationKind::Phone => "phone" },
        "name": view.name, "state": state, "reason": why, "failures": view.row.failures,
        "waiting": view.queue.waiting, "oldest_at": view.queue.oldest, "answered_at": view.row.answered_at,
    })
}

fn state(view: &DestinationView, now: i64) -> (&'static str, Option<&str>) {
    if view.row.held_at.is_some() {
        ("paused", view.row.held_reason.as_deref())
    } else if view.row.paused_until > now {
        ("rests", view.row.pause_reason.as_deref())
    } else if view.row.failures > 0 {
        ("fails", view.row.pause_reason.as_deref())
    } else {
        ("runs", None)
    }
}

async fn act(desk: &QueueDesk, which: &Which, act: Act, reason: &str) -> anyhow::Result<()> {
    let ids = which.deliveries.iter().map(|text| {
        let id: Result<DeliveryId, _> = text.parse();
        id.map(DeliveryId::uuid)
            .map_err(|_| anyhow::anyhow!("{text:?} is no id of a delivery"))
    });
    let ids: Vec<Uuid> = ids.collect::<anyhow::Result<_>>()?;
    let actor = actor();
    let order = Order {
        scope: Scope::All,
        actor: &actor,
        act,
        reason,
    };
    let (done, more) = match ids.first() {
        Some(first) if which.all => {
            let cause = desk.store.cause_of(Scope::All, *first).await?;
            let cause = cause.context("the first of them is no dead letter")?;
            desk.act_on_cause(&order, &cause).await?
        }
        Some(_) | None => (desk.act(&order, &ids).await?, false),
    };
    if which.json {
        return say(&json!({ "done": done.done, "left": done.left, "more": more }));
    }
    let word = match act {
        Act::Replay { .. } => "replayed",
        Act::Discard => "discarded",
    };
    say(&format!("{word}: {}", done.done))?;
    if done.left > 0 {
        say(&format!("left as they were: {}", done.left))?;
    }
    if more {
        say(&"the rest follows while `thoth serve` runs")?;
    }
    Ok(())
}

async fn phone(desk: &QueueDesk, number: &str) -> anyhow::Result<Uuid> {
    let found = desk.store.phone_by_number(number).await?;
    let found = found.with_context(|| format!("no phone with the number {number} is connected"))?;
    Ok(found.id)
}

async fn find(desk: &QueueDesk, name: &str) -> anyhow::Result<DestinationView> {
    let missing = || format!("nothing was ever to be delivered to {name}");
    if let Ok(id) = name.parse::<DestinationId>() {
        let found = desk.store.destination_view(Scope::All, id.uuid()).await?;
        return found.with_context(missing);
    }
    let plain = |text: &str| text.trim().trim_start_matches('+').to_lowercase();
    let wanted = plain(name);
    let (found, _) = desk
        .store
        .destinations_view(Scope::All, &wanted, MOST)
        .await?;
    let found = found.into_iter().find(|view| plain(&view.name) == wanted);
    found.with_context(missing)
}

fn told(
    destination: &Destination,
    view: &DestinationView,
    word: &str,
    changed: bool,
) -> anyhow::Result<()> {
    if destination.json {
        let id = DestinationId::new(view.row.id).to_string();
        return say(&json!({ "id": id, "name": view.name, "state": word, "changed": changed }));
    }
    let already = if changed { "" } else { "already " };
    say(&format!("{}: {already}{word}", view.name))
}
