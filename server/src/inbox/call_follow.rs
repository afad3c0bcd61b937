//! What follows from news of a call: its row moves forward, the chat and the portal's telephony are told, once each.

use super::call_course::{CallFailure, Course, outcome_of};
use super::call_leave;
use super::context::Place;
use super::reader::Understood;
use super::to_portal::ToPortal;
use crate::bus::Topic;
use crate::outbox::{CallNews, ChatLine, DeliveryKind};
use crate::store::entities::{call, conversation, portal};
use crate::store::{NewMessage, StoreError, Txn};
use crate::translate::{failed_call_line, missed_call_line};
use crate::whatsapp::errors::explain;
use app::model::{CallDirection, CallOutcome};
use serde::Serialize;
use uuid::Uuid;

/// The right of an app to tell a portal of calls.
const SCOPE: &str = "telephony";

/// Joins what is new to what was known, and does what follows from it.
pub(super) async fn advance_in_txn(
    txn: &Txn,
    place: &Place,
    before: call::Model,
    course: Course,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let mut row = before.clone();
    let known = Course::of_row(&before);
    let answered_before = known.was_answered();
    let joined = known.joined(course);
    let answered = joined.was_answered();
    joined.write(&mut row);
    row.updated_at = now;
    txn.call_update_in_txn(row.clone()).await?;
    understood.changed(&[Topic::Calls]);
    let Some(contact) = row.contact_id else {
        return Ok(());
    };
    let conversation = txn
        .conversation_ensure_in_txn(place.phone.id, contact, now)
        .await?;
    let incoming = row.direction == CallDirection::In.as_str();
    // A customer's call opens the window, answered or not; one of the business where the customer takes it.
    let opened_at = if incoming {
        Some(row.started_at)
    } else {
        row.answered_at
    };
    if let Some(at) = opened_at {
        txn.conversations_heard_in_txn(&[conversation.id], at)
            .await?;
    }
    if !incoming
        && answered != answered_before
        && let Some(answered) = answered
    {
        call_leave::called_in_txn(txn, place.phone.id, contact, answered, now).await?;
    }
    let Some(portal) = &place.portal else {
        return Ok(());
    };
    let is_over = row.ended_at.is_some();
    let is_news = before.ended_at.is_none() || before.outcome != row.outcome;
    let news = News {
        txn,
        place,
        portal,
        conversation: &conversation,
        row: &row,
        now,
    };
    if is_over && is_news && incoming {
        news.line(understood).await?;
    }
    news.tell(understood).await
}

/// News of a call, for a portal.
struct News<'a> {
    txn: &'a Txn,
    place: &'a Place,
    portal: &'a portal::Model,
    conversation: &'a conversation::Model,
    row: &'a call::Model,
    now: i64,
}

impl News<'_> {
    /// A call nobody took becomes a line in the chat, once.
    async fn line(&self, understood: &mut Understood) -> Result<(), StoreError> {
        let (row, now) = (self.row, self.now);
        let (at, language) = (row.started_at / 1000, self.place.language());
        let text = match outcome_of(&row.outcome) {
            CallOutcome::Missed => missed_call_line(at, language),
            CallOutcome::Failed => {
                let why = row.error.as_deref().and_then(CallFailure::read);
                let why = why.map(|why| explain(&why.as_error(), language));
                failed_call_line(at, &why.unwrap_or_default(), language)
            }
            CallOutcome::Ringing
            | CallOutcome::Talking
            | CallOutcome::Answered
            | CallOutcome::Declined
            | CallOutcome::Unknown => return Ok(()),
        };
        let new = NewMessage {
            owner: row.owner_id,
            phone: row.phone_id,
            conversation: self.conversation.id,
            direction: "in",
            wamid: Some(&row.wacid),
            fingerprint: 0,
            kind: "call",
            text: &text,
            origin: None,
            part: 0,
            status: "received",
        };
        let Some(message) = self.txn.message_insert_in_txn(&new, now).await? else {
            return Ok(());
        };
        let line = ChatLine {
            external_id: row.wacid.clone(),
            text,
            at,
        };
        self.enqueue(DeliveryKind::InboundText, Some(message), &line, understood)
            .await
    }

    /// The portal's telephony is told when a call rings and when it is over, once each.
    async fn tell(&self, understood: &mut Understood) -> Result<(), StoreError> {
        let (txn, row) = (self.txn, self.row);
        // A portal that was set up by hand has not said what the app may do: it says so when it is told.
        let scopes = self.portal.scopes.as_deref();
        let may = scopes.is_none_or(|all| all.split(',').any(|scope| scope.trim() == SCOPE));
        if !may || !txn.calls_in_crm_in_txn(self.place.phone.id).await? {
            return Ok(());
        }
        let (kind, from, to): (_, &[&str], _) = match (row.ended_at, outcome_of(&row.outcome)) {
            (None, _) => (DeliveryKind::CallShow, &[""], "showing"),
            // There is nothing to tell of it, but a call that is shown must not stay so.
            (Some(_), CallOutcome::Unknown) => (DeliveryKind::CallEnd, &["showing"], "ending"),
            (Some(_), _) => (DeliveryKind::CallEnd, &["", "showing"], "ending"),
        };
        if !txn.call_portal_move_in_txn(row.id, from, to).await? {
            return Ok(());
        }
        let news = CallNews { call: row.id };
        self.enqueue(kind, None, &news, understood).await
    }

    async fn enqueue(
        &self,
        kind: DeliveryKind,
        message: Option<Uuid>,
        payload: &impl Serialize,
        understood: &mut Understood,
    ) -> Result<(), StoreError> {
        let to = ToPortal {
            owner: self.row.owner_id,
            portal: self.portal.id,
            phone: self.row.phone_id,
            conversation: self.conversation.id,
            message,
        };
        to.enqueue_in_txn(self.txn, kind, payload, self.now).await?;
        understood.targets.push(self.portal.id);
        Ok(())
    }
}
