//! The database and nothing but: the only room that imports sea_orm.
//!
//! Promises: the same query runs on SQLite and PostgreSQL; a function ending in `_in_txn`
//! takes part in its caller's transaction; owned things are found only with their owner;
//! no transaction is open while somebody waits for the network.

pub mod entities;
pub mod views;

mod audit;
mod call_permissions;
mod calling;
mod calling_events;
mod calls;
mod checkpoint;
mod checks;
mod cleaning;
mod connect;
mod conversations;
mod couriers;
mod course;
mod dead_letters;
mod death_causes;
mod destination_queues;
mod destinations;
mod enqueue;
mod errands;
mod error;
mod facebook_logins;
mod frame_sessions;
mod heads;
mod hours;
mod interactives;
mod leases;
mod line_work;
mod message_insert;
mod messages;
mod messages_sms;
mod meta_apps;
mod outbox;
mod people;
mod phone_choices;
mod phone_links;
mod phone_pins;
mod phone_sms;
mod phones;
mod portal_country;
mod portal_installs;
mod portals;
mod queue;
mod queues;
mod reading;
mod receipt_file;
mod receipts;
mod scope;
mod sessions;
mod settings;
mod sign_ins;
mod sql;
mod template_sync;
mod templates;
mod tokens;
mod trunks;
mod waba_marketing;
mod waba_numbers;
mod wabas;
mod wal_sync;
mod words;
mod write_turn;

pub use audit::{Actor, AuditView, NewAudit};
pub use call_permissions::Allowance;
pub use calling::CallingPart;
pub use calling_events::NewCallingEvent;
pub use checks::Finding;
pub use connect::{Committed, Store, Txn};
pub use couriers::Head;
pub use dead_letters::DeadLetter;
pub use death_causes::{CauseView, DeathCause};
pub use destination_queues::DestinationQueue;
pub use destinations::{DestinationView, Told};
pub use error::StoreError;
pub use heads::Standing;
pub use hours::HourSum;
pub use leases::{Claim, Footprint};
pub use messages::{NewMessage, Origin};
pub use messages_sms::{Sms, SmsPart};
pub use phone_choices::PhoneChoices;
pub use phone_sms::{Sender, sender_code};
pub use portal_installs::RenewedInstall;
pub use queue::NewTarget;
pub use queues::{QueueNow, Queues};
pub use receipt_file::ReceiptFile;
pub use receipts::NewReceipt;
pub use scope::Scope;
pub use template_sync::TemplateFacts;
pub use templates::{Notice, TemplateChange};
pub use trunks::Trunk;
pub use words::Ear;

#[cfg(test)]
pub mod testing;

#[cfg(test)]
mod calling_tests;
#[cfg(test)]
mod outbox_tests;
#[cfg(test)]
mod phone_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod template_tests;
#[cfg(test)]
mod waba_tests;
