//! Phones as a page shows them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::{Scope, Store, StoreError};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A phone with its WABA and portal.
pub struct PhoneView {
    /// The phone.
    pub id: Uuid,
    /// Its number, with `+`.
    pub phone: String,
    /// Meta's id of it.
    pub phone_id: String,
    /// The WABA's name.
    pub waba: String,
    /// The portal's domain.
    pub portal: Option<String>,
    /// The line.
    pub line_id: Option<i64>,
    /// The connector.
    pub connector: Option<String>,
    /// Whether it is to be an SMS provider.
    pub sms_service: bool,
    /// `linked`, `unchecked`, `failed`, `not_linked`.
    pub link_state: String,
    /// Why.
    pub link_reason: Option<String>,
    /// When that was found.
    pub checked_at: Option<i64>,
}

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum PhoneOrder {
    /// By number.
    Phone,
    /// By the WABA's name.
    Waba,
    /// By when the link was checked.
    Checked,
}

/// What to list.
pub struct PhoneQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// Linked ones, others, or both.
    pub linked: Option<bool>,
    /// Number, id, name or domain.
    pub search: &'a str,
    /// Sorted by.
    pub order: PhoneOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

const FROM: &str =
    "FROM phone p JOIN waba w ON w.id = p.waba_id LEFT JOIN portal b ON b.id = p.portal_id";

const COLUMNS: &str = "p.id, p.phone, p.phone_id, w.name AS waba, b.domain, p.line_id, p.connector, p.sms_service, \
     p.link_state, p.link_reason, p.link_checked_at";

impl Store {
    /// One slice of the phones asked for, and how many there are in all.
    pub async fn phones_view(
        &self,
        question: &PhoneQuestion<'_>,
    ) -> Result<(Vec<PhoneView>, i64), StoreError> {
        let mut conditions = Conditions::within_phones(question.scope, "p");
        match question.linked {
            Some(true) => conditions.and("p.link_state = 'linked'", []),
            Some(false) => conditions.and("p.link_state <> 'linked'", []),
            None => {}
        }
        if !question.search.is_empty() {
            let like = pattern(question.search.trim_start_matches('+'));
            let columns = ["p.phone", "p.phone_id", "w.name", "b.domain"];
            let words: Vec<String> = columns
                .iter()
                .map(|column| format!("LOWER({column}) LIKE ? ESCAPE '\\'"))
                .collect();
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
                PhoneOrder::Phone => "p.phone",
                PhoneOrder::Waba => "w.name",
                PhoneOrder::Checked => "p.link_checked_at",
            },
            id: "p.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(phone).collect::<Result<_, _>>()?, total))
    }

    /// One phone as a page shows it, if it may be seen.
    pub async fn phone_view(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<PhoneView>, StoreError> {
        let mut conditions = Conditions::within_phones(scope, "p");
        conditions.and("p.id = ?", [id.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!("SELECT {COLUMNS} {FROM} WHERE {words}");
        let rows = self.rows(&sql, values).await?;
        rows.first().map(phone).transpose()
    }
}

fn phone(row: &QueryResult) -> Result<PhoneView, StoreError> {
    let digits: String = row.try_get("", "phone")?;
    Ok(PhoneView {
        id: row.try_get("", "id")?,
        phone: format!("+{}", digits.trim_start_matches('+')),
        phone_id: row.try_get("", "phone_id")?,
        waba: row.try_get("", "waba")?,
        portal: row.try_get("", "domain")?,
        line_id: row.try_get("", "line_id")?,
        connector: row.try_get("", "connector")?,
        sms_service: row.try_get("", "sms_service")?,
        link_state: row.try_get("", "link_state")?,
        link_reason: row.try_get("", "link_reason")?,
        checked_at: row.try_get("", "link_checked_at")?,
    })
}
