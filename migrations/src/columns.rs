//! The few kinds of column THOTH has, so that every table spells them alike.

use sea_orm_migration::prelude::*;

/// Primary key: a UUIDv7.
pub fn id(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .uuid()
        .not_null()
        .primary_key()
        .take()
}

/// A reference to a row whose id is a UUID.
pub fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().take()
}

/// Like [`uuid`], may be absent.
pub fn uuid_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().null().take()
}

/// Text that must be there.
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

/// Text that may be absent.
pub fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().take()
}

/// Bytes: sealed secrets, hashes, raw bodies.
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().take()
}

/// Bytes that may be absent.
pub fn bytes_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().take()
}

/// A count or a time, 64 bits, zero unless said otherwise.
pub fn long(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .big_integer()
        .not_null()
        .default(0)
        .take()
}

/// A count or a time that may be absent.
pub fn long_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().null().take()
}

/// A small count, zero unless said otherwise.
pub fn int(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .integer()
        .not_null()
        .default(0)
        .take()
}

/// A small number that may be absent.
pub fn int_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().null().take()
}

/// Yes or no, no unless said otherwise.
pub fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .boolean()
        .not_null()
        .default(false)
        .take()
}

/// A level that moves in fractions.
pub fn real(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .double()
        .not_null()
        .default(0.0)
        .take()
}

/// A table with these columns.
pub fn table(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    table
}

/// A foreign key from `table.column` to the id of `target`; the row goes with its target.
pub fn owned_by(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(Alias::new(table), Alias::new(column))
        .to(Alias::new(target), Alias::new("id"))
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

/// Creates tables, then runs plain SQL that both engines read alike (indexes, mostly).
pub async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    statements: &[&str],
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}

/// Adds columns to a table that exists; what is not nullable needs a default.
pub async fn add(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    // SQLite takes one column a statement.
    for mut column in columns {
        let change = Table::alter()
            .table(Alias::new(table))
            .add_column(&mut column)
            .take();
        manager.alter_table(change).await?;
    }
    Ok(())
}
