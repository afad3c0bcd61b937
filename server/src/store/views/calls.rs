//! Calls as a page lists them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::{Scope, Store, StoreError};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A call with the phone and the customer.
pub struct CallView {
    /// The call.
    pub id: Uuid,
    /// Meta's id of it.
    pub wacid: String,
    /// The business number, with `+`.
    pub phone: String,
    /// The customer's name.
    pub name: Option<String>,
    /// The customer, as Bitrix24 knows them; empty where nobody is known.
    pub customer: String,
    /// `in` or `out`.
    pub direction: String,
    /// How it stands, as a word.
    pub outcome: String,
    /// When it began.
    pub started_at: i64,
    /// Seconds.
    pub duration: Option<i64>,
    /// Meta's error, as JSON.
    pub error: Option<String>,
    /// The portal has it.
    pub in_portal: bool,
}

/// How many calls of a day ended in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCount {
    /// Days since the epoch, UTC.
    pub day: i64,
    /// How they ended, as a word.
    pub outcome: String,
    /// How many.
    pub count: i64,
}

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum CallOrder {
    /// By when it began.
    Started,
    /// By how long they talked.
    Duration,
}

/// What to list.
pub struct CallQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// `in`, `out` or both.
    pub direction: Option<&'a str>,
    /// With this outcome.
    pub outcome: Option<&'a str>,
    /// Number, name or Meta's id.
    pub search: &'a str,
    /// Sorted by.
    pub order: CallOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

const FROM: &str =
    "FROM call l JOIN phone p ON p.id = l.phone_id LEFT JOIN contact k ON k.id = l.contact_id";

const COLUMNS: &str = "l.id, l.wacid, p.phone, k.name, k.external_id, l.direction, l.outcome, l.started_at, \
     l.duration, l.error, l.portal_call";

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

impl Store {
    /// One slice of the calls asked for, and how many there are in all.
    pub async fn calls_view(
        &self,
        question: &CallQuestion<'_>,
    ) -> Result<(Vec<CallView>, i64), StoreError> {
        let mut conditions = within(question.scope);
        if let Some(direction) = question.direction {
            conditions.and("l.direction = ?", [direction.into()]);
        }
        if let Some(outcome) = question.outcome {
            conditions.and("l.outcome = ?", [outcome.into()]);
        }
        if !question.search.trim().is_empty() {
            let like = pattern(question.search.trim().trim_start_matches('+'));
            let columns = ["k.external_id", "k.name", "p.phone", "l.wacid"];
            let words = columns.map(|column| format!("LOWER({column}) LIKE ? ESCAPE '\\'"));
            conditions.and(
                &format!("({})", words.join(" OR ")),
                [(); 4].map(|()| like.as_str().into()),
            );
        }
        let list = List {
            columns: COLUMNS,
            from: FROM,
            count_from: FROM,
            order: match question.order {
                CallOrder::Started => "l.started_at",
                // Both engines put what nobody answered after the shortest talk.
                CallOrder::Duration => "COALESCE(l.duration, -1)",
            },
            id: "l.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(view).collect::<Result<_, _>>()?, total))
    }

    /// How calls since `since` ended, by day.
    pub async fn calls_by_day(
        &self,
        scope: Scope,
        since: i64,
    ) -> Result<Vec<CallCount>, StoreError> {
        let mut conditions = within(scope);
        conditions.and("l.started_at >= ?", [since.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT l.started_at / {DAY} AS day, l.outcome, COUNT(*) AS calls FROM call l \
             JOIN phone p ON p.id = l.phone_id WHERE {words} GROUP BY l.started_at / {DAY}, l.outcome"
        );
        let rows = self.rows(&sql, values).await?;
        let count = |row: &QueryResult| {
            Ok(CallCount {
                day: row.try_get("", "day")?,
                outcome: row.try_get("", "outcome")?,
                count: row.try_get("", "calls")?,
            })
        };
        rows.iter().map(count).collect()
    }
}

/// Whose calls may be seen. A call's own owner is its phone's, and has the index of the list.
fn within(scope: Scope) -> Conditions {
    let mut conditions = Conditions::within_phones(scope, "p");
    if let Scope::Owner(owner) | Scope::Framed { owner, .. } = scope {
        conditions.and("l.owner_id = ?", [owner.into()]);
    }
    conditions
}

fn view(row: &QueryResult) -> Result<CallView, StoreError> {
    let digits: String = row.try_get("", "phone")?;
    let customer: Option<String> = row.try_get("", "external_id")?;
    let portal: Option<String> = row.try_get("", "portal_call")?;
    Ok(CallView {
        id: row.try_get("", "id")?,
        wacid: row.try_get("", "wacid")?,
        phone: format!("+{}", digits.trim_start_matches('+')),
        name: row.try_get("", "name")?,
        customer: customer.unwrap_or_default(),
        direction: row.try_get("", "direction")?,
        outcome: row.try_get("", "outcome")?,
        started_at: row.try_get("", "started_at")?,
        duration: row.try_get("", "duration")?,
        error: row.try_get("", "error")?,
        in_portal: portal.is_some(),
    })
}
