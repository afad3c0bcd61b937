//! Deliveries as a page shows them.

use super::delivery_question::{DeliveryOrder, DeliveryQuestion, is_wide};
use super::query::Conditions;
use crate::outbox::{Cause, DeliveryState, Direction};
use crate::store::couriers::{cause, word};
use crate::store::outbox::open_of_line;
use crate::store::{Scope, Store, StoreError};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A delivery with what it is about.
pub struct DeliveryView {
    /// The delivery.
    pub id: Uuid,
    /// What is carried, as a word.
    pub kind: String,
    /// Which way.
    pub direction: Direction,
    /// How far it has come.
    pub state: DeliveryState,
    /// The portal's domain or the phone's number.
    pub destination: String,
    /// The customer, as Bitrix24 knows them.
    pub conversation: String,
    /// The business number, digits.
    pub phone: String,
    /// When it was written.
    pub created_at: i64,
    /// When its line is due, for what is open.
    pub due_at: Option<i64>,
    /// Tries.
    pub attempts: i32,
    /// What went wrong last: code and words. The destination's trouble where the delivery has none.
    pub error: Option<(String, String)>,
    /// When it ended.
    pub done_at: Option<i64>,
    /// The receipt it was written because of, where one is known.
    pub cause: Option<Cause>,
    /// The words it carries, if it carries any.
    pub text: Option<String>,
    /// Meta's id of its message.
    pub wamid: Option<String>,
    /// The conversation's row.
    pub conversation_id: Uuid,
    line: Uuid,
    number: i64,
}

/// A recorded attempt.
pub struct AttemptView {
    /// When.
    pub at: i64,
    /// How long, in milliseconds.
    pub duration: i64,
    /// `delivered`, `refused`, `later`, `unknown`, `not_there`.
    pub outcome: String,
    /// The status of the answer.
    pub http_status: Option<i32>,
    /// Code and words.
    pub error: Option<(String, String)>,
}

const JOINS: &str = "JOIN destination t ON t.id = d.destination_id JOIN line l ON l.id = d.line_id \
     LEFT JOIN phone p ON p.id = d.phone_id LEFT JOIN portal b ON b.id = t.target_id \
     LEFT JOIN conversation c ON c.id = d.conversation_id LEFT JOIN contact k ON k.id = c.contact_id \
     LEFT JOIN message m ON m.id = d.message_id";

const COLUMNS: &str = "d.id, d.kind, d.direction, d.state, d.created_at, d.attempts, d.done_at, d.receipt_id, d.receipt_at, d.error_code, \
     d.error_text, d.line_id, d.number, l.head, l.due_at, t.paused_until, t.pause_reason, t.held_at, t.held_reason, t.kind AS destination_kind, \
     b.domain, p.phone, k.external_id, m.text, m.wamid, d.conversation_id";

impl Store {
    /// One slice of the deliveries asked for, and how many there are in all.
    pub async fn deliveries_view(
        &self,
        question: &DeliveryQuestion<'_>,
    ) -> Result<(Vec<DeliveryView>, i64), StoreError> {
        let conditions = self.delivery_conditions(question).await?;
        let of_all = question.scope == Scope::All && is_wide(question) && !conditions.is_of_few();
        let order = match question.order {
            // Ids are handed out in the order of writing, and all owners' have no other index for what has arrived.
            DeliveryOrder::Created if of_all => "d.id",
            DeliveryOrder::Created => "d.created_at",
            DeliveryOrder::Attempts => "d.attempts",
        };
        let way = if question.descending { "DESC" } else { "ASC" };
        let (words, values) = conditions.finish([]);
        let total = self.counted("FROM delivery d", &words, values).await?;
        let slice = [question.slice.limit, question.slice.offset];
        let (words, values) = conditions.finish(slice.map(|count| i64::from(count).into()));
        // The page is cut first, then what it shows is joined to its few rows.
        let sorted = format!("ORDER BY {order} {way}, d.id {way}");
        let sql = format!(
            "SELECT {COLUMNS} FROM (SELECT * FROM delivery d WHERE {words} {sorted} LIMIT ? OFFSET ?) d {JOINS} {sorted}"
        );
        let rows = self.rows(&sql, values).await?;
        Ok((rows.iter().map(delivery).collect::<Result<_, _>>()?, total))
    }

    /// One delivery, and how many of its line are before it.
    pub async fn delivery_view(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<(DeliveryView, i64)>, StoreError> {
        let mut conditions = Conditions::within(scope, "d.owner_id");
        conditions.and("d.id = ?", [id.into()]);
        let (words, values) = conditions.finish([]);
        let rows = self
            .rows(
                &format!("SELECT {COLUMNS} FROM delivery d {JOINS} WHERE {words}"),
                values,
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let view = delivery(row)?;
        let ahead = self
            .row(
                &format!(
                    "SELECT COUNT(*) AS ahead FROM delivery WHERE line_id = ? AND number < ? AND {}",
                    open_of_line("")
                ),
                [view.line.into(), view.number.into()],
            )
            .await?;
        let ahead = ahead.map_or(Ok(0), |row| row.try_get("", "ahead"))?;
        Ok(Some((view, ahead)))
    }

    /// The recorded attempts of a delivery, oldest first.
    pub async fn attempts_view(&self, delivery: Uuid) -> Result<Vec<AttemptView>, StoreError> {
        let rows = self
            .rows(
                "SELECT at, duration, outcome, http_status, error_code, error_text FROM attempt \
                 WHERE delivery_id = ? ORDER BY at, id",
                vec![delivery.into()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(AttemptView {
                    at: row.try_get("", "at")?,
                    duration: row.try_get("", "duration")?,
                    outcome: row.try_get("", "outcome")?,
                    http_status: row.try_get("", "http_status")?,
                    error: error(row)?,
                })
            })
            .collect()
    }
}

fn delivery(row: &QueryResult) -> Result<DeliveryView, StoreError> {
    let state: DeliveryState = word(row, "state")?;
    let open = match state {
        DeliveryState::Waiting | DeliveryState::Sending | DeliveryState::Unknown => true,
        DeliveryState::Delivered
        | DeliveryState::Refused
        | DeliveryState::Dead
        | DeliveryState::Discarded => false,
    };
    let head: Option<i64> = row.try_get("", "head")?;
    let number: i64 = row.try_get("", "number")?;
    let line_due: Option<i64> = row.try_get("", "due_at")?;
    let paused: i64 = row.try_get("", "paused_until")?;
    let waits = open && head == Some(number) && state != DeliveryState::Sending;
    let phone: Option<String> = row.try_get("", "phone")?;
    let phone = phone.map_or_else(String::new, |digits| {
        format!("+{}", digits.trim_start_matches('+'))
    });
    let domain: Option<String> = row.try_get("", "domain")?;
    let kind: String = row.try_get("", "destination_kind")?;
    let reason: Option<String> = row.try_get("", "pause_reason")?;
    let own = error(row)?;
    let held_at: Option<i64> = row.try_get("", "held_at")?;
    let held: Option<String> = row.try_get("", "held_reason")?;
    // Who waits for a destination that a person holds waits for nothing else.
    let held = held_at
        .filter(|_| open)
        .map(|_| ("paused".to_owned(), held.unwrap_or_default()));
    let inherited = || {
        reason
            .filter(|_| open)
            .map(|reason| ("paused".to_owned(), reason))
    };
    Ok(DeliveryView {
        id: row.try_get("", "id")?,
        kind: row.try_get("", "kind")?,
        direction: word(row, "direction")?,
        state,
        destination: if kind == "phone" {
            phone.clone()
        } else {
            domain.unwrap_or_default()
        },
        conversation: row
            .try_get::<Option<String>>("", "external_id")?
            .unwrap_or_default(),
        phone,
        created_at: row.try_get("", "created_at")?,
        due_at: line_due
            .filter(|_| waits && held.is_none())
            .map(|due| due.max(paused)),
        attempts: row.try_get("", "attempts")?,
        error: held.or(own).or_else(inherited),
        done_at: row.try_get("", "done_at")?,
        cause: cause(row)?,
        text: row.try_get("", "text")?,
        wamid: row.try_get("", "wamid")?,
        conversation_id: row.try_get("", "conversation_id")?,
        line: row.try_get("", "line_id")?,
        number,
    })
}

fn error(row: &QueryResult) -> Result<Option<(String, String)>, StoreError> {
    let code: Option<String> = row.try_get("", "error_code")?;
    let text: Option<String> = row.try_get("", "error_text")?;
    Ok(code.map(|code| (code, text.unwrap_or_default())))
}
