//! What waits for destinations: counted while it is little, and as the numbers of lines tell when it is much.

use super::outbox::open_of_line;
use super::sql::{halves, placeholders};
use super::{Store, StoreError};
use sea_orm::{QueryResult, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// Queues are counted this far.
const COUNTED: i64 = app::model::COUNTED as i64;

/// What waits for a destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DestinationQueue {
    /// How many, exactly up to one more than [`app::model::COUNTED`]; of more, as the numbers of lines tell.
    pub waiting: i64,
    /// When the oldest was written, in milliseconds.
    pub oldest: Option<i64>,
}

impl Store {
    /// What waits for each of these, from the lines that are not at rest: what has arrived is not looked at.
    pub(super) async fn destination_queues(
        &self,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, DestinationQueue>, StoreError> {
        let mut queues = HashMap::with_capacity(ids.len());
        for part in halves(ids) {
            queues.extend(self.short_queues(part).await?);
        }
        let crowded = queues.iter().filter(|(_, queue)| queue.waiting > COUNTED);
        let crowded: Vec<Uuid> = crowded.map(|(id, _)| *id).collect();
        for part in halves(&crowded) {
            // What was carried off between the two questions stays as it was counted.
            queues.extend(self.long_queues(part).await?);
        }
        Ok(queues)
    }

    /// Counted to the limit, each by itself: a long queue does not hide a short one.
    async fn short_queues(
        &self,
        ids: &[Uuid],
    ) -> Result<Vec<(Uuid, DestinationQueue)>, StoreError> {
        let open = open_of_line("d.");
        let most = COUNTED + 1;
        let one = |place| {
            format!(
                "SELECT {place} AS place, COUNT(*) AS waiting, MIN(created_at) AS oldest FROM (SELECT d.created_at FROM line l \
                 JOIN delivery d ON d.line_id = l.id AND {open} \
                 WHERE l.destination_id = ? AND l.due_at IS NOT NULL LIMIT {most}) AS counted"
            )
        };
        let sql: Vec<String> = (0..ids.len()).map(one).collect();
        let values = ids.iter().map(|id| Value::from(*id)).collect();
        let rows = self.rows(&sql.join(" UNION ALL "), values).await?;
        let of = |row: &QueryResult| {
            let place: i32 = row.try_get("", "place")?;
            let id = usize::try_from(place).ok().and_then(|place| ids.get(place));
            Ok(id.copied().zip(Some(queue(row)?)))
        };
        rows.iter().filter_map(|row| of(row).transpose()).collect()
    }

    /// As the numbers of lines tell; those that were written first are at the heads of their lines.
    async fn long_queues(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, DestinationQueue)>, StoreError> {
        let marks = placeholders(ids.len());
        let sql = format!(
            "SELECT l.destination_id AS id, CAST(SUM(l.next_number - l.head) AS BIGINT) AS waiting, \
             MIN(d.created_at) AS oldest FROM line l JOIN delivery d ON d.line_id = l.id AND d.number = l.head \
             WHERE l.destination_id IN ({marks}) AND l.due_at IS NOT NULL GROUP BY l.destination_id"
        );
        let values = ids.iter().map(|id| Value::from(*id)).collect();
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "id")?, queue(row)?)))
            .collect()
    }
}

fn queue(row: &QueryResult) -> Result<DestinationQueue, StoreError> {
    let waiting: Option<i64> = row.try_get("", "waiting")?;
    Ok(DestinationQueue {
        waiting: waiting.unwrap_or_default(),
        oldest: row.try_get("", "oldest")?,
    })
}
