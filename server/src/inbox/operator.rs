//! An operator's message: it becomes texts, a template, or a red line that says what is wrong with a code.

use super::chat::fail_in_txn;
use super::compose::{Attached, Composed, Draft, compose_in_txn};
use super::context::language_of;
use super::reader::Understood;
use crate::bitrix::wire::{OperatorFile, OperatorMessage};
use crate::outbox::{CustomerContent, CustomerText, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::entities::{conversation, phone};
use crate::store::{NewMessage, Origin, StoreError, Txn};
use crate::translate::template::CodeFrom;
use crate::translate::{Signature, TEXT_LENGTH_MAX, customer_text, split_text};
use crate::whatsapp::wire::{Bsuid, Peer, WaId};
use uuid::Uuid;

/// One message to the customer, a part of what the operator wrote.
enum Part {
    Text(String),
    Content(CustomerContent, String),
    /// What was typed, and why it cannot be sent.
    Refused(String, String),
}

/// Reads one message of an event.
pub(super) async fn read_in_txn(
    txn: &Txn,
    portal: Uuid,
    phone: &phone::Model,
    message: &OperatorMessage,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let (Some(chat), Some(im_chat_id), Some(im_message_id)) = (
        &message.chat_id,
        &message.im_chat_id,
        &message.im_message_id,
    ) else {
        understood.held("a message names no chat or has no id".to_owned());
        return Ok(());
    };
    let Some(conversation) = conversation(txn, phone, chat, now).await? else {
        understood.held(format!("chat {chat} is no customer's number"));
        return Ok(());
    };
    txn.conversation_set_chat_in_txn(conversation.id, im_chat_id, None)
        .await?;
    let parts = parts(txn, portal, phone, message).await?;
    if parts.is_empty() {
        understood.note("an operator's message without words".to_owned());
    }
    let written = Written {
        txn,
        phone,
        conversation: conversation.id,
        origin: Origin {
            portal,
            im_chat_id,
            im_message_id: Some(im_message_id),
        },
        now,
    };
    for (number, part) in (0..).zip(parts) {
        match written.part(number, part).await? {
            Some(targets) => understood.targets.extend(targets),
            None => {
                metrics::counter!(crate::telemetry::name::DUPLICATES, "source" => "bitrix")
                    .increment(1);
            }
        }
    }
    Ok(())
}

/// The conversation Bitrix24 means by the id of a chat.
async fn conversation(
    txn: &Txn,
    phone: &phone::Model,
    chat: &str,
    now: i64,
) -> Result<Option<conversation::Model>, StoreError> {
    let waba = phone.waba_id;
    let contact = match Peer::parse(chat) {
        Some(Peer::Phone(id)) => {
            let known = txn.contact_by_chat_in_txn(waba, chat, Some(WaId::as_str(&id)), None, now);
            Some(known.await?)
        }
        Some(Peer::User(id)) => {
            let known = txn.contact_by_chat_in_txn(waba, chat, None, Some(Bsuid::as_str(&id)), now);
            Some(known.await?)
        }
        None => txn.contact_known_by_chat_in_txn(waba, chat).await?,
    };
    let Some(contact) = contact else {
        return Ok(None);
    };
    let found = txn.conversation_ensure_in_txn(phone.id, contact.id, now);
    Ok(Some(found.await?))
}

/// What a message is to the customer.
async fn parts(
    txn: &Txn,
    portal: Uuid,
    phone: &phone::Model,
    message: &OperatorMessage,
) -> Result<Vec<Part>, StoreError> {
    let bb = message.text.as_deref().unwrap_or_default();
    let text = words_of(message, &message.files);
    let typed = customer_text(bb, Signature::Strip).replace('\0', "");
    let portal = txn.portal_find_in_txn(portal).await?;
    let language = portal.map(|portal| language_of(&portal.domain));
    let draft = Draft {
        phone,
        text: &text,
        typed: &typed,
        from: CodeFrom::Chat,
        language: language.unwrap_or_default(),
        file: message.files.iter().find_map(attached),
    };
    Ok(match compose_in_txn(txn, &draft).await? {
        Composed::Text(texts) => texts.into_iter().map(Part::Text).collect(),
        Composed::Refused(words) => vec![Part::Refused(typed, words)],
        Composed::Content {
            content,
            text,
            has_file,
        } => {
            let with_link = |file: &&OperatorFile| file.link.is_some();
            let files = message.files.iter().filter(with_link);
            let left = files.skip(usize::from(has_file)).filter_map(link_of);
            let left: Vec<String> = left.collect();
            let links = split_text(&left.join("\n"), TEXT_LENGTH_MAX);
            let links = links.into_iter().map(Part::Text);
            std::iter::once(Part::Content(content, text))
                .chain(links)
                .collect()
        }
    })
}

fn attached(file: &OperatorFile) -> Option<Attached<'_>> {
    Some(Attached {
        link: file.link.as_deref()?,
        name: file.name.as_deref(),
    })
}

/// Where the parts of one message are written.
struct Written<'a> {
    txn: &'a Txn,
    phone: &'a phone::Model,
    conversation: Uuid,
    origin: Origin<'a>,
    now: i64,
}

impl Written<'_> {
    /// Writes a part; answers who has something new to carry, nothing when it is there already.
    async fn part(&self, number: i32, part: Part) -> Result<Option<Vec<Uuid>>, StoreError> {
        let (kind, text) = match &part {
            Part::Text(text) => ("text", text),
            Part::Content(content, text) => (content.kind.as_str(), text),
            Part::Refused(typed, _) => ("template", typed),
        };
        let new = NewMessage {
            owner: self.phone.owner_id,
            phone: self.phone.id,
            conversation: self.conversation,
            direction: "out",
            wamid: None,
            fingerprint: 0,
            kind,
            text,
            origin: Some(self.origin),
            part: number,
            status: "queued",
        };
        let Some(id) = self.txn.message_insert_in_txn(&new, self.now).await? else {
            return Ok(None);
        };
        let payload = match &part {
            Part::Text(text) => {
                let text = text.clone();
                (DeliveryKind::OutboundText, written(&CustomerText { text })?)
            }
            Part::Content(content, _) => (DeliveryKind::OutboundContent, written(content)?),
            Part::Refused(_, words) => return self.refuse(id, words).await.map(Some),
        };
        let (kind, payload) = payload;
        let delivery = NewDelivery {
            owner: self.phone.owner_id,
            destination: DestinationKind::Phone,
            target: self.phone.id,
            kind,
            phone: self.phone.id,
            conversation: self.conversation,
            message: Some(id),
            payload,
        };
        self.txn.delivery_enqueue(delivery, self.now);
        Ok(Some(vec![self.phone.id]))
    }

    /// Nothing is asked of Meta: the chat says at once why.
    async fn refuse(&self, id: Uuid, words: &str) -> Result<Vec<Uuid>, StoreError> {
        let found = self.txn.message_out_by_id_in_txn(self.phone.id, id).await?;
        match found {
            Some(message) => fail_in_txn(self.txn, &message, None, words, self.now).await,
            None => Ok(Vec::new()),
        }
    }
}

fn written(payload: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(payload).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// What the customer reads: the text, and files as links until they travel as files.
fn words_of(message: &OperatorMessage, files: &[OperatorFile]) -> String {
    let text = customer_text(message.text.as_deref().unwrap_or_default(), Signature::Keep);
    let links = files.iter().filter_map(link_of);
    let lines: Vec<String> = std::iter::once(text)
        .filter(|text| !text.is_empty())
        .chain(links)
        .collect();
    lines.join("\n").replace('\0', "")
}

fn link_of(file: &OperatorFile) -> Option<String> {
    let link = file.link.as_deref()?;
    Some(
        file.name
            .as_deref()
            .map_or_else(|| link.to_owned(), |name| format!("{name}: {link}")),
    )
}
