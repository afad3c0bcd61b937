//! Interactive messages as a list shows them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::entities::interactive;
use crate::store::{Scope, Store, StoreError};
use sea_orm::{FromQueryResult, QueryResult};
use uuid::Uuid;

/// A message with the names of its portal and its owner.
pub struct InteractiveView {
    /// The message.
    pub row: interactive::Model,
    /// How its portal is called; none where it is for all of its owner's.
    pub portal: Option<String>,
    /// Its owner's e-mail.
    pub owner: String,
}

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum InteractiveOrder {
    /// By name.
    Name,
    /// By kind.
    Kind,
    /// By when it was last changed.
    Updated,
}

/// What to list.
pub struct InteractiveQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// Name, hashtag or words.
    pub search: &'a str,
    /// Of this kind.
    pub kind: Option<&'a str>,
    /// Sorted by.
    pub order: InteractiveOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

const FROM: &str = "FROM interactive i JOIN person o ON o.id = i.owner_id LEFT JOIN portal b ON b.id = i.portal_id";

const COLUMNS: &str = "i.id, i.owner_id, i.portal_id, i.name, i.kind, i.content, i.hashtag, i.created_at, \
     i.updated_at, o.email, b.name AS portal_name, b.domain";

impl Store {
    /// One slice of the messages asked for, and how many there are in all.
    pub async fn interactives_view(
        &self,
        question: &InteractiveQuestion<'_>,
    ) -> Result<(Vec<InteractiveView>, i64), StoreError> {
        let mut conditions = Conditions::within_phones(question.scope, "i");
        if !question.search.trim().is_empty() {
            let like = pattern(question.search);
            conditions.and(
                "(LOWER(i.name) LIKE ? ESCAPE '\\' OR LOWER(i.hashtag) LIKE ? ESCAPE '\\' \
                 OR LOWER(i.content) LIKE ? ESCAPE '\\')",
                [(); 3].map(|()| like.as_str().into()),
            );
        }
        if let Some(kind) = question.kind {
            conditions.and("i.kind = ?", [kind.into()]);
        }
        let list = List {
            columns: COLUMNS,
            from: FROM,
            count_from: FROM,
            order: match question.order {
                InteractiveOrder::Name => "i.name",
                InteractiveOrder::Kind => "i.kind",
                InteractiveOrder::Updated => "i.updated_at",
            },
            id: "i.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
    }

    /// One message that may be seen.
    pub async fn interactive_view(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<InteractiveView>, StoreError> {
        let mut conditions = Conditions::within_phones(scope, "i");
        conditions.and("i.id = ?", [id.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!("SELECT {COLUMNS} {FROM} WHERE {words}");
        let rows = self.rows(&sql, values).await?;
        rows.first().map(read).transpose()
    }
}

fn read(row: &QueryResult) -> Result<InteractiveView, StoreError> {
    let name: Option<String> = row.try_get("", "portal_name")?;
    let domain: Option<String> = row.try_get("", "domain")?;
    let named = name.into_iter().chain(domain.clone());
    Ok(InteractiveView {
        row: interactive::Model::from_query_result(row, "")?,
        portal: named.into_iter().find(|name| !name.is_empty()).or(domain),
        owner: row.try_get("", "email")?,
    })
}
