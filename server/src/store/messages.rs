//! Messages: written once, whatever is repeated; their statuses only move forward.

use super::entities::message;
use super::sql::{padded, placeholders};
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A message about to be written.
pub struct NewMessage<'a> {
    /// Whose phone it is.
    pub owner: Uuid,
    /// The business number.
    pub phone: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// `in` from the customer, `out` from the operator.
    pub direction: &'static str,
    /// Meta's id, when known.
    pub wamid: Option<&'a str>,
    /// What tells two messages with the same id apart (see `inbox::fingerprint`).
    pub fingerprint: i64,
    /// Meta's word for the type.
    pub kind: &'a str,
    /// The text as it goes on.
    pub text: &'a str,
    /// The portal and message of Bitrix24 an outgoing message came from.
    pub origin: Option<Origin<'a>>,
    /// Which part of a long text.
    pub part: i32,
    /// `received` or `queued`.
    pub status: &'static str,
}

/// Where in Bitrix24 an outgoing message was written.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The portal's row.
    pub portal: Uuid,
    /// `im.chat_id`.
    pub im_chat_id: &'a str,
    /// `im.message_id`; none of what THOTH sends by itself in an operator's stead.
    pub im_message_id: Option<&'a str>,
}

impl Txn {
    /// The outgoing message with this id of ours, among this phone's.
    pub async fn message_out_by_id_in_txn(
        &self,
        phone: Uuid,
        id: Uuid,
    ) -> Result<Option<message::Model>, StoreError> {
        Ok(message::Entity::find_by_id(id)
            .filter(message::Column::PhoneId.eq(phone))
            .filter(message::Column::Direction.eq("out"))
            .one(&self.0)
            .await?)
    }

    /// The outgoing message with this id of Meta's.
    pub async fn message_out_by_wamid_in_txn(
        &self,
        phone: Uuid,
        wamid: &str,
    ) -> Result<Option<message::Model>, StoreError> {
        Ok(message::Entity::find()
            .filter(message::Column::PhoneId.eq(phone))
            .filter(message::Column::Wamid.eq(wamid))
            .filter(message::Column::Direction.eq("out"))
            .one(&self.0)
            .await?)
    }

    /// All parts of what an operator wrote in one go, first to last.
    pub async fn message_parts_in_txn(
        &self,
        portal: Uuid,
        im_message_id: &str,
    ) -> Result<Vec<message::Model>, StoreError> {
        Ok(message::Entity::find()
            .filter(message::Column::PortalId.eq(portal))
            .filter(message::Column::ImMessageId.eq(im_message_id))
            .order_by_asc(message::Column::Part)
            .all(&self.0)
            .await?)
    }

    /// Learns Meta's id of a message; a known one stays.
    pub async fn message_set_wamid_in_txn(&self, id: Uuid, wamid: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE message SET wamid = ? WHERE id = ? AND wamid IS NULL",
            [wamid.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Notes that customers' messages stand in the operators' chat.
    pub async fn messages_shown_in_txn(&self, ids: &[Uuid], at: i64) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let ids = padded(ids);
        let sql = format!(
            "UPDATE message SET status = 'shown', status_at = ?, error_code = NULL, error_text = NULL \
             WHERE id IN ({}) AND status = 'received'",
            placeholders(ids.len())
        );
        let values = std::iter::once(at.into())
            .chain(ids.into_iter().map(Into::into))
            .collect();
        self.run_of(&sql, values).await?;
        Ok(())
    }

    /// Moves a message to a status when it stands at one of `from`; answers whether it moved.
    pub async fn message_move_in_txn(
        &self,
        id: Uuid,
        from: &[&str],
        to: &str,
        at: i64,
        error: Option<(i32, &str)>,
    ) -> Result<bool, StoreError> {
        let (code, text) = error.unzip();
        let mut values = vec![to.into(), at.into(), code.into(), text.into(), id.into()];
        values.extend(from.iter().map(|status| (*status).into()));
        let marks = placeholders(from.len());
        let touched = self
            .run_of(
                &format!(
                    "UPDATE message SET status = ?, status_at = ?, error_code = ?, error_text = ? \
                     WHERE id = ? AND status IN ({marks})"
                ),
                values,
            )
            .await?;
        Ok(touched == 1)
    }

    /// Keeps a status whose message is not known yet.
    pub async fn early_status_keep_in_txn(
        &self,
        phone: Uuid,
        wamid: &str,
        status: &str,
        body: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO early_status (id, phone_id, wamid, status, body, received_at) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
            [Uuid::now_v7().into(), phone.into(), wamid.into(), status.into(), body.into(), now.into()],
        )
        .await?;
        Ok(())
    }

    /// Takes the statuses that came before their message was known, in the order they came.
    pub async fn early_statuses_take_in_txn(
        &self,
        phone: Uuid,
        wamid: &str,
    ) -> Result<Vec<String>, StoreError> {
        let rows = self
            .rows(
                "SELECT body FROM early_status WHERE phone_id = ? AND wamid = ? ORDER BY received_at, id",
                vec![phone.into(), wamid.into()],
            )
            .await?;
        if !rows.is_empty() {
            self.run(
                "DELETE FROM early_status WHERE phone_id = ? AND wamid = ?",
                [phone.into(), wamid.into()],
            )
            .await?;
        }
        rows.iter()
            .map(|row| Ok(row.try_get("", "body")?))
            .collect()
    }
}

impl Store {
    /// Statuses kept too early whose message is known by now: `(phone, wamid)`.
    pub async fn early_statuses_ripe(&self, limit: i64) -> Result<Vec<(Uuid, String)>, StoreError> {
        let rows = self
            .rows(
                "SELECT DISTINCT e.phone_id, e.wamid FROM early_status e \
                 JOIN message m ON m.phone_id = e.phone_id AND m.wamid = e.wamid AND m.direction = 'out' LIMIT ?",
                vec![limit.into()],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "phone_id")?, row.try_get("", "wamid")?)))
            .collect()
    }
}
