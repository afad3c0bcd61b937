//! The shape of the database, one idea per file, the same on SQLite and PostgreSQL.
//!
//! Times are milliseconds since the Unix epoch, ids of things are UUIDv7, sealed
//! secrets are blobs only the vault can open.

use sea_orm_migration::prelude::*;

mod columns;
mod m0001_people;
mod m0002_accounts;
mod m0003_receipts;
mod m0004_conversations;
mod m0005_deliveries;
mod m0006_keys;
mod m0007_connections;
mod m0008_logins;
mod m0009_installs;
mod m0010_checks;
mod m0011_lists;
mod m0012_admins;
mod m0013_numbers;
mod m0014_templates;
mod m0015_calling;
mod m0016_call_lists;
mod m0017_receipt_of_delivery;
mod m0018_hours;
mod m0019_queue;
mod m0020_discarded;
mod m0021_apart;
mod m0022_message_indexes;

/// All migrations in the order they run.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_receipts::Migration),
            Box::new(m0004_conversations::Migration),
            Box::new(m0005_deliveries::Migration),
            Box::new(m0006_keys::Migration),
            Box::new(m0007_connections::Migration),
            Box::new(m0008_logins::Migration),
            Box::new(m0009_installs::Migration),
            Box::new(m0010_checks::Migration),
            Box::new(m0011_lists::Migration),
            Box::new(m0012_admins::Migration),
            Box::new(m0013_numbers::Migration),
            Box::new(m0014_templates::Migration),
            Box::new(m0015_calling::Migration),
            Box::new(m0016_call_lists::Migration),
            Box::new(m0017_receipt_of_delivery::Migration),
            Box::new(m0018_hours::Migration),
            Box::new(m0019_queue::Migration),
            Box::new(m0020_discarded::Migration),
            Box::new(m0021_apart::Migration),
            Box::new(m0022_message_indexes::Migration),
        ]
    }
}
