//! Putting conditions together.

use crate::store::{Scope, Store, StoreError};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

/// Which rows of a list: `limit` from `offset` on.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// What has neither arrived nor been put away, in the words of its indexes; `of` is the table's alias with its point.
/// The last part is always true: it keeps these indexes from those who ask for what is open, and do not have it.
pub(in crate::store) fn in_trouble(of: &str) -> String {
    format!("{of}state <> 'delivered' AND {of}state <> 'discarded' AND {of}created_at > 0")
}

/// Conditions joined by AND, with their values.
pub(in crate::store) struct Conditions {
    words: Vec<String>,
    values: Vec<Value>,
    of_few: bool,
}

impl Conditions {
    /// Starts with whose rows may be seen; `owner` is the column that names the owner. For things of which a frame
    /// sees none.
    pub fn within(scope: Scope, owner: &str) -> Self {
        Self::framed(scope, owner, |_| ("1 = 0".to_owned(), Vec::new()))
    }

    /// The same where another condition finds a few rows by an index. A database that knows no better would take the
    /// owner's index, and look at all that the owner ever had.
    pub fn within_few(scope: Scope, owner: &str) -> Self {
        let mut conditions = match scope {
            Scope::All | Scope::Framed { .. } => Self::within(scope, owner),
            Scope::Owner(id) => {
                let mut conditions = Self::within(Scope::All, owner);
                conditions.and(&format!("({owner} = ?) IS TRUE"), [id.into()]);
                conditions
            }
        };
        conditions.of_few = true;
        conditions
    }

    /// Whether it began with [`Conditions::within_few`]: then an order that an index has only tempts a database to go
    /// through all there is in that order.
    pub fn is_of_few(&self) -> bool {
        self.of_few
    }

    /// Starts with which portals may be seen; `of` is the table's alias.
    pub fn within_portals(scope: Scope, of: &str) -> Self {
        Self::framed(scope, &format!("{of}.owner_id"), |portal| {
            (format!("{of}.id = ?"), vec![portal.into()])
        })
    }

    /// Starts with which phones may be seen; `of` is the table's alias.
    pub fn within_phones(scope: Scope, of: &str) -> Self {
        Self::framed(scope, &format!("{of}.owner_id"), |portal| {
            let words = format!("({of}.portal_id IS NULL OR {of}.portal_id = ?)");
            (words, vec![portal.into()])
        })
    }

    /// Starts with which WABAs may be seen; `of` is the table's alias.
    pub fn within_wabas(scope: Scope, of: &str) -> Self {
        Self::framed(scope, &format!("{of}.owner_id"), |portal| {
            let words = format!(
                "NOT EXISTS (SELECT 1 FROM phone e WHERE e.waba_id = {of}.id AND e.portal_id IS NOT NULL \
                 AND e.portal_id <> ?)"
            );
            (words, vec![portal.into()])
        })
    }

    fn framed(scope: Scope, owner: &str, reach: impl FnOnce(Uuid) -> (String, Vec<Value>)) -> Self {
        let mut conditions = Self {
            words: vec!["1 = 1".to_owned()],
            values: Vec::new(),
            of_few: false,
        };
        match scope {
            Scope::All => {}
            Scope::Owner(id) => conditions.and(&format!("{owner} = ?"), [id.into()]),
            Scope::Framed { owner: id, portal } => {
                conditions.and(&format!("{owner} = ?"), [id.into()]);
                let (words, values) = reach(portal);
                conditions.and_of(&words, values);
            }
        }
        conditions
    }

    /// Adds a condition with its values.
    pub fn and<const N: usize>(&mut self, words: &str, values: [Value; N]) {
        self.words.push(words.to_owned());
        self.values.extend(values);
    }

    /// Adds a condition with a number of values known only at run time.
    pub fn and_of(&mut self, words: &str, values: Vec<Value>) {
        self.words.push(words.to_owned());
        self.values.extend(values);
    }

    /// One of these words is in the column.
    pub fn among(&mut self, column: &str, words: &[&str]) {
        let marks = crate::store::sql::placeholders(words.len());
        self.words.push(format!("{column} IN ({marks})"));
        self.values
            .extend(words.iter().map(|word| Value::from(*word)));
    }

    /// The condition and its values, with `more` after them.
    pub fn finish(&self, more: impl IntoIterator<Item = Value>) -> (String, Vec<Value>) {
        (
            self.words.join(" AND "),
            self.values.iter().cloned().chain(more).collect(),
        )
    }
}

/// A list: what to read, where, and in which order.
pub(super) struct List<'a> {
    /// The columns.
    pub columns: &'a str,
    /// `FROM` with its joins.
    pub from: &'a str,
    /// `FROM` that suffices to count.
    pub count_from: &'a str,
    /// The column to sort by.
    pub order: &'a str,
    /// The column that decides between equals.
    pub id: &'a str,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

/// Counting stops here.
pub const COUNTED: i64 = app::model::COUNTED as i64;

impl Store {
    /// Counts rows, up to one more than [`COUNTED`].
    pub(in crate::store) async fn counted(
        &self,
        from: &str,
        words: &str,
        values: Vec<Value>,
    ) -> Result<i64, StoreError> {
        let most = COUNTED + 1;
        let sql = format!(
            "SELECT COUNT(*) AS total FROM (SELECT 1 AS one {from} WHERE {words} LIMIT {most}) AS counted"
        );
        let rows = self.rows(&sql, values).await?;
        rows.first()
            .map_or(Ok(0), |row| Ok(row.try_get("", "total")?))
    }

    /// One slice of the rows that meet the conditions, and how many there are, up to one more
    /// than [`COUNTED`].
    pub(super) async fn sliced(
        &self,
        list: &List<'_>,
        conditions: &Conditions,
    ) -> Result<(Vec<QueryResult>, i64), StoreError> {
        let (words, values) = conditions.finish([]);
        let total = self.counted(list.count_from, &words, values).await?;
        let List {
            columns,
            from,
            order,
            id,
            ..
        } = list;
        let way = if list.descending { "DESC" } else { "ASC" };
        let slice = [i64::from(list.slice.limit), i64::from(list.slice.offset)];
        let (words, values) = conditions.finish(slice.map(Value::from));
        let sql = format!(
            "SELECT {columns} {from} WHERE {words} ORDER BY {order} {way}, {id} {way} LIMIT ? OFFSET ?"
        );
        Ok((self.rows(&sql, values).await?, total))
    }
}

/// A pattern that finds `words` anywhere, in any case; the signs of patterns mean themselves.
pub(in crate::store) fn pattern(words: &str) -> String {
    let mut out = String::from("%");
    for sign in words.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(sign);
    }
    out.push('%');
    out
}
