//! Plain SQL that both engines read. Placeholders are written `?`.

use super::{Store, StoreError, Txn};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

/// The statement with placeholders in the engine's own style.
pub(super) fn statement<const N: usize>(
    backend: DbBackend,
    sql: &str,
    values: [Value; N],
) -> Statement {
    statement_of(backend, sql, values.into_iter().collect())
}

/// Like [`statement`], for a number of values known only at run time.
pub(super) fn statement_of(backend: DbBackend, sql: &str, values: Vec<Value>) -> Statement {
    if backend != DbBackend::Postgres {
        return Statement::from_sql_and_values(backend, sql, values);
    }
    let mut numbered = String::with_capacity(sql.len() + 16);
    let mut count = 0;
    for part in sql.split_inclusive('?') {
        match part.strip_suffix('?') {
            Some(before) => {
                count += 1;
                numbered.push_str(before);
                numbered.push('$');
                numbered.push_str(&count.to_string());
            }
            None => numbered.push_str(part),
        }
    }
    Statement::from_sql_and_values(backend, numbered, values)
}

/// `?, ?, ?` for `count` values.
pub(super) fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// `row, row, row` for `count` rows of values.
pub(super) fn rows_of(row: &str, count: usize) -> String {
    vec![row; count].join(", ")
}

/// Most rows or ids in one statement.
pub(super) const MOST: usize = 128;

/// Parts whose lengths are powers of two, at most [`MOST`]: few lengths make few statements, which the database keeps
/// prepared.
pub(super) fn halves<T>(all: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = all;
    std::iter::from_fn(move || {
        let length = 1 << rest.len().min(MOST).checked_ilog2()?;
        let (part, more) = rest.split_at_checked(length)?;
        rest = more;
        Some(part)
    })
}

/// The same ids, the last of them repeated until there are a power of two: for a list to choose from, where an id that
/// stands twice changes nothing.
pub(super) fn padded<T: Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

impl Txn {
    /// True on PostgreSQL, where others write at the same time.
    pub(super) fn is_postgres(&self) -> bool {
        self.0.get_database_backend() == DbBackend::Postgres
    }

    /// Runs a statement; answers how many rows it touched.
    pub(super) async fn run<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<u64, StoreError> {
        let statement = statement(self.0.get_database_backend(), sql, values);
        Ok(self.0.execute_raw(statement).await?.rows_affected())
    }

    /// Like [`Txn::run`], for a number of values known only at run time.
    pub(super) async fn run_of(&self, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let statement = statement_of(self.0.get_database_backend(), sql, values);
        Ok(self.0.execute_raw(statement).await?.rows_affected())
    }

    /// The rows a statement answers.
    pub(super) async fn rows(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let statement = statement_of(self.0.get_database_backend(), sql, values);
        Ok(self.0.query_all_raw(statement).await?)
    }

    /// The first row a statement answers.
    pub(super) async fn row<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<QueryResult>, StoreError> {
        let statement = statement(self.0.get_database_backend(), sql, values);
        Ok(self.0.query_one_raw(statement).await?)
    }
}

impl Store {
    /// The rows a reading statement answers.
    pub(super) async fn rows(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let reader = self.reader();
        let statement = statement_of(reader.get_database_backend(), sql, values);
        Ok(reader.query_all_raw(statement).await?)
    }

    /// The first row a reading statement answers.
    pub(super) async fn row<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<QueryResult>, StoreError> {
        let reader = self.reader();
        let statement = statement(reader.get_database_backend(), sql, values);
        Ok(reader.query_one_raw(statement).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_powers_of_two_and_whole() {
        let all: Vec<i32> = (0..300).collect();
        let lengths: Vec<usize> = halves(&all).map(<[i32]>::len).collect();
        assert_eq!(lengths, [128, 128, 32, 8, 4]);
        assert_eq!(halves(&all).flatten().copied().collect::<Vec<_>>(), all);
        assert_eq!(halves::<i32>(&[]).count(), 0);
        assert_eq!(padded(&[1, 2, 3]), [1, 2, 3, 3]);
        assert!(padded::<i32>(&[]).is_empty());
    }

    #[test]
    fn placeholders_are_numbered_for_postgres_only() {
        let sql = "UPDATE t SET a = ? WHERE b = ?";
        let postgres = statement(DbBackend::Postgres, sql, [1.into(), 2.into()]);
        assert_eq!(postgres.sql, "UPDATE t SET a = $1 WHERE b = $2");
        let sqlite = statement(DbBackend::Sqlite, sql, [1.into(), 2.into()]);
        assert_eq!(sqlite.sql, sql);
    }
}
