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

impl Txn {
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
    fn placeholders_are_numbered_for_postgres_only() {
        let sql = "UPDATE t SET a = ? WHERE b = ?";
        let postgres = statement(DbBackend::Postgres, sql, [1.into(), 2.into()]);
        assert_eq!(postgres.sql, "UPDATE t SET a = $1 WHERE b = $2");
        let sqlite = statement(DbBackend::Sqlite, sql, [1.into(), 2.into()]);
        assert_eq!(sqlite.sql, sql);
    }
}
