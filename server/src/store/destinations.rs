//! Destinations as people look at them: held and let go, how they fare, and when their owner is told.

use super::couriers::word;
use super::destination_queues::DestinationQueue;
use super::entities::destination;
use super::views::query::{Conditions, Slice, pattern};
use super::{Scope, Store, StoreError, Txn};
use crate::outbox::DestinationKind;
use sea_orm::{FromQueryResult, QueryResult, Value};
use uuid::Uuid;

/// A destination with what waits for it.
#[derive(Clone, Debug)]
pub struct DestinationView {
    /// Its row.
    pub row: destination::Model,
    /// Portal or phone.
    pub kind: DestinationKind,
    /// Whose.
    pub owner: Uuid,
    /// The portal's domain or the phone's number.
    pub name: String,
    /// What waits for it.
    pub queue: DestinationQueue,
}

/// A destination of which its owner is told.
pub struct Told {
    /// Its row.
    pub destination: Uuid,
    /// Whose.
    pub owner: Uuid,
    /// Whether it is well again; else it fails.
    pub well: bool,
}

const COLUMNS: &str =
    "t.*, COALESCE(p.owner_id, b.owner_id) AS owner, COALESCE(p.phone, b.domain) AS name";

const FROM: &str = "FROM destination t LEFT JOIN phone p ON t.kind = 'phone' AND p.id = t.target_id \
     LEFT JOIN portal b ON t.kind = 'portal' AND b.id = t.target_id";

/// Whose it is.
const OWNER: &str = "COALESCE(p.owner_id, b.owner_id)";

impl Store {
    /// One slice of the destinations somebody may see whose name fits: those in trouble first, then portals and phones
    /// by name; and how many there are.
    pub async fn destinations_view(
        &self,
        scope: Scope,
        search: &str,
        slice: Slice,
    ) -> Result<(Vec<DestinationView>, i64), StoreError> {
        let mut conditions = Conditions::within(scope, OWNER);
        conditions.and(&format!("{OWNER} IS NOT NULL"), []);
        if !search.trim().is_empty() {
            conditions.and(
                "LOWER(COALESCE(p.phone, b.domain)) LIKE ? ESCAPE '\\'",
                [pattern(search).into()],
            );
        }
        let (words, values) = conditions.finish([]);
        let total = self.counted(FROM, &words, values).await?;
        let slice = [i64::from(slice.limit), i64::from(slice.offset)];
        let (words, values) = conditions.finish(slice.map(Value::from));
        let sql = format!(
            "SELECT {COLUMNS} {FROM} WHERE {words} ORDER BY CASE WHEN t.held_at IS NOT NULL OR t.failures > 0 THEN 0 \
             ELSE 1 END, t.kind DESC, name, t.id LIMIT ? OFFSET ?"
        );
        let rows = self.rows(&sql, values).await?;
        let found = rows.iter().map(view).collect::<Result<_, _>>()?;
        Ok((self.with_queues(found).await?, total))
    }

    /// One destination; `None` when there is none, or it is somebody else's.
    pub async fn destination_view(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<DestinationView>, StoreError> {
        let mut conditions = Conditions::within(scope, OWNER);
        conditions.and("t.id = ?", [id.into()]);
        let (words, values) = conditions.finish([]);
        let rows = self
            .rows(
                &format!("SELECT {COLUMNS} {FROM} WHERE {words} AND {OWNER} IS NOT NULL"),
                values,
            )
            .await?;
        let found = rows.iter().map(view).collect::<Result<_, _>>()?;
        Ok(self.with_queues(found).await?.pop())
    }

    /// Destinations whose owner was told that they fail, and those that are well again since `since`.
    pub async fn destinations_told(
        &self,
        scope: Scope,
        since: i64,
    ) -> Result<Vec<DestinationView>, StoreError> {
        let mut conditions = Conditions::within(scope, OWNER);
        conditions.and(
            "t.told_at IS NOT NULL AND (t.well_at IS NULL OR t.well_at >= ?)",
            [since.into()],
        );
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT {COLUMNS} {FROM} WHERE {words} AND {OWNER} IS NOT NULL ORDER BY t.told_at LIMIT 12"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter().map(view).collect()
    }

    async fn with_queues(
        &self,
        mut views: Vec<DestinationView>,
    ) -> Result<Vec<DestinationView>, StoreError> {
        let ids: Vec<Uuid> = views.iter().map(|view| view.row.id).collect();
        let queues = self.destination_queues(&ids).await?;
        for view in &mut views {
            view.queue = queues.get(&view.row.id).copied().unwrap_or_default();
        }
        Ok(views)
    }
}

impl Txn {
    /// Notes since when destinations fail, and answers those whose owner is to be told: they failed `times` in a row
    /// or for `long` milliseconds, or are well again after that. Each is answered once. What a person holds is not tried,
    /// and says nothing new.
    pub async fn destinations_tell_in_txn(
        &self,
        now: i64,
        times: i32,
        long: i64,
    ) -> Result<Vec<Told>, StoreError> {
        self.run(
            "UPDATE destination SET failing_since = ?, \
             told_at = CASE WHEN well_at IS NULL THEN told_at END, well_at = NULL \
             WHERE failures > 0 AND failing_since IS NULL",
            [now.into()],
        )
        .await?;
        let failing = self
            .rows(
                "UPDATE destination SET told_at = ? WHERE told_at IS NULL AND failures > 0 AND held_at IS NULL \
                 AND (failures >= ? OR failing_since <= ?) RETURNING id",
                vec![now.into(), times.into(), (now - long).into()],
            )
            .await?;
        let well = self
            .rows(
                "UPDATE destination SET well_at = ? WHERE told_at IS NOT NULL AND well_at IS NULL AND failures = 0 RETURNING id",
                vec![now.into()],
            )
            .await?;
        self.run(
            "UPDATE destination SET failing_since = NULL WHERE failures = 0 AND failing_since IS NOT NULL",
            [],
        )
        .await?;
        let mut told = Vec::new();
        for (rows, well) in [(failing, false), (well, true)] {
            for row in rows {
                let destination = row.try_get("", "id")?;
                if let Some(owner) = self.destination_owner_in_txn(destination).await? {
                    told.push(Told {
                        destination,
                        owner,
                        well,
                    });
                }
            }
        }
        Ok(told)
    }

    async fn destination_owner_in_txn(&self, id: Uuid) -> Result<Option<Uuid>, StoreError> {
        let sql = format!("SELECT {OWNER} AS owner {FROM} WHERE t.id = ?");
        let row = self.row(&sql, [id.into()]).await?;
        row.map_or(Ok(None), |row| Ok(row.try_get("", "owner")?))
    }

    /// Holds a destination: nothing leaves for it, on no node, before it is let go. Answers whether it was not held.
    pub async fn destination_hold_in_txn(
        &self,
        id: Uuid,
        by: &str,
        reason: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let held = self.run(
            "UPDATE destination SET held_at = ?, held_by = ?, held_reason = ? WHERE id = ? AND held_at IS NULL",
            [now.into(), by.into(), reason.into(), id.into()],
        );
        Ok(held.await? == 1)
    }

    /// Lets a destination go on. Answers whether it was held.
    pub async fn destination_resume_in_txn(&self, id: Uuid) -> Result<bool, StoreError> {
        let resumed = self.run(
            "UPDATE destination SET held_at = NULL, held_by = NULL, held_reason = NULL, paused_until = 0 \
             WHERE id = ? AND held_at IS NOT NULL",
            [id.into()],
        );
        Ok(resumed.await? == 1)
    }

    /// Ends the rest a destination has taken by itself: what is due is tried now.
    pub async fn destination_probe_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run(
            "UPDATE destination SET paused_until = 0 WHERE id = ?",
            [id.into()],
        )
        .await?;
        Ok(())
    }
}

fn view(row: &QueryResult) -> Result<DestinationView, StoreError> {
    let name: Option<String> = row.try_get("", "name")?;
    Ok(DestinationView {
        row: destination::Model::from_query_result(row, "")?,
        kind: word(row, "kind")?,
        owner: row.try_get("", "owner")?,
        name: name.unwrap_or_default(),
        queue: DestinationQueue::default(),
    })
}
