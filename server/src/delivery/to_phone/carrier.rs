//! Carries operators' texts to customers: one call of the Graph API each, in order per conversation.

use super::answer::outcome_of;
use super::content::{self, Letter};
use crate::delivery::carrier::Carrier;
use crate::delivery::outcome::{Landing, Outcome, Trouble, Weather};
use crate::delivery::pace::{PHONE, Pace};
use crate::inbox::statuses::opaque_of;
use crate::outbox::{CustomerContent, CustomerText, DeliveryKind, DeliveryState, Speaker};
use crate::state::AppState;
use crate::store::entities::contact;
use crate::store::{Head, StoreError};
use crate::vault::Place;
use crate::whatsapp::GraphClient;
use crate::whatsapp::wire::{Bsuid, Peer, WaId};
use std::time::Duration;
use uuid::Uuid;

/// Calls under way at once for one number.
const WINGS: usize = 32;

/// What a door has taken is on the disk, and to be seen, within this time, in milliseconds.
const SETTLING: i64 = 250;

/// The time after which all of it is to be seen, and what came later is told from it.
const SETTLED: Duration = Duration::from_millis(2 * SETTLING.unsigned_abs());

/// How long a look-up waits for what came before it to be read: so many times so long.
const LOOKS: u32 = 30;
const BETWEEN: Duration = Duration::from_millis(100);

/// How long a text waits when what it needs is missing here, in milliseconds.
const MISSING: i64 = 30_000;

/// Carries for one business number.
pub(in crate::delivery) struct PhoneCarrier {
    state: AppState,
    graph: GraphClient,
    phone: Uuid,
}

impl PhoneCarrier {
    pub(in crate::delivery) fn new(state: AppState, graph: GraphClient, phone: Uuid) -> Self {
        Self {
            state,
            graph,
            phone,
        }
    }

    /// A status that carries our mark settles it when it is read. So it is not there only when everything that was
    /// received before this moment has been read, on this node and on others.
    async fn look_up(&self) -> Outcome {
        let until = self.state.clock.now() + SETTLING;
        tokio::time::sleep(SETTLED).await;
        for _ in 0..LOOKS {
            let now = self.state.clock.now();
            match self.state.store.receipts_unread_since(until, now).await {
                Ok(false) => return Outcome::NotThere,
                Ok(true) => tokio::time::sleep(BETWEEN).await,
                Err(error) => {
                    tracing::warn!(%error, "A text whose answer was lost waits for the database");
                    let why = Trouble::new("database", "The database did not answer.");
                    return Outcome::Unknown(why);
                }
            }
        }
        Outcome::Unknown(Trouble::new(
            "inbox_behind",
            "Its status may be among webhooks that are still to be read.",
        ))
    }

    async fn send(&self, head: &Head, until: i64) -> Result<(Outcome, Weather), StoreError> {
        let missing = |code: &str, text: &str| {
            let why = Trouble::new(code, text);
            let after = Some(MISSING);
            (Outcome::Later { after, why }, Weather::Unseen)
        };
        let refused = |code: &str, text: &str| {
            let why = Trouble::new(code, text);
            (Outcome::Refused(why), Weather::Unseen)
        };
        let Some(phone) = self.state.store.phone_find(self.phone).await? else {
            return Ok(missing("phone_gone", "The phone is no longer connected."));
        };
        let Some(waba) = self.state.store.waba_find(phone.waba_id).await? else {
            return Ok(missing("waba_gone", "The WABA is no longer connected."));
        };
        let Ok(token) = self
            .state
            .vault
            .open(Place::WabaAccessToken, waba.id, &waba.access_token)
        else {
            return Ok(missing(
                "token_sealed",
                "The access token cannot be opened: check the vault's key.",
            ));
        };
        let found = self
            .state
            .store
            .conversations_with_contacts(vec![head.conversation])
            .await?;
        let recipient = found.first().and_then(|(_, contact)| recipient_of(contact));
        let Some(recipient) = recipient else {
            return Ok(refused(
                "no_recipient",
                "The customer has neither a number nor a user id.",
            ));
        };
        let Some((message, cargo)) = head.message.zip(Cargo::of(head)) else {
            return Ok(refused(
                "unreadable",
                "This version cannot read what was to be sent.",
            ));
        };
        let opaque = opaque_of(message);
        let letter = Letter {
            waba: waba.id,
            token: &token,
            phone_id: &phone.phone_id,
            to: &recipient,
            opaque: &opaque,
        };
        if self.state.clock.now() >= until {
            let why = Trouble::new("late", "The lease may be another node's by now.");
            return Ok((Outcome::Untried(why), Weather::Unseen));
        }
        let sent = match cargo {
            Cargo::Text(text) => {
                self.graph
                    .send_text(&token, &phone.phone_id, &recipient, &text, None, &opaque)
                    .await
            }
            Cargo::Content(content) => {
                content::send(&self.state, &self.graph, &letter, &content).await?
            }
        };
        Ok(outcome_of(sent, u32::try_from(head.attempts).unwrap_or(0)))
    }
}

#[async_trait::async_trait]
impl Carrier for PhoneCarrier {
    fn wings(&self) -> usize {
        WINGS
    }

    fn pace(&self) -> Pace {
        PHONE
    }

    fn load(&self) -> usize {
        1
    }

    fn flights(&self, heads: Vec<Head>) -> Vec<Vec<Head>> {
        heads.into_iter().map(|head| vec![head]).collect()
    }

    async fn fly(&self, heads: &[Head], until: i64) -> Landing {
        let mut landing = Landing::default();
        for head in heads {
            let (outcome, weather) = match head.state {
                DeliveryState::Unknown => (self.look_up().await, Weather::Unseen),
                DeliveryState::Waiting
                | DeliveryState::Sending
                | DeliveryState::Delivered
                | DeliveryState::Refused
                | DeliveryState::Dead
                | DeliveryState::Discarded => self.send(head, until).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, delivery = %head.id, "A text waits for the database");
                    let why = Trouble::new("database", "The database did not answer.");
                    (Outcome::Untried(why.clone()), Weather::Stormy(why))
                }),
            };
            landing.outcomes.push((head.id, outcome));
            landing.sees(weather);
        }
        landing
    }
}

/// By number where there is one, else by the business-scoped user id (never `to` for it, R5).
fn recipient_of(contact: &contact::Model) -> Option<Peer> {
    let number = contact
        .wa_id
        .as_deref()
        .and_then(WaId::parse)
        .map(Peer::Phone);
    number.or_else(|| {
        contact
            .user_id
            .as_deref()
            .and_then(Bsuid::parse)
            .map(Peer::User)
    })
}

/// What is to be sent.
enum Cargo {
    Text(String),
    Content(CustomerContent),
}

impl Cargo {
    /// Nothing where this version cannot read it.
    fn of(head: &Head) -> Option<Self> {
        if head.kind.speaker() != Speaker::Operator {
            return None;
        }
        if head.kind == DeliveryKind::OutboundContent {
            return serde_json::from_str(&head.payload).ok().map(Self::Content);
        }
        let text: CustomerText = serde_json::from_str(&head.payload).ok()?;
        Some(Self::Text(text.text))
    }
}

#[cfg(test)]
#[path = "carrier_tests.rs"]
mod tests;
