//! Permissions to call, as a page lists them. Time alone ends some: they are shown as they are now.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::entities::call_permission;
use crate::store::{Scope, Store, StoreError};
use sea_orm::{FromQueryResult, QueryResult};
use uuid::Uuid;

/// A permission with the phone and the customer.
pub struct CallPermissionView {
    /// Its row, with the status as it is now.
    pub row: call_permission::Model,
    /// The business number, with `+`.
    pub phone: String,
    /// The customer's name.
    pub name: Option<String>,
    /// The customer, as Bitrix24 knows them.
    pub customer: String,
}

/// What to list.
pub struct CallPermissionQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// With this status, as it is now.
    pub status: Option<&'a str>,
    /// Number or name.
    pub search: &'a str,
    /// From the latest change.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
    /// The time, milliseconds.
    pub now: i64,
}

const FROM: &str = "FROM call_permission c JOIN phone p ON p.id = c.phone_id JOIN contact k ON k.id = c.contact_id";

/// An unanswered request is worth nothing after a week.
const ASKED: i64 = 7 * 86_400_000;

/// The status at a time, which is asked for without a placeholder: it stands among columns too.
fn status_at(now: i64) -> String {
    let week = now - ASKED;
    format!(
        "CASE WHEN c.status = 'temporary' AND c.expires_at <= {now} THEN 'none' \
         WHEN c.status = 'asked' AND c.asked_at <= {week} THEN 'none' ELSE c.status END"
    )
}

fn columns(now: i64) -> String {
    format!(
        "c.id, c.phone_id, c.contact_id, {} AS status, c.asked_at, c.expires_at, c.requests_left, c.calls_left, \
         c.again_at, c.unanswered, c.checked_at, c.updated_at, p.phone, k.name, k.external_id",
        status_at(now)
    )
}

impl Store {
    /// One slice of the permissions asked for, and how many there are in all.
    pub async fn call_permissions_view(
        &self,
        question: &CallPermissionQuestion<'_>,
    ) -> Result<(Vec<CallPermissionView>, i64), StoreError> {
        let mut conditions = Conditions::within_phones(question.scope, "p");
        if let Some(status) = question.status {
            let words = format!("{} = ?", status_at(question.now));
            conditions.and(&words, [status.into()]);
        }
        if !question.search.trim().is_empty() {
            let like = pattern(question.search.trim().trim_start_matches('+'));
            conditions.and(
                "(LOWER(k.external_id) LIKE ? ESCAPE '\\' OR LOWER(k.name) LIKE ? ESCAPE '\\' \
                 OR p.phone LIKE ? ESCAPE '\\')",
                [(); 3].map(|()| like.as_str().into()),
            );
        }
        let columns = columns(question.now);
        let list = List {
            columns: &columns,
            from: FROM,
            count_from: FROM,
            order: "c.updated_at",
            id: "c.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(view).collect::<Result<_, _>>()?, total))
    }

    /// One permission, if it may be seen.
    pub async fn call_permission_view(
        &self,
        scope: Scope,
        id: Uuid,
        now: i64,
    ) -> Result<Option<CallPermissionView>, StoreError> {
        let mut conditions = Conditions::within_phones(scope, "p");
        conditions.and("c.id = ?", [id.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!("SELECT {} {FROM} WHERE {words}", columns(now));
        let rows = self.rows(&sql, values).await?;
        rows.first().map(view).transpose()
    }
}

fn view(row: &QueryResult) -> Result<CallPermissionView, StoreError> {
    let digits: String = row.try_get("", "phone")?;
    Ok(CallPermissionView {
        row: call_permission::Model::from_query_result(row, "")?,
        phone: format!("+{}", digits.trim_start_matches('+')),
        name: row.try_get("", "name")?,
        customer: row.try_get("", "external_id")?,
    })
}
