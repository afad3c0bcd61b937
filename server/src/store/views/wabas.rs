//! WABAs as a page lists them.

use super::query::{Conditions, List, Slice, in_trouble, pattern};
use crate::store::outbox::OPEN;
use crate::store::{Scope, Store, StoreError};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A WABA with its owner and how many phones it has.
pub struct WabaRowView {
    /// The WABA.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Meta's id of it; empty when it is not known yet.
    pub waba_id: String,
    /// Whose it is.
    pub owner_id: Uuid,
    /// Their e-mail.
    pub owner: String,
    /// The verify token, sealed.
    pub verify_token: Vec<u8>,
    /// What kind of token it has.
    pub token_kind: Option<String>,
    /// When the token ends.
    pub token_expires_at: Option<i64>,
    /// When Meta shook hands.
    pub verified_at: Option<i64>,
    /// When a webhook last came.
    pub heard_at: Option<i64>,
    /// Its phones.
    pub phones: i64,
}

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum WabaOrder {
    /// By name.
    Name,
    /// By when the token ends.
    Expires,
    /// By when a webhook last came.
    Heard,
}

/// What to list.
pub struct WabaQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// Name, WABA id or the owner's e-mail.
    pub search: &'a str,
    /// Sorted by.
    pub order: WabaOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

/// What goes with a WABA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WabaBelongings {
    /// Phones.
    pub phones: i64,
    /// Their conversations.
    pub conversations: i64,
    /// The messages in them.
    pub messages: i64,
    /// Deliveries that have not arrived.
    pub open: i64,
}

const FROM: &str = "FROM waba w JOIN person o ON o.id = w.owner_id";

const COLUMNS: &str = "w.id, w.name, w.waba_id, w.owner_id, o.email, w.verify_token, w.token_kind, w.token_expires_at, \
     w.verified_at, w.heard_at, (SELECT COUNT(*) FROM phone p WHERE p.waba_id = w.id) AS phones";

impl Store {
    /// One slice of the WABAs asked for, and how many there are in all.
    pub async fn waba_rows_view(
        &self,
        question: &WabaQuestion<'_>,
    ) -> Result<(Vec<WabaRowView>, i64), StoreError> {
        let mut conditions = Conditions::within_wabas(question.scope, "w");
        if !question.search.is_empty() {
            let like = pattern(question.search);
            conditions.and(
                "(LOWER(w.name) LIKE ? ESCAPE '\\' OR w.waba_id LIKE ? ESCAPE '\\' OR LOWER(o.email) LIKE ? ESCAPE '\\')",
                [(); 3].map(|()| like.as_str().into()),
            );
        }
        let list = List {
            columns: COLUMNS,
            from: FROM,
            count_from: FROM,
            order: match question.order {
                WabaOrder::Name => "w.name",
                WabaOrder::Expires => "w.token_expires_at",
                WabaOrder::Heard => "w.heard_at",
            },
            id: "w.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(row).collect::<Result<_, _>>()?, total))
    }

    /// What goes when a WABA goes, each up to one more than [`app::model::COUNTED`]. Whoever asks has found it with
    /// its owner.
    pub async fn waba_belongings_view(&self, waba: Uuid) -> Result<WabaBelongings, StoreError> {
        let of_waba = |table| format!("FROM phone p JOIN {table} x ON x.phone_id = p.id");
        let count = async |from: &str, more: &str| {
            let words = format!("p.waba_id = ?{more}");
            self.counted(from, &words, vec![waba.into()]).await
        };
        // The owner and the first condition let the index of what is in trouble answer.
        let open = format!(
            " AND x.owner_id = p.owner_id AND {} AND x.state IN {OPEN}",
            in_trouble("x.")
        );
        Ok(WabaBelongings {
            phones: count("FROM phone p", "").await?,
            conversations: count(&of_waba("conversation"), "").await?,
            messages: count(&of_waba("message"), "").await?,
            open: count(&of_waba("delivery"), &open).await?,
        })
    }
}

fn row(row: &QueryResult) -> Result<WabaRowView, StoreError> {
    Ok(WabaRowView {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        waba_id: row.try_get("", "waba_id")?,
        owner_id: row.try_get("", "owner_id")?,
        owner: row.try_get("", "email")?,
        verify_token: row.try_get("", "verify_token")?,
        token_kind: row.try_get("", "token_kind")?,
        token_expires_at: row.try_get("", "token_expires_at")?,
        verified_at: row.try_get("", "verified_at")?,
        heard_at: row.try_get("", "heard_at")?,
        phones: row.try_get("", "phones")?,
    })
}
