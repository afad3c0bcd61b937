//! What a turn of the reader knows beforehand, and what it is about to write: read with a few statements for many
//! receipts, written with a few at its end.
//!
//! Everything known is a hint that saves a question: what is not known here is asked for, and what the database says
//! when it is written counts. Whoever reads or writes by other ways calls [`Batch::flush`] first, so that lines and
//! messages keep the order of receipts.

use super::context::{Place, place_find};
use super::fingerprint::stand_in_id;
use super::statuses;
use crate::outbox::{Cause, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::entities::contact;
use crate::store::{NewMessage, StoreError, Txn};
use crate::telemetry::name;
use crate::whatsapp::wire::{Change, Envelope, InboundMessage};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A customer's message about to be written, with its way to the operator.
pub(super) struct Inbound {
    /// The business number.
    pub phone: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// `in`, or `echo` for what the business wrote on its own phone.
    pub direction: &'static str,
    /// Meta's id, or one made up for it.
    pub wamid: String,
    /// What tells two messages with the same id apart.
    pub fingerprint: i64,
    /// Meta's word for the type.
    pub kind: String,
    /// As it is kept.
    pub text: String,
    /// The portal it goes to.
    pub portal: Uuid,
    /// The line of the chat, as JSON.
    pub payload: String,
    /// When the customer wrote, in milliseconds; none for an echo.
    pub heard: Option<i64>,
}

/// One turn's knowledge and writing.
pub(super) struct Batch<'a> {
    txn: &'a Txn,
    now: i64,
    places: HashMap<(Uuid, Option<String>, Option<String>), Option<Place>>,
    by_wa: HashMap<(Uuid, String), contact::Model>,
    by_user: HashMap<(Uuid, String), contact::Model>,
    conversations: HashMap<(Uuid, Uuid), Uuid>,
    /// Fingerprints by phone and Meta's id, of all ids that were asked for.
    taken: HashMap<(Uuid, String), Vec<i64>>,
    /// Each with the receipt it came in.
    waiting: Vec<(Inbound, Option<Cause>)>,
}

impl<'a> Batch<'a> {
    /// Asks for what these webhooks will need: `(owner, envelope)`.
    pub async fn open(
        txn: &'a Txn,
        now: i64,
        envelopes: &[(Uuid, &Envelope)],
    ) -> Result<Self, StoreError> {
        let mut batch = Self {
            txn,
            now,
            places: HashMap::new(),
            by_wa: HashMap::new(),
            by_user: HashMap::new(),
            conversations: HashMap::new(),
            taken: HashMap::new(),
            waiting: Vec::new(),
        };
        let mut spoken: BTreeMap<Uuid, (Place, Vec<&InboundMessage>)> = BTreeMap::new();
        for (owner, envelope) in envelopes {
            for change in envelope
                .changes
                .iter()
                .filter(|change| !change.messages.is_empty())
            {
                if let Some(place) = batch.place(*owner, change).await? {
                    let (_, messages) = spoken
                        .entry(place.phone.id)
                        .or_insert_with(|| (place, Vec::new()));
                    messages.extend(&change.messages);
                }
            }
        }
        for (place, messages) in spoken.values() {
            batch.learn(place, messages).await?;
        }
        let mut spoken_of: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
        for (owner, envelope) in envelopes {
            let statuses = envelope.changes.iter().flat_map(|change| &change.statuses);
            let messages = spoken_of.entry(*owner).or_default();
            messages.extend(statuses::marked(statuses));
        }
        for (owner, messages) in spoken_of {
            txn.deliveries_lock_in_txn(owner, &messages).await?;
        }
        Ok(batch)
    }

    async fn learn(
        &mut self,
        place: &Place,
        messages: &[&InboundMessage],
    ) -> Result<(), StoreError> {
        let (waba, phone) = (place.phone.waba_id, place.phone.id);
        let unique = |ids: Vec<&'_ str>| {
            let mut ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let wa_ids = unique(
            messages
                .iter()
                .filter_map(|said| said.from.as_deref())
                .collect(),
        );
        let user_ids = unique(
            messages
                .iter()
                .filter_map(|said| said.from_user_id.as_deref())
                .collect(),
        );
        let wa_ids: Vec<&str> = wa_ids.iter().map(String::as_str).collect();
        let user_ids: Vec<&str> = user_ids.iter().map(String::as_str).collect();
        let contacts = self
            .txn
            .contacts_known_in_txn(waba, &wa_ids, &user_ids)
            .await?;
        let ids: Vec<Uuid> = contacts.iter().map(|contact| contact.id).collect();
        for contact in contacts {
            self.keep_contact(waba, contact);
        }
        for row in self.txn.conversations_known_in_txn(phone, &ids).await? {
            self.conversations.insert((phone, row.contact_id), row.id);
        }
        let wamids: Vec<String> = messages.iter().map(|said| id_of(said)).collect();
        let asked: Vec<&str> = wamids.iter().map(String::as_str).collect();
        let mut found = self.txn.message_fingerprints_in_txn(phone, &asked).await?;
        for wamid in wamids {
            let marks = found.remove(&wamid).unwrap_or_default();
            self.taken.entry((phone, wamid)).or_insert(marks);
        }
        Ok(())
    }

    /// The transaction, for what goes by other ways. See [`Batch::flush`].
    pub fn txn(&self) -> &'a Txn {
        self.txn
    }

    /// The phone a change speaks of.
    pub async fn place(
        &mut self,
        owner: Uuid,
        change: &Change,
    ) -> Result<Option<Place>, StoreError> {
        let key = (
            owner,
            change.phone_number_id.clone(),
            change.waba_id.clone(),
        );
        if let Some(place) = self.places.get(&key) {
            return Ok(place.clone());
        }
        let found = place_find(self.txn, owner, key.1.as_deref(), key.2.as_deref()).await?;
        self.places.insert(key, found.clone());
        Ok(found)
    }

    /// Forgets phones and where they lead: something changed them.
    pub fn forget_places(&mut self) {
        self.places.clear();
    }

    /// Forgets who has which ids: one of them changed.
    pub fn forget_contacts(&mut self) {
        self.by_wa.clear();
        self.by_user.clear();
    }

    /// Who wrote; at least one of the ids must be there.
    pub async fn contact(
        &mut self,
        waba: Uuid,
        wa_id: Option<&str>,
        user_id: Option<&str>,
        name: Option<&str>,
    ) -> Result<contact::Model, StoreError> {
        let by_wa = wa_id.and_then(|id| self.by_wa.get(&(waba, id.to_owned())));
        let by_user = user_id.and_then(|id| self.by_user.get(&(waba, id.to_owned())));
        if let Some(known) = by_user.or(by_wa) {
            let same = |told: Option<&str>, kept: &Option<String>| {
                told.is_none() || told == kept.as_deref()
            };
            let says_nothing_new = same(wa_id, &known.wa_id)
                && same(user_id, &known.user_id)
                && same(name, &known.name);
            if says_nothing_new {
                return Ok(known.clone());
            }
        }
        let contact = self
            .txn
            .contact_resolve_in_txn(waba, wa_id, user_id, name, self.now)
            .await?;
        self.keep_contact(waba, contact.clone());
        Ok(contact)
    }

    fn keep_contact(&mut self, waba: Uuid, contact: contact::Model) {
        if let Some(id) = contact.wa_id.clone() {
            self.by_wa.insert((waba, id), contact.clone());
        }
        if let Some(id) = contact.user_id.clone() {
            self.by_user.insert((waba, id), contact);
        }
    }

    /// The conversation of a contact with a phone.
    pub async fn conversation(&mut self, phone: Uuid, contact: Uuid) -> Result<Uuid, StoreError> {
        if let Some(known) = self.conversations.get(&(phone, contact)) {
            return Ok(*known);
        }
        let found = self
            .txn
            .conversation_ensure_in_txn(phone, contact, self.now)
            .await?;
        self.conversations.insert((phone, contact), found.id);
        Ok(found.id)
    }

    /// Claims an id of Meta's for a message with this fingerprint: `None` when that message is there already, else
    /// whether another one has the id.
    pub async fn claim(
        &mut self,
        phone: Uuid,
        wamid: &str,
        fingerprint: i64,
    ) -> Result<Option<bool>, StoreError> {
        let key = (phone, wamid.to_owned());
        if !self.taken.contains_key(&key) {
            let found = self
                .txn
                .message_fingerprints_in_txn(phone, &[wamid])
                .await?;
            let marks = found.into_values().next().unwrap_or_default();
            self.taken.insert(key.clone(), marks);
        }
        let marks = self.taken.entry(key).or_default();
        if marks.contains(&fingerprint) {
            return Ok(None);
        }
        let twin = !marks.is_empty();
        marks.push(fingerprint);
        Ok(Some(twin))
    }

    /// Writes it with the next flush.
    pub fn push(&mut self, inbound: Inbound) {
        self.waiting.push((inbound, self.txn.cause()));
    }

    /// Writes what waits. A message that is there already, against what was known, is not delivered again.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, NewMessage<'_>)> = waiting
            .iter()
            .map(|(inbound, _)| (Uuid::now_v7(), inbound.message()))
            .collect();
        let news: Vec<_> = rows.iter().map(|(id, new)| (*id, new)).collect();
        let written = self.txn.messages_insert_in_txn(&news, self.now).await?;
        let mut heard: BTreeMap<i64, Vec<Uuid>> = BTreeMap::new();
        for ((id, _), (inbound, cause)) in rows.iter().zip(&waiting) {
            if !written.contains(id) {
                metrics::counter!(name::DUPLICATES, "source" => "meta").increment(1);
                continue;
            }
            let delivery = inbound.delivery(*id);
            self.txn
                .delivery_enqueue_because(delivery, *cause, self.now);
            if let Some(at) = inbound.heard {
                heard.entry(at).or_default().push(inbound.conversation);
            }
        }
        for (at, mut conversations) in heard {
            conversations.sort_unstable();
            conversations.dedup();
            self.txn
                .conversations_heard_in_txn(&conversations, at)
                .await?;
        }
        Ok(())
    }
}

impl Inbound {
    fn message(&self) -> NewMessage<'_> {
        NewMessage {
            owner: self.owner,
            phone: self.phone,
            conversation: self.conversation,
            direction: self.direction,
            wamid: Some(&self.wamid),
            fingerprint: self.fingerprint,
            kind: &self.kind,
            text: &self.text,
            origin: None,
            part: 0,
            status: "received",
        }
    }

    fn delivery(&self, message: Uuid) -> NewDelivery {
        NewDelivery {
            owner: self.owner,
            destination: DestinationKind::Portal,
            target: self.portal,
            kind: DeliveryKind::InboundText,
            phone: self.phone,
            conversation: self.conversation,
            message: Some(message),
            payload: self.payload.clone(),
        }
    }
}

/// Meta's id of a message, or one made up where it has none.
pub(super) fn id_of(message: &InboundMessage) -> String {
    match &message.id {
        Some(id) => id.clone(),
        None => stand_in_id(message),
    }
}
