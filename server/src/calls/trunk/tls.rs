//! Whether TLS is spoken, in which version and with which cipher.

use super::alpn::end;
use super::handshake::{End, Handshake};
use super::{Code, Step, StepName};
use rustls::ProtocolVersion;

/// Judges a handshake; `in_clear` is what answered a SIP request without TLS, after the handshake failed.
pub fn judge(shaken: &Handshake, in_clear: Option<&str>) -> Step {
    let step = |code, detail: String| {
        Step::new(StepName::Tls, code, detail)
            .arg("reason", end(shaken))
            .took(shaken.ms)
    };
    if let (false, Some(answer)) = (shaken.works(), in_clear) {
        let detail = format!("SIP is spoken here without TLS: it answers {answer}");
        return step(Code::TlsPlain, detail);
    }
    let code = match &shaken.end {
        End::Done(stream) => {
            let (_, session) = stream.get_ref();
            let version = session.protocol_version().map_or("TLS", version);
            let cipher = session.negotiated_cipher_suite().map(|suite| suite.suite());
            let cipher = cipher
                .and_then(|suite| suite.as_str())
                .unwrap_or("a cipher without a name");
            return step(Code::TlsSpoken, format!("{version}, {cipher}"))
                .arg("version", version)
                .arg("cipher", cipher);
        }
        End::WantsOurs => {
            let version = shaken.seen.proven.unwrap_or("TLS");
            let detail = format!(
                "{version}; the server proved itself and then broke off for want of a client certificate"
            );
            return step(Code::TlsSpoken, detail).arg("version", version);
        }
        End::Old(_) => Code::TlsOld,
        End::NotTls => Code::TlsNotSpoken,
        End::Refused(_) => Code::TlsRefused,
        End::Closed => Code::TlsClosed,
        End::Silent(_) => Code::TlsSilent,
    };
    step(code, end(shaken))
}

const fn version(version: ProtocolVersion) -> &'static str {
    match version {
        ProtocolVersion::TLSv1_3 => "TLS 1.3",
        ProtocolVersion::TLSv1_2 => "TLS 1.2",
        _ => "TLS",
    }
}
