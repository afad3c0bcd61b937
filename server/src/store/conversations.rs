//! Contacts and their conversations.

use super::entities::{contact, conversation};
use super::sql::{padded, placeholders};
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

impl Txn {
    /// The contact with this business-scoped user id, else with this WhatsApp id, else a new one.
    ///
    /// What is learnt about a known contact is added. `external_id`, the name Bitrix24 knows the
    /// contact by, is given once (the number with `+`, or the user id) and never changes.
    /// At least one of the two ids must be there.
    pub async fn contact_resolve_in_txn(
        &self,
        waba: Uuid,
        wa_id: Option<&str>,
        user_id: Option<&str>,
        name: Option<&str>,
        now: i64,
    ) -> Result<contact::Model, StoreError> {
        let by_user = match user_id {
            Some(user_id) => {
                self.contact_by(waba, contact::Column::UserId, user_id)
                    .await?
            }
            None => None,
        };
        let by_wa = match wa_id {
            Some(wa_id) => self.contact_by(waba, contact::Column::WaId, wa_id).await?,
            None => None,
        };
        let free_wa = if by_wa.is_none() { wa_id } else { None };
        let Some(found) = by_user.or(by_wa) else {
            let external = external_id(wa_id, user_id);
            return self
                .contact_insert_in_txn(waba, wa_id, user_id, &external, name, now)
                .await;
        };
        let mut known = found.clone();
        known.wa_id = free_wa.map(str::to_owned).or(known.wa_id);
        known.user_id = user_id.map(str::to_owned).or(known.user_id);
        known.name = name.map(str::to_owned).or(known.name);
        if known != found {
            self.run(
                "UPDATE contact SET wa_id = ?, user_id = ?, name = ? WHERE id = ?",
                [
                    known.wa_id.clone().into(),
                    known.user_id.clone().into(),
                    known.name.clone().into(),
                    known.id.into(),
                ],
            )
            .await?;
        }
        Ok(known)
    }

    /// The contact Bitrix24 means by the id of a chat: one it was given, or a number or user id
    /// THOTH has not met yet.
    pub async fn contact_by_chat_in_txn(
        &self,
        waba: Uuid,
        chat: &str,
        wa_id: Option<&str>,
        user_id: Option<&str>,
        now: i64,
    ) -> Result<contact::Model, StoreError> {
        if let Some(found) = self
            .contact_by(waba, contact::Column::ExternalId, chat)
            .await?
        {
            return Ok(found);
        }
        let known = match (wa_id, user_id) {
            (Some(wa_id), _) => self.contact_by(waba, contact::Column::WaId, wa_id).await?,
            (None, Some(user_id)) => {
                self.contact_by(waba, contact::Column::UserId, user_id)
                    .await?
            }
            (None, None) => None,
        };
        match known {
            Some(found) => Ok(found),
            None => {
                self.contact_insert_in_txn(waba, wa_id, user_id, chat, None, now)
                    .await
            }
        }
    }

    /// The contact Bitrix24 was given under this name, if any.
    pub async fn contact_known_by_chat_in_txn(
        &self,
        waba: Uuid,
        chat: &str,
    ) -> Result<Option<contact::Model>, StoreError> {
        self.contact_by(waba, contact::Column::ExternalId, chat)
            .await
    }

    async fn contact_by(
        &self,
        waba: Uuid,
        column: contact::Column,
        value: &str,
    ) -> Result<Option<contact::Model>, StoreError> {
        Ok(contact::Entity::find()
            .filter(contact::Column::WabaId.eq(waba))
            .filter(column.eq(value))
            .one(&self.0)
            .await?)
    }

    async fn contact_insert_in_txn(
        &self,
        waba: Uuid,
        wa_id: Option<&str>,
        user_id: Option<&str>,
        external: &str,
        name: Option<&str>,
        now: i64,
    ) -> Result<contact::Model, StoreError> {
        self.run(
            "INSERT INTO contact (id, waba_id, wa_id, user_id, external_id, name, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                Uuid::now_v7().into(),
                waba.into(),
                wa_id.into(),
                user_id.into(),
                external.into(),
                name.into(),
                now.into(),
            ],
        )
        .await?;
        self.contact_by(waba, contact::Column::ExternalId, external)
            .await?
            .ok_or_else(|| StoreError::Unreadable("a contact just written is not there".into()))
    }

    /// The conversation of a contact with one of our phones.
    pub async fn conversation_ensure_in_txn(
        &self,
        phone: Uuid,
        contact: Uuid,
        now: i64,
    ) -> Result<conversation::Model, StoreError> {
        if let Some(found) = self.conversation_of(phone, contact).await? {
            return Ok(found);
        }
        self.run(
            "INSERT INTO conversation (id, phone_id, contact_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [Uuid::now_v7().into(), phone.into(), contact.into(), now.into()],
        )
        .await?;
        self.conversation_of(phone, contact).await?.ok_or_else(|| {
            StoreError::Unreadable("a conversation just written is not there".into())
        })
    }

    async fn conversation_of(
        &self,
        phone: Uuid,
        contact: Uuid,
    ) -> Result<Option<conversation::Model>, StoreError> {
        Ok(conversation::Entity::find()
            .filter(conversation::Column::PhoneId.eq(phone))
            .filter(conversation::Column::ContactId.eq(contact))
            .one(&self.0)
            .await?)
    }

    /// Remembers when the customers of these conversations wrote last.
    pub async fn conversations_heard_in_txn(
        &self,
        ids: &[Uuid],
        at: i64,
    ) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let ids = padded(ids);
        let sql = format!(
            "UPDATE conversation SET last_in_at = ? WHERE (last_in_at IS NULL OR last_in_at < ?) AND id IN ({})",
            placeholders(ids.len())
        );
        let values = [at.into(), at.into()];
        let values = values.into_iter().chain(ids.into_iter().map(Into::into));
        self.run_of(&sql, values.collect()).await?;
        Ok(())
    }

    /// Contacts of a WABA with one of these WhatsApp ids or business-scoped user ids.
    pub async fn contacts_known_in_txn(
        &self,
        waba: Uuid,
        wa_ids: &[&str],
        user_ids: &[&str],
    ) -> Result<Vec<contact::Model>, StoreError> {
        let mut found = Vec::new();
        for (column, ids) in [
            (contact::Column::WaId, wa_ids),
            (contact::Column::UserId, user_ids),
        ] {
            if ids.is_empty() {
                continue;
            }
            let asked = contact::Entity::find()
                .filter(contact::Column::WabaId.eq(waba))
                .filter(column.is_in(padded(ids)));
            found.extend(asked.all(&self.0).await?);
        }
        Ok(found)
    }

    /// Conversations of a phone with these contacts.
    pub async fn conversations_known_in_txn(
        &self,
        phone: Uuid,
        contacts: &[Uuid],
    ) -> Result<Vec<conversation::Model>, StoreError> {
        if contacts.is_empty() {
            return Ok(Vec::new());
        }
        Ok(conversation::Entity::find()
            .filter(conversation::Column::PhoneId.eq(phone))
            .filter(conversation::Column::ContactId.is_in(padded(contacts)))
            .all(&self.0)
            .await?)
    }

    /// Remembers the chats Bitrix24 keeps for conversations, and its names for the customers; most are known.
    pub async fn conversations_set_chats_in_txn(
        &self,
        chats: &HashMap<Uuid, (&str, Option<&str>)>,
    ) -> Result<(), StoreError> {
        if chats.is_empty() {
            return Ok(());
        }
        let mut ids: Vec<Uuid> = chats.keys().copied().collect();
        ids.sort_unstable();
        let known = conversation::Entity::find()
            .filter(conversation::Column::Id.is_in(padded(&ids)))
            .all(&self.0)
            .await?;
        for row in known {
            let Some((chat, user)) = chats.get(&row.id) else {
                continue;
            };
            let is_new = row.im_chat_id.as_deref() != Some(*chat)
                || user.is_some_and(|user| row.im_user_id.as_deref() != Some(user));
            if is_new {
                self.conversation_set_chat_in_txn(row.id, chat, *user)
                    .await?;
            }
        }
        Ok(())
    }

    /// Remembers the chat Bitrix24 keeps for the conversation, and its name for the customer.
    pub async fn conversation_set_chat_in_txn(
        &self,
        id: Uuid,
        im_chat_id: &str,
        im_user_id: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE conversation SET im_chat_id = ?, im_user_id = COALESCE(?, im_user_id) WHERE id = ?",
            [im_chat_id.into(), im_user_id.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}

impl Store {
    /// Conversations with their contacts, in one query.
    pub async fn conversations_with_contacts(
        &self,
        ids: Vec<Uuid>,
    ) -> Result<Vec<(conversation::Model, contact::Model)>, StoreError> {
        let conversations = conversation::Entity::find()
            .filter(conversation::Column::Id.is_in(ids))
            .all(self.reader())
            .await?;
        let contacts = contact::Entity::find()
            .filter(contact::Column::Id.is_in(conversations.iter().map(|row| row.contact_id)))
            .all(self.reader())
            .await?;
        Ok(conversations
            .into_iter()
            .filter_map(|row| {
                let contact = contacts
                    .iter()
                    .find(|contact| contact.id == row.contact_id)?;
                Some((row, contact.clone()))
            })
            .collect())
    }
}

/// The number with `+`, or the business-scoped user id where there is no number.
fn external_id(wa_id: Option<&str>, user_id: Option<&str>) -> String {
    match (wa_id, user_id) {
        (Some(wa_id), _) if wa_id.bytes().all(|byte| byte.is_ascii_digit()) => format!("+{wa_id}"),
        (Some(wa_id), _) => wa_id.to_owned(),
        (None, Some(user_id)) => user_id.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::external_id;

    #[test]
    fn a_number_gets_a_plus_and_a_user_id_stays() {
        assert_eq!(
            external_id(Some("77015550101"), Some("KZ.1")),
            "+77015550101"
        );
        assert_eq!(external_id(None, Some("KZ.1")), "KZ.1");
    }
}
