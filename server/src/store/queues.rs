//! How long the queues are, for whoever watches the server. What it costs grows with the conversations that wait, not
//! with the messages that were ever carried.

use super::couriers::word;
use super::{Store, StoreError};
use crate::outbox::DestinationKind;
use sea_orm::QueryResult;

/// The queue of one kind of destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueNow {
    /// Portals or phones.
    pub kind: DestinationKind,
    /// Deliveries that wait or are on their way.
    pub waiting: i64,
    /// When the oldest head of a line was written, in milliseconds.
    pub oldest: i64,
}

/// All queues.
#[derive(Clone, Debug, Default)]
pub struct Queues {
    /// Kinds of destinations that have something waiting.
    pub waiting: Vec<QueueNow>,
    /// Destinations that rest by themselves or are held by a person, by kind.
    pub paused: Vec<(DestinationKind, i64)>,
    /// Pace buckets that count: kind, level, and when it was so.
    pub buckets: Vec<(DestinationKind, f64, i64)>,
    /// When the oldest unread receipt came.
    pub unread: Option<i64>,
}

impl Store {
    /// The queues as they are.
    pub async fn queues(&self, now: i64) -> Result<Queues, StoreError> {
        // A line's deliveries are numbered without gaps and end in their order, but for what was replayed and settled
        // before its turn.
        let waiting = self
            .rows(
                "SELECT t.kind, CAST(SUM(l.next_number - l.head) AS BIGINT) AS waiting, MIN(d.created_at) AS oldest \
                 FROM line l JOIN destination t ON t.id = l.destination_id \
                 JOIN delivery d ON d.line_id = l.id AND d.number = l.head \
                 WHERE l.due_at IS NOT NULL GROUP BY t.kind",
                Vec::new(),
            )
            .await?;
        let paused = self
            .rows(
                "SELECT kind, COUNT(*) AS paused FROM destination WHERE paused_until > ? OR held_at IS NOT NULL GROUP BY kind",
                vec![now.into()],
            )
            .await?;
        let buckets = self
            .rows(
                "SELECT kind, bucket_level, bucket_at FROM destination WHERE bucket_level > 0",
                Vec::new(),
            )
            .await?;
        let unread = self
            .row(
                "SELECT received_at FROM receipt WHERE state = 'new' ORDER BY id LIMIT 1",
                [],
            )
            .await?;
        Ok(Queues {
            waiting: all(&waiting, |row| {
                Ok(QueueNow {
                    kind: word(row, "kind")?,
                    waiting: row.try_get("", "waiting")?,
                    oldest: row.try_get("", "oldest")?,
                })
            })?,
            paused: all(&paused, |row| {
                Ok((word(row, "kind")?, row.try_get("", "paused")?))
            })?,
            buckets: all(&buckets, |row| {
                let level = row.try_get("", "bucket_level")?;
                Ok((word(row, "kind")?, level, row.try_get("", "bucket_at")?))
            })?,
            unread: unread
                .map(|row| row.try_get("", "received_at"))
                .transpose()?,
        })
    }
}

fn all<T>(
    rows: &[QueryResult],
    read: impl Fn(&QueryResult) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}
