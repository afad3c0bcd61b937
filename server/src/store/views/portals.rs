//! Portals as a list shows them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::{Scope, Store, StoreError};
use uuid::Uuid;

/// A portal, whose it is and how many phones are linked to it.
pub struct PortalListView {
    /// The portal.
    pub id: Uuid,
    /// The name somebody gave it.
    pub name: Option<String>,
    /// Where it answers.
    pub domain: String,
    /// The app's id.
    pub client_id: String,
    /// `ok`, or what is missing.
    pub state: String,
    /// Whose it is.
    pub owner: Uuid,
    /// Their e-mail.
    pub owner_email: String,
    /// Phones linked to it.
    pub phones: i64,
}

/// What to list.
pub struct PortalQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// Name, domain or client id.
    pub search: &'a str,
    /// By when it was added; else by name.
    pub by_age: bool,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

const FROM: &str = "FROM portal b JOIN person o ON o.id = b.owner_id";

const COLUMNS: &str = "b.id, b.name, b.domain, b.client_id, b.state, b.owner_id, o.email AS owner_email, \
     (SELECT COUNT(*) FROM phone p WHERE p.portal_id = b.id) AS phones";

impl Store {
    /// One slice of the portals asked for, and how many there are.
    pub async fn portals_list(
        &self,
        question: &PortalQuestion<'_>,
    ) -> Result<(Vec<PortalListView>, i64), StoreError> {
        let mut conditions = Conditions::within_portals(question.scope, "b");
        if !question.search.is_empty() {
            let like = pattern(question.search);
            conditions.and(
                "(LOWER(b.name) LIKE ? ESCAPE '\\' OR LOWER(b.domain) LIKE ? ESCAPE '\\' \
                 OR LOWER(b.client_id) LIKE ? ESCAPE '\\' OR LOWER(o.email) LIKE ? ESCAPE '\\')",
                [(); 4].map(|()| like.as_str().into()),
            );
        }
        let list = List {
            columns: COLUMNS,
            from: FROM,
            count_from: FROM,
            order: if question.by_age {
                "b.created_at"
            } else {
                "COALESCE(b.name, b.domain)"
            },
            id: "b.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        let views = rows.iter().map(|row| {
            Ok(PortalListView {
                id: row.try_get("", "id")?,
                name: row.try_get("", "name")?,
                domain: row.try_get("", "domain")?,
                client_id: row.try_get("", "client_id")?,
                state: row.try_get("", "state")?,
                owner: row.try_get("", "owner_id")?,
                owner_email: row.try_get("", "owner_email")?,
                phones: row.try_get("", "phones")?,
            })
        });
        Ok((views.collect::<Result<_, StoreError>>()?, total))
    }
}
