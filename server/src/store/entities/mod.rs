//! One file per table, as the database has it. Nobody outside the store uses these
//! to write rules: they are shapes, not behaviour.

pub mod attempt;
pub mod call;
pub mod call_permission;
pub mod calling;
pub mod calling_event;
pub mod check_result;
pub mod contact;
pub mod conversation;
pub mod delivery;
pub mod destination;
pub mod early_status;
pub mod errand;
pub mod facebook_login;
pub mod frame_session;
pub mod interactive;
pub mod lease;
pub mod line;
pub mod message;
pub mod meta_app;
pub mod person;
pub mod phone;
pub mod portal;
pub mod portal_install;
pub mod portal_token;
pub mod receipt;
pub mod session;
pub mod setting;
pub mod sign_in_failure;
pub mod template;
pub mod waba;
pub mod waba_number;
