//! Dead letters: deliveries that were refused or given up.

use super::couriers::word;
use super::sql::{halves, placeholders};
use super::views::query::Conditions;
use super::{Scope, Store, StoreError, Txn};
use crate::outbox::{DeliveryKind, DeliveryState, DestinationKind};
use sea_orm::{QueryResult, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

/// One dead letter, as a replay needs it.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The delivery.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// Refused or dead.
    pub state: DeliveryState,
    /// When it ended.
    pub done_at: Option<i64>,
    /// Its destination, what it is and who.
    pub destination: Uuid,
    /// Portal or phone.
    pub destination_kind: DestinationKind,
    /// The portal's or the phone's row.
    pub target: Uuid,
    /// Its line.
    pub line: Uuid,
    /// What is carried.
    pub kind: DeliveryKind,
    /// The business number.
    pub phone: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// The message it carries.
    pub message: Option<Uuid>,
    /// The other side's code.
    pub code: Option<String>,
    /// Whether a call was made whose answer nobody knows.
    pub in_doubt: bool,
}

/// The states of dead letters.
pub(super) const DEAD: &str = "('refused', 'dead')";

/// Whether what is known by its id is a dead letter, in other words than the index of dead letters has: whatever the
/// statistics say, it is not looked for among all of them. `of` is the table's alias with its point.
pub(super) fn is_dead(of: &str) -> String {
    format!("({of}state IN {DEAD}) IS TRUE")
}

/// Whether the last call's answer is unknown. A call that ended otherwise has left an attempt of its time.
pub(super) const IN_DOUBT: &str = "(d.state = 'dead' AND d.attempts > 0 AND COALESCE((SELECT a.outcome FROM attempt a \
     WHERE a.delivery_id = d.id AND a.at >= d.tried_at ORDER BY a.at DESC, a.id DESC LIMIT 1), 'unknown') = 'unknown')";

impl Store {
    /// Whether all of these are deliveries that may be seen.
    pub async fn deliveries_are_within(
        &self,
        scope: Scope,
        ids: &[Uuid],
    ) -> Result<bool, StoreError> {
        let mut seen = BTreeSet::new();
        for row in self.among_these(scope, ids, "d.id", "1 = 1").await? {
            let id: Uuid = row.try_get("", "id")?;
            seen.insert(id);
        }
        Ok(ids.iter().all(|id| seen.contains(id)))
    }

    /// Whether a dead letter could arrive twice when it is replayed.
    pub async fn delivery_may_double(&self, id: Uuid) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT 1 AS one FROM delivery d WHERE d.id = ? AND d.direction = 'to_whatsapp' AND {IN_DOUBT}"
        );
        Ok(self.row(&sql, [id.into()]).await?.is_some())
    }

    /// Those of these that are dead letters, each once, line by line in their order.
    pub async fn dead_letters_sorted(
        &self,
        scope: Scope,
        ids: &[Uuid],
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut found = BTreeSet::new();
        let (columns, dead) = ("d.line_id, d.number, d.id", is_dead("d."));
        for row in self.among_these(scope, ids, columns, &dead).await? {
            let line: Uuid = row.try_get("", "line_id")?;
            let number: i64 = row.try_get("", "number")?;
            let id: Uuid = row.try_get("", "id")?;
            found.insert((line, number, id));
        }
        Ok(found.into_iter().map(|(_, _, id)| id).collect())
    }

    /// The rows of those of these deliveries that may be seen and meet a condition, in no order.
    async fn among_these(
        &self,
        scope: Scope,
        ids: &[Uuid],
        columns: &str,
        condition: &str,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for part in halves(ids) {
            let mut conditions = Conditions::within(scope, "d.owner_id");
            let marks = placeholders(part.len());
            let values = part.iter().map(|id| Value::from(*id)).collect();
            conditions.and_of(&format!("{condition} AND d.id IN ({marks})"), values);
            let (words, values) = conditions.finish([]);
            let sql = format!("SELECT {columns} FROM delivery d WHERE {words}");
            found.extend(self.rows(&sql, values).await?);
        }
        Ok(found)
    }
}

impl Txn {
    /// A dead letter; `None` when it is none (any more), or somebody else's.
    pub async fn dead_letter_find_in_txn(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<DeadLetter>, StoreError> {
        let mut conditions = Conditions::within(scope, "d.owner_id");
        conditions.and(&format!("d.id = ? AND {}", is_dead("d.")), [id.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT d.id, d.owner_id, d.state, d.done_at, d.destination_id, t.kind AS destination_kind, t.target_id, \
             d.line_id, d.kind, d.phone_id, d.conversation_id, d.message_id, d.error_code, \
             CASE WHEN {IN_DOUBT} THEN 1 ELSE 0 END AS in_doubt \
             FROM delivery d JOIN destination t ON t.id = d.destination_id WHERE {words}"
        );
        let rows = self.rows(&sql, values).await?;
        rows.first().map(letter).transpose()
    }
}

fn letter(row: &QueryResult) -> Result<DeadLetter, StoreError> {
    let in_doubt: i32 = row.try_get("", "in_doubt")?;
    Ok(DeadLetter {
        id: row.try_get("", "id")?,
        owner: row.try_get("", "owner_id")?,
        state: word(row, "state")?,
        done_at: row.try_get("", "done_at")?,
        destination: row.try_get("", "destination_id")?,
        destination_kind: word(row, "destination_kind")?,
        target: row.try_get("", "target_id")?,
        line: row.try_get("", "line_id")?,
        kind: word(row, "kind")?,
        phone: row.try_get("", "phone_id")?,
        conversation: row.try_get("", "conversation_id")?,
        message: row.try_get("", "message_id")?,
        code: row.try_get("", "error_code")?,
        in_doubt: in_doubt == 1,
    })
}
