//! People as a list shows them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::{Scope, Store, StoreError};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A person and how much is theirs.
pub struct PersonView {
    /// The person.
    pub id: Uuid,
    /// The e-mail they sign in with.
    pub email: String,
    /// `admin` or `user`.
    pub role: String,
    /// When they were added.
    pub created_at: i64,
    /// WABAs, phones and portals that are theirs.
    pub owns: i64,
}

/// What to list.
pub struct PersonQuestion<'a> {
    /// Part of the e-mail.
    pub search: &'a str,
    /// By when they were added; else by e-mail.
    pub by_age: bool,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

const COLUMNS: &str = "o.id, o.email, o.role, o.created_at, \
     (SELECT COUNT(*) FROM waba w WHERE w.owner_id = o.id) + (SELECT COUNT(*) FROM phone p WHERE p.owner_id = o.id) \
     + (SELECT COUNT(*) FROM portal b WHERE b.owner_id = o.id) AS owns";

impl Store {
    /// One slice of the people asked for, and how many there are.
    pub async fn people_list(
        &self,
        question: &PersonQuestion<'_>,
    ) -> Result<(Vec<PersonView>, i64), StoreError> {
        let mut conditions = Conditions::within(Scope::All, "o.id");
        if !question.search.is_empty() {
            let like = pattern(question.search);
            conditions.and("o.email LIKE ? ESCAPE '\\'", [like.into()]);
        }
        let list = List {
            columns: COLUMNS,
            from: "FROM person o",
            count_from: "FROM person o",
            order: if question.by_age {
                "o.created_at"
            } else {
                "o.email"
            },
            id: "o.id",
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(person).collect::<Result<_, _>>()?, total))
    }

    /// One person, and how much is theirs.
    pub async fn person_view(&self, id: Uuid) -> Result<Option<PersonView>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM person o WHERE o.id = ?");
        let row = self.row(&sql, [id.into()]).await?;
        row.as_ref().map(person).transpose()
    }
}

fn person(row: &QueryResult) -> Result<PersonView, StoreError> {
    Ok(PersonView {
        id: row.try_get("", "id")?,
        email: row.try_get("", "email")?,
        role: row.try_get("", "role")?,
        created_at: row.try_get("", "created_at")?,
        owns: row.try_get("", "owns")?,
    })
}
