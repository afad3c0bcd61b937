//! The calling of phones. Whoever asks has found the phone with its owner.

use super::entities::calling;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// A part of a phone's calling to be written; what is none is known no more.
#[derive(Clone, Copy, Debug)]
pub enum CallingPart<'a> {
    /// The settings a person saved, as JSON.
    Wanted(&'a str),
    /// Meta's object without passwords, as JSON, as of now.
    Actual(&'a str),
    /// What failed and is not solved, as JSON.
    Error(Option<&'a str>),
    /// Where Meta differs, as JSON.
    Drift(Option<&'a str>),
    /// Meta's `health_status`, as JSON, as of now.
    Health(&'a str),
    /// The last check of the server, as JSON, as of now.
    Trunk(&'a str),
    /// The SIP password, sealed.
    Password(Option<&'a [u8]>),
    /// Whether calls are shown in the CRM, and to whom where it names nobody.
    Crm(bool, Option<i64>),
}

impl Store {
    /// A phone's calling; none while nobody has looked at it.
    pub async fn calling_find(&self, phone: Uuid) -> Result<Option<calling::Model>, StoreError> {
        Ok(calling::Entity::find_by_id(phone)
            .one(self.reader())
            .await?)
    }

    /// Those of these phones whose calling somebody has looked at.
    pub async fn calling_of_phones(
        &self,
        phones: &[Uuid],
    ) -> Result<Vec<calling::Model>, StoreError> {
        Ok(calling::Entity::find()
            .filter(calling::Column::PhoneId.is_in(phones.iter().copied()))
            .all(self.reader())
            .await?)
    }

    /// Takes the right to be at a phone's calling with Meta, until a time at most; milliseconds. False when
    /// somebody else has it.
    pub async fn calling_guard_take(
        &self,
        phone: Uuid,
        until: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        txn.calling_ensure_in_txn(phone, now).await?;
        let taken = txn
            .run(
                "UPDATE calling SET busy_until = ? WHERE phone_id = ? AND (busy_until IS NULL OR busy_until <= ?)",
                [until.into(), phone.into(), now.into()],
            )
            .await?;
        txn.commit().await?;
        Ok(taken == 1)
    }

    /// Gives that right back, unless it has gone to somebody else meanwhile.
    pub async fn calling_guard_drop(&self, phone: Uuid, until: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE calling SET busy_until = NULL WHERE phone_id = ? AND busy_until = ?",
            [phone.into(), until.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// A phone's calling, as this transaction sees it.
    pub async fn calling_find_in_txn(
        &self,
        phone: Uuid,
    ) -> Result<Option<calling::Model>, StoreError> {
        Ok(calling::Entity::find_by_id(phone).one(&self.0).await?)
    }

    /// Writes parts of a phone's calling, and leaves the others alone.
    pub async fn calling_keep_in_txn(
        &self,
        phone: Uuid,
        parts: &[CallingPart<'_>],
        now: i64,
    ) -> Result<(), StoreError> {
        self.calling_ensure_in_txn(phone, now).await?;
        for part in parts {
            let (columns, values): (&str, Vec<sea_orm::Value>) = match *part {
                CallingPart::Wanted(json) => ("wanted = ?", vec![json.into()]),
                CallingPart::Actual(json) => {
                    ("actual = ?, actual_at = ?", vec![json.into(), now.into()])
                }
                CallingPart::Error(json) => ("error = ?", vec![json.map(str::to_owned).into()]),
                CallingPart::Drift(json) => ("drift = ?", vec![json.map(str::to_owned).into()]),
                CallingPart::Health(json) => {
                    ("health = ?, health_at = ?", vec![json.into(), now.into()])
                }
                CallingPart::Trunk(json) => {
                    ("trunk = ?, trunk_at = ?", vec![json.into(), now.into()])
                }
                CallingPart::Password(sealed) => {
                    ("sip_password = ?", vec![sealed.map(<[u8]>::to_vec).into()])
                }
                CallingPart::Crm(on, user) => {
                    ("in_crm = ?, crm_user = ?", vec![on.into(), user.into()])
                }
            };
            let sql = format!("UPDATE calling SET {columns}, updated_at = ? WHERE phone_id = ?");
            let rest = [now.into(), phone.into()];
            self.run_of(&sql, values.into_iter().chain(rest).collect())
                .await?;
        }
        Ok(())
    }

    async fn calling_ensure_in_txn(&self, phone: Uuid, now: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO calling (phone_id, in_crm, updated_at) VALUES (?, ?, ?) ON CONFLICT (phone_id) DO NOTHING",
            [phone.into(), false.into(), now.into()],
        )
        .await?;
        Ok(())
    }
}
