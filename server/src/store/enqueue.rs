//! Writing deliveries into their lines, many with a few statements.

use super::line_work::Waiting;
use super::sql::{halves, rows_of};
use super::{StoreError, Txn};
use crate::outbox::{Cause, DeliveryState, DestinationKind, NewDelivery};
use sea_orm::Value;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A line's destination and key.
type LineKey = (Uuid, String);

/// A delivery with its place.
struct Numbered<'a> {
    id: Uuid,
    destination: Uuid,
    line: Uuid,
    number: i64,
    new: &'a NewDelivery,
    cause: Option<Cause>,
}

impl Txn {
    /// Has a delivery written at the end of its line, because of what [`Txn::caused_by`] says, when this transaction is
    /// committed; answers its id.
    pub fn delivery_enqueue(&self, new: NewDelivery, now: i64) -> Uuid {
        self.delivery_enqueue_because(new, self.cause(), now)
    }

    /// The same because of something else.
    pub fn delivery_enqueue_because(
        &self,
        new: NewDelivery,
        cause: Option<Cause>,
        now: i64,
    ) -> Uuid {
        let id = Uuid::now_v7();
        self.line_work(|work| work.lengthens(Waiting { id, new, cause }, now));
        id
    }

    /// Writes deliveries at the ends of their lines, in their order.
    ///
    /// Numbers are handed out while the lines' rows are locked by this transaction, so the order of
    /// numbers is the order of commits.
    pub(super) async fn deliveries_write_in_txn(
        &self,
        news: &[Waiting],
        now: i64,
    ) -> Result<(), StoreError> {
        let destinations = self.destinations_ensure_in_txn(news).await?;
        let destination_of = |new: &NewDelivery| {
            let found = destinations.get(&(new.destination, new.target)).copied();
            found.ok_or_else(|| StoreError::Unreadable("the destination is not there".into()))
        };
        // Sorted, phones first: transactions that lock the same lines lock them in the same order.
        let mut counts: BTreeMap<(bool, LineKey), i64> = BTreeMap::new();
        for Waiting { new, .. } in news {
            let line = (destination_of(new)?, new.line());
            let is_portal = new.destination == DestinationKind::Portal;
            *counts.entry((is_portal, line)).or_default() += 1;
        }
        let counts = counts.into_iter().map(|((_, line), count)| (line, count));
        let counts: Vec<_> = counts.collect();
        let mut lines = HashMap::with_capacity(counts.len());
        for part in halves(&counts) {
            lines.extend(self.lines_lengthen_in_txn(part, now).await?);
        }
        let mut numbered = Vec::with_capacity(news.len());
        for Waiting { id, new, cause } in news {
            let destination = destination_of(new)?;
            let line = lines.get_mut(&(destination, new.line()));
            let (line, next) =
                line.ok_or_else(|| StoreError::Unreadable("the line answered nothing".into()))?;
            numbered.push(Numbered {
                id: *id,
                destination,
                line: *line,
                number: *next,
                new,
                cause: *cause,
            });
            *next += 1;
        }
        for part in halves(&numbered) {
            self.deliveries_insert_in_txn(part, now).await?;
        }
        Ok(())
    }

    /// Makes room at the ends of lines; answers each line's row and the first free number.
    pub(super) async fn lines_lengthen_in_txn(
        &self,
        counts: &[(LineKey, i64)],
        now: i64,
    ) -> Result<Vec<(LineKey, (Uuid, i64))>, StoreError> {
        let mut values: Vec<Value> = Vec::with_capacity(counts.len() * 5);
        for ((destination, key), count) in counts {
            values.push(Uuid::now_v7().into());
            values.push((*destination).into());
            values.push(key.as_str().into());
            values.push((1 + count).into());
            values.push(now.into());
        }
        let sql = format!(
            "INSERT INTO line (id, destination_id, key, next_number, head, due_at) VALUES {} \
             ON CONFLICT (destination_id, key) DO UPDATE SET \
             next_number = line.next_number + excluded.next_number - 1, \
             head = COALESCE(line.head, line.next_number), \
             due_at = COALESCE(line.due_at, excluded.due_at) \
             RETURNING id, destination_id, key, next_number",
            rows_of("(?, ?, ?, ?, 1, ?)", counts.len())
        );
        let rows = self.rows(&sql, values).await?;
        let mut ends = HashMap::with_capacity(rows.len());
        for row in rows {
            let key: String = row.try_get("", "key")?;
            let destination: Uuid = row.try_get("", "destination_id")?;
            let line: Uuid = row.try_get("", "id")?;
            let next: i64 = row.try_get("", "next_number")?;
            ends.insert((destination, key), (line, next));
        }
        let found = |(line_key, count): &(LineKey, i64)| {
            let end = ends.get(line_key);
            end.map(|(line, next)| (line_key.clone(), (*line, next - count)))
        };
        Ok(counts.iter().filter_map(found).collect())
    }

    async fn deliveries_insert_in_txn(
        &self,
        numbered: &[Numbered<'_>],
        now: i64,
    ) -> Result<(), StoreError> {
        let mut values: Vec<Value> = Vec::with_capacity(numbered.len() * 15);
        for one in numbered {
            let new = one.new;
            values.extend::<[Value; 15]>([
                one.id.into(),
                new.owner.into(),
                one.destination.into(),
                one.line.into(),
                one.number.into(),
                new.kind.as_str().into(),
                new.direction().as_str().into(),
                new.phone.into(),
                new.conversation.into(),
                new.message.into(),
                new.payload.as_str().into(),
                DeliveryState::Waiting.as_str().into(),
                now.into(),
                one.cause.map(|cause| cause.receipt).into(),
                one.cause.map(|cause| cause.at).into(),
            ]);
        }
        let sql = format!(
            "INSERT INTO delivery (id, owner_id, destination_id, line_id, number, kind, direction, phone_id, \
             conversation_id, message_id, payload, state, created_at, receipt_id, receipt_at, attempts, epoch) VALUES {}",
            rows_of(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                numbered.len()
            )
        );
        self.run_of(&sql, values).await?;
        Ok(())
    }

    async fn destinations_ensure_in_txn(
        &self,
        news: &[Waiting],
    ) -> Result<HashMap<(DestinationKind, Uuid), Uuid>, StoreError> {
        let mut found = HashMap::new();
        for Waiting { new, .. } in news {
            let key = (new.destination, new.target);
            if let std::collections::hash_map::Entry::Vacant(place) = found.entry(key) {
                place.insert(self.destination_ensure_in_txn(key.0, key.1).await?);
            }
        }
        Ok(found)
    }

    pub(super) async fn destination_ensure_in_txn(
        &self,
        kind: DestinationKind,
        target: Uuid,
    ) -> Result<Uuid, StoreError> {
        const FIND: &str = "SELECT id FROM destination WHERE kind = ? AND target_id = ?";
        if let Some(row) = self
            .row(FIND, [kind.as_str().into(), target.into()])
            .await?
        {
            return Ok(row.try_get("", "id")?);
        }
        self.run(
            "INSERT INTO destination (id, kind, target_id) VALUES (?, ?, ?) ON CONFLICT (kind, target_id) DO NOTHING",
            [Uuid::now_v7().into(), kind.as_str().into(), target.into()],
        )
        .await?;
        let row = self
            .row(FIND, [kind.as_str().into(), target.into()])
            .await?;
        let row =
            row.ok_or_else(|| StoreError::Unreadable("the destination is not there".into()))?;
        Ok(row.try_get("", "id")?)
    }
}
