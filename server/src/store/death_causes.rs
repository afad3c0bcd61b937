//! What dead letters died of, and all that died of the same.

use super::couriers::word;
use super::dead_letters::{DEAD, IN_DOUBT, is_dead};
use super::views::query::{Conditions, Slice};
use super::{Scope, Store, StoreError};
use crate::outbox::DestinationKind;
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

/// Why dead letters are dead: the same owner, destination, code and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeathCause {
    /// Whose they are.
    pub owner: Uuid,
    /// Where they were to go.
    pub destination: Uuid,
    /// The other side's code; empty where there is none.
    pub code: String,
    /// The first 160 characters of its words.
    pub words: String,
}

/// A cause with what died of it.
pub struct CauseView {
    /// The cause.
    pub cause: DeathCause,
    /// Portal or phone.
    pub kind: DestinationKind,
    /// The portal's domain or the phone's number.
    pub name: String,
    /// How many.
    pub total: i64,
    /// When the first ended.
    pub oldest: i64,
    /// When the last ended.
    pub newest: i64,
}

/// What groups them: the same words as in their index.
const CODE: &str = "COALESCE(d.error_code, '')";
const WORDS: &str = "COALESCE(SUBSTR(d.error_text, 1, 160), '')";

const JOINS: &str = "JOIN destination t ON t.id = d.destination_id \
     LEFT JOIN phone p ON t.kind = 'phone' AND p.id = t.target_id \
     LEFT JOIN portal b ON t.kind = 'portal' AND b.id = t.target_id";

impl DeathCause {
    /// Narrows deliveries `d` to those that died of it.
    pub(super) fn narrow(&self, conditions: &mut Conditions) {
        conditions.and(&format!("d.state IN {DEAD}"), []);
        conditions.and(
            &format!("d.owner_id = ? AND d.destination_id = ? AND {CODE} = ? AND {WORDS} = ?"),
            [
                self.owner.into(),
                self.destination.into(),
                self.code.as_str().into(),
                self.words.as_str().into(),
            ],
        );
    }

    fn conditions(&self, scope: Scope) -> Conditions {
        let mut conditions = Conditions::within(scope, "d.owner_id");
        self.narrow(&mut conditions);
        conditions
    }
}

impl Store {
    /// One slice of the causes, those with most dead letters first, and how many causes there are.
    pub async fn causes_view(
        &self,
        scope: Scope,
        slice: Slice,
    ) -> Result<(Vec<CauseView>, i64), StoreError> {
        let mut conditions = Conditions::within(scope, "d.owner_id");
        conditions.and(&format!("d.state IN {DEAD}"), []);
        let (words, values) = conditions.finish([]);
        let grouped = format!("GROUP BY d.owner_id, d.destination_id, {CODE}, {WORDS}");
        let total = self
            .rows(
                &format!(
                    "SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM delivery d WHERE {words} {grouped}) AS causes"
                ),
                values,
            )
            .await?;
        let total = total
            .first()
            .map_or(Ok(0), |row| row.try_get("", "total"))?;
        let slice = [i64::from(slice.limit), i64::from(slice.offset)];
        let (words, values) = conditions.finish(slice.map(Value::from));
        let sql = format!(
            "SELECT g.*, t.kind, COALESCE(p.phone, b.domain) AS name FROM (SELECT d.owner_id, d.destination_id, \
             {CODE} AS code, {WORDS} AS words, COUNT(*) AS total, MIN(d.done_at) AS oldest, MAX(d.done_at) AS newest \
             FROM delivery d WHERE {words} {grouped} ORDER BY total DESC, newest DESC LIMIT ? OFFSET ?) g \
             {} ORDER BY g.total DESC, g.newest DESC",
            JOINS.replace("d.destination_id", "g.destination_id")
        );
        let rows = self.rows(&sql, values).await?;
        Ok((
            rows.iter().map(cause_view).collect::<Result<_, _>>()?,
            total,
        ))
    }

    /// A cause with what died of it; `None` when nothing does any more, or it is somebody else's.
    pub async fn cause_view(
        &self,
        scope: Scope,
        cause: &DeathCause,
    ) -> Result<Option<CauseView>, StoreError> {
        let (words, values) = cause.conditions(scope).finish([]);
        let sql = format!(
            "SELECT g.*, t.kind, COALESCE(p.phone, b.domain) AS name FROM (SELECT d.owner_id, d.destination_id, \
             {CODE} AS code, {WORDS} AS words, COUNT(*) AS total, MIN(d.done_at) AS oldest, MAX(d.done_at) AS newest \
             FROM delivery d WHERE {words} GROUP BY d.owner_id, d.destination_id, {CODE}, {WORDS}) g {}",
            JOINS.replace("d.destination_id", "g.destination_id")
        );
        let rows = self.rows(&sql, values).await?;
        rows.first().map(cause_view).transpose()
    }

    /// The cause a dead letter died of; `None` when it is not dead, or somebody else's.
    pub async fn cause_of(&self, scope: Scope, id: Uuid) -> Result<Option<DeathCause>, StoreError> {
        let mut conditions = Conditions::within(scope, "d.owner_id");
        conditions.and(&format!("d.id = ? AND {}", is_dead("d.")), [id.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT d.owner_id, d.destination_id, {CODE} AS code, {WORDS} AS words FROM delivery d WHERE {words}"
        );
        let rows = self.rows(&sql, values).await?;
        rows.first().map(cause).transpose()
    }

    /// How many of a cause could arrive twice when they are replayed: sent to a customer, the answer lost, and Meta
    /// cannot be asked. What went to a portal is looked up in its chat first. Counted to a limit.
    pub async fn cause_doubles(&self, scope: Scope, cause: &DeathCause) -> Result<i64, StoreError> {
        let mut conditions = cause.conditions(scope);
        conditions.and(&format!("d.direction = 'to_whatsapp' AND {IN_DOUBT}"), []);
        let (words, values) = conditions.finish([]);
        self.counted("FROM delivery d", &words, values).await
    }

    /// Dead letters of a cause that ended before `before`, line by line in their order, after `past` of them: at most
    /// `limit`.
    pub async fn cause_letters(
        &self,
        scope: Scope,
        cause: &DeathCause,
        before: i64,
        limit: i64,
        past: i64,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut conditions = cause.conditions(scope);
        conditions.and("d.done_at < ?", [before.into()]);
        let (words, values) = conditions.finish([limit.into(), past.into()]);
        let sql = format!(
            "SELECT d.id FROM delivery d WHERE {words} ORDER BY d.line_id, d.number LIMIT ? OFFSET ?"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }
}

fn cause(row: &QueryResult) -> Result<DeathCause, StoreError> {
    Ok(DeathCause {
        owner: row.try_get("", "owner_id")?,
        destination: row.try_get("", "destination_id")?,
        code: row.try_get("", "code")?,
        words: row.try_get("", "words")?,
    })
}

fn cause_view(row: &QueryResult) -> Result<CauseView, StoreError> {
    let name: Option<String> = row.try_get("", "name")?;
    Ok(CauseView {
        cause: cause(row)?,
        kind: word(row, "kind")?,
        name: name.unwrap_or_default(),
        total: row.try_get("", "total")?,
        oldest: row
            .try_get::<Option<i64>>("", "oldest")?
            .unwrap_or_default(),
        newest: row
            .try_get::<Option<i64>>("", "newest")?
            .unwrap_or_default(),
    })
}
