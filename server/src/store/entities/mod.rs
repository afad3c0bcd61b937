//! One file per table, as the database has it. Nobody outside the store uses these
//! to write rules: they are shapes, not behaviour.

pub mod attempt;
pub mod contact;
pub mod conversation;
pub mod delivery;
pub mod destination;
pub mod early_status;
pub mod lease;
pub mod line;
pub mod message;
pub mod person;
pub mod phone;
pub mod portal;
pub mod portal_token;
pub mod receipt;
pub mod session;
pub mod setting;
pub mod sign_in_failure;
pub mod waba;
