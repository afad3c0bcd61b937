//! Asking a customer for leave to call: Meta says whether it may be done, then the request goes as a message.

use super::super::Request;
use super::super::scope::scope_of;
use crate::bus::Topic;
use crate::connect::phone::{MayCallAsked, may_call_asked, may_call_now};
use crate::connect::waba::Patience;
use crate::inbox::{REQUEST, language_of};
use crate::outbox::{CustomerContent, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::{Allowance, NewMessage, Origin, StoreError};
use crate::translate::Language;
use crate::whatsapp::GraphTrouble;
use app::model::{CallPermissionId, Permit, Problem, ProblemCode, change};
use app::preferences::language_of_request;
use serde_json::json;
use time::OffsetDateTime;

/// For so long after the customer wrote or called Meta takes other messages than templates, in milliseconds.
const WINDOW: i64 = 24 * 60 * 60 * 1000;

impl Request {
    pub(super) async fn call_permission_ask(
        &self,
        permit: Permit<change::Calls>,
        id: CallPermissionId,
    ) -> Result<(), Problem> {
        let (scope, now) = (scope_of(&permit), self.state.clock.now());
        let seen = self.state.store.call_permission_view(scope, id.uuid(), now);
        let seen = seen.await.map_err(|error| self.store_problem(error))?;
        let missing = || Problem::new(ProblemCode::NotFound);
        seen.ok_or_else(missing)?;
        let asked = may_call_asked(&self.state, id.uuid()).await;
        let asked = asked.map_err(|error| self.store_problem(error))?;
        let asked = asked.ok_or_else(missing)?;
        let said = may_call_now(&self.state, &asked, Patience::of_a_person()).await;
        let said = said.map_err(|error| self.store_problem(error))?;
        let said = said.map_err(|trouble| told(&trouble))?;
        if said.requests_left == Some(0) {
            return Err(refused(&said));
        }
        let sent = self.call_permission_request(&asked).await;
        if sent.map_err(|error| self.store_problem(error))? {
            Ok(())
        } else {
            Err(closed())
        }
    }

    /// Puts the request into the customer's conversation. False where Meta would take nothing but a template.
    async fn call_permission_request(&self, asked: &MayCallAsked) -> Result<bool, StoreError> {
        let now = self.state.clock.now();
        let phone = &asked.phone;
        let portal = match phone.portal_id {
            Some(portal) => self.state.store.portal_find(portal).await?,
            None => None,
        };
        let language = portal.as_ref().map(|portal| language_of(&portal.domain));
        let text = words(language.unwrap_or_default());
        let content = CustomerContent {
            kind: "interactive".to_owned(),
            content: json!({
                "type": REQUEST, "body": { "text": text }, "action": { "name": REQUEST },
            }),
            marketing: false,
        };
        let payload = serde_json::to_string(&content)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let txn = self.state.store.begin().await?;
        let conversation = txn
            .conversation_ensure_in_txn(phone.id, asked.contact.id, now)
            .await?;
        let is_closed = |heard: i64| heard.saturating_add(WINDOW) <= now;
        if conversation.last_in_at.is_some_and(is_closed) {
            return Ok(false);
        }
        // Where there is a chat, it shows what was sent.
        let chat = conversation.im_chat_id.as_deref();
        let origin = phone.portal_id.zip(chat).map(|(portal, chat)| Origin {
            portal,
            im_chat_id: chat,
            im_message_id: None,
        });
        let new = NewMessage {
            owner: phone.owner_id,
            phone: phone.id,
            conversation: conversation.id,
            direction: "out",
            wamid: None,
            fingerprint: 0,
            kind: &content.kind,
            text,
            origin,
            part: 0,
            status: "queued",
        };
        let message = txn.message_insert_in_txn(&new, now).await?;
        let delivery = NewDelivery {
            owner: phone.owner_id,
            destination: DestinationKind::Phone,
            target: phone.id,
            kind: DeliveryKind::OutboundContent,
            phone: phone.id,
            conversation: conversation.id,
            message,
            payload,
        };
        txn.delivery_enqueue(delivery, now);
        txn.commit().await?;
        self.state.bus.delivery_came(phone.id);
        for topic in [Topic::Calls, Topic::Deliveries] {
            self.state.bus.changed(phone.owner_id, topic);
        }
        Ok(true)
    }
}

/// What the customer reads above WhatsApp's own question.
fn words(language: Language) -> &'static str {
    match language {
        Language::English => "May we call you on WhatsApp?",
        Language::Russian => "Можно позвонить вам в WhatsApp?",
    }
}

/// Why Meta did not say whether it may be asked.
fn told(trouble: &GraphTrouble) -> Problem {
    let (code, reason) = if trouble.is_silence() || trouble.code() == Some(613) {
        (ProblemCode::RemoteSilent, trouble.said())
    } else {
        (ProblemCode::RemoteRefused, trouble.words())
    };
    Problem::new(code).arg("who", "Meta").arg("reason", reason)
}

/// A request is an ordinary message: it goes only to whom has written within a day.
fn closed() -> Problem {
    let reason = Language::of_code(language_of_request()).pick(
        "the customer has not written for 24 hours, so WhatsApp takes only a template. Send a template with a request \
         for calls, or ask when the customer writes.",
        "клиент не писал больше 24 часов, и WhatsApp примет только шаблон. Отправьте шаблон с запросом на звонки или \
         спросите, когда клиент напишет.",
    );
    Problem::new(ProblemCode::RemoteRefused)
        .arg("who", "Meta")
        .arg("reason", reason)
}

/// No request may be sent now: since when one may be, where Meta says so.
fn refused(said: &Allowance) -> Problem {
    let language = Language::of_code(language_of_request());
    let reason = match (said.status, said.again_at.and_then(instant), language) {
        (Some("permanent"), _, Language::English) => {
            "the customer has allowed calls for good; there is nothing to ask for.".to_owned()
        }
        (Some("permanent"), _, Language::Russian) => {
            "клиент разрешил звонки бессрочно, спрашивать не нужно.".to_owned()
        }
        (_, Some(at), Language::English) => {
            format!("the limit of requests to this customer is reached. Ask again after {at}.")
        }
        (_, Some(at), Language::Russian) => {
            format!("исчерпан лимит запросов этому клиенту. Спросите снова после {at}.")
        }
        (_, None, Language::English) => {
            "the limit of requests to this customer is reached. Ask again tomorrow.".to_owned()
        }
        (_, None, Language::Russian) => {
            "исчерпан лимит запросов этому клиенту. Спросите снова завтра.".to_owned()
        }
    };
    Problem::new(ProblemCode::RemoteRefused)
        .arg("who", "Meta")
        .arg("reason", reason)
}

/// `28.11.2026 10:00 UTC`
fn instant(at: i64) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).ok()?;
    let (day, month, year) = (at.day(), u8::from(at.month()), at.year());
    let (hour, minute) = (at.hour(), at.minute());
    Some(format!(
        "{day:02}.{month:02}.{year} {hour:02}:{minute:02} UTC"
    ))
}
