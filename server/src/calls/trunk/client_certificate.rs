//! Whether the server demands a certificate of its caller: Meta's has another name and does not pass.

use super::handshake::{End, Handshake};
use super::{Code, Step, StepName};

/// Judges a handshake; `None` when it ended before the server could ask.
pub fn judge(shaken: &Handshake) -> Option<Step> {
    let step = |code, detail: &str| Step::new(StepName::ClientCertificate, code, detail);
    let asked = shaken.seen.asked_for_ours;
    match (&shaken.end, asked) {
        (End::WantsOurs, _) => Some(step(
            Code::ClientAsked,
            "the server asks for a client certificate and breaks the handshake off without one",
        )),
        (_, true) => Some(step(
            Code::ClientAsked,
            "the server asks for a client certificate",
        )),
        (End::Done(_), false) => Some(step(
            Code::ClientNotAsked,
            "the server asks for no client certificate",
        )),
        (End::Old(_) | End::NotTls | End::Refused(_) | End::Closed | End::Silent(_), false) => None,
    }
}
