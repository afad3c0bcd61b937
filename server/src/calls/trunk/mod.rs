//! The check of a telephone server: would Meta's calls arrive there?
//!
//! The steps go from the name to an answer in SIP. Each is judged on its own and carries its proof; what cannot be
//! reached is unknown, with the reason. Certificates are read whatever their faults, so that a server with two
//! faults hears of both. `watch` repeats the check daily for every number whose calls go to a server.

mod address;
mod alpn;
mod certificate;
mod chain;
mod check;
mod client_certificate;
mod code;
mod dns;
mod expiry;
mod handshake;
mod host;
mod invite;
mod line;
mod names;
mod options;
mod patience;
mod plain;
mod proof;
mod question;
mod recorder;
mod remedy;
mod report;
mod shown;
mod sip;
mod tcp;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tls;
mod watch;

pub use check::check;
pub use code::Code;
pub use host::Host;
pub use proof::proof_kept;
pub use question::{ExtraCa, Invite, NoCa, TrunkQuestion};
pub use remedy::remedy;
pub use report::{State, Step, StepName, TrunkReport};
pub use shown::shown;
pub use watch::{
    report_keep_in_txn, server_of, trunk_ask_in_txn, trunk_plan_in_txn, trunks_at_start, watch,
};
