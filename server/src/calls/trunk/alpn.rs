//! Whether offering a protocol by name changes the handshake: callers differ in it, and servers trip over it.

use super::handshake::{End, Handshake};
use super::{Code, Step, StepName};

/// Judges two handshakes, one without and one with the protocol `sip`; `None` when none of them works.
pub fn judge(without: &Handshake, with: &Handshake) -> Option<Step> {
    let step = |code, detail: String| {
        Step::new(StepName::Alpn, code, detail).took(without.ms.max(with.ms))
    };
    match (without.works(), with.works()) {
        (true, true) => {
            let detail = format!(
                "the handshake works with and without ALPN; {}",
                chosen(with)
            );
            Some(step(Code::AlpnSame, detail))
        }
        (true, false) if is_silent(with) => {
            let detail = "no answer to a handshake that offers the protocol sip".to_owned();
            Some(step(Code::AlpnSilent, detail))
        }
        (true, false) => {
            let detail = format!(
                "works without ALPN and fails with the protocol sip: {}",
                end(with)
            );
            Some(step(Code::AlpnBreaks, detail))
        }
        (false, true) if is_silent(without) => {
            let detail = "no answer to a handshake without ALPN".to_owned();
            Some(step(Code::AlpnSilent, detail))
        }
        (false, true) => {
            let detail = format!(
                "fails without ALPN and works with the protocol sip: {}",
                end(without)
            );
            Some(step(Code::AlpnNeeded, detail))
        }
        (false, false) => None,
    }
}

const fn is_silent(shaken: &Handshake) -> bool {
    matches!(shaken.end, End::Silent(_))
}

fn chosen(with: &Handshake) -> String {
    let End::Done(stream) = &with.end else {
        return "no protocol was chosen".to_owned();
    };
    match stream.get_ref().1.alpn_protocol() {
        Some(name) => format!("the server chose {}", String::from_utf8_lossy(name)),
        None => "the server chose no protocol".to_owned(),
    }
}

/// How a handshake failed, in words.
pub fn end(shaken: &Handshake) -> String {
    match &shaken.end {
        End::Done(_) => "it works".to_owned(),
        End::WantsOurs => "a client certificate is wanted".to_owned(),
        End::Old(words) | End::Refused(words) => words.clone(),
        End::NotTls => "what came is no TLS".to_owned(),
        End::Closed => "the server hung up during the handshake".to_owned(),
        End::Silent(over) => format!("no answer {}", over.words()),
    }
}
