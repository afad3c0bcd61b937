//! The history of phones' calling. Whoever asks has found the phone with its owner.

use super::entities::calling_event;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub struct NewCallingEvent<'a> {
    /// To which phone.
    pub phone: Uuid,
    /// Who did it; none for Meta and THOTH itself.
    pub person: Option<Uuid>,
    /// Their name now.
    pub name: Option<&'a str>,
    /// A stable word, `saved` for one.
    pub kind: &'a str,
    /// What changed, as JSON.
    pub detail: &'a str,
}

impl Store {
    /// What happened to a phone's calling, the newest first.
    pub async fn calling_events(
        &self,
        phone: Uuid,
        limit: u64,
    ) -> Result<Vec<calling_event::Model>, StoreError> {
        Ok(calling_event::Entity::find()
            .filter(calling_event::Column::PhoneId.eq(phone))
            .order_by_desc(calling_event::Column::At)
            .order_by_desc(calling_event::Column::Id)
            .limit(limit)
            .all(self.reader())
            .await?)
    }
}

impl Txn {
    /// Notes that something happened.
    pub async fn calling_event_in_txn(
        &self,
        event: &NewCallingEvent<'_>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO calling_event (id, phone_id, person_id, person, kind, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                Uuid::now_v7().into(),
                event.phone.into(),
                event.person.into(),
                event.name.map(str::to_owned).into(),
                event.kind.into(),
                event.detail.into(),
                now.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Notes what Meta said once, however often it says it. False when it is known already.
    pub async fn calling_event_once_in_txn(
        &self,
        event: &NewCallingEvent<'_>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let known = self
            .row(
                "SELECT id FROM calling_event WHERE phone_id = ? AND kind = ? AND detail = ? LIMIT 1",
                [event.phone.into(), event.kind.into(), event.detail.into()],
            )
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        self.calling_event_in_txn(event, now).await?;
        Ok(true)
    }
}
