//! Whether a chain of certificates leads to an authority everybody knows.
//!
//! Mozilla's list is taken, not the list of this machine: Meta does not know what a company has added to its own.
//! A certificate whose time is over is judged as of its last day: the time is another step's.

use super::certificate::Certificate;
use super::question::ExtraCa;
use super::{Code, Step, StepName};
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, Error, KeyUsage};

/// Judges a chain, the server's certificate first; `now` in seconds since the epoch.
pub fn judge(
    chain: &[CertificateDer<'_>],
    leaf: &Certificate,
    ca: Option<&ExtraCa>,
    now: i64,
) -> Step {
    let given: Vec<TrustAnchor<'_>> = ca
        .map(ExtraCa::certificates)
        .unwrap_or_default()
        .iter()
        .filter_map(|der| webpki::anchor_from_trusted_cert(der).ok())
        .collect();
    let at = now.clamp(leaf.begins, leaf.ends.max(leaf.begins));
    let public = verify(chain, webpki_roots::TLS_SERVER_ROOTS, at);
    let told = told(chain, leaf);
    let step =
        |code, detail: String| Step::new(StepName::Chain, code, detail).arg("issuer", &leaf.issuer);
    let error = match public {
        Ok(()) => {
            return step(
                Code::ChainPublic,
                format!("leads to a public authority; {told}"),
            );
        }
        Err(error) => error,
    };
    if verify(chain, &given, at).is_ok() {
        let detail = format!(
            "leads to the authority given with this check, which Meta does not know; {told}"
        );
        return step(Code::ChainGiven, detail);
    }
    let is_unknown = matches!(
        error,
        Error::UnknownIssuer | Error::InvalidSignatureForPublicKey
    );
    let (code, words) = match (chain.len(), leaf.is_self_issued) {
        (_, true) => (
            Code::ChainSelfSigned,
            "the certificate signed itself".to_owned(),
        ),
        (1, false) if is_unknown => (
            Code::ChainIncomplete,
            "the server sends its own certificate only, and no authority that is known signed it"
                .to_owned(),
        ),
        (_, false) if is_unknown => (
            Code::ChainUnknown,
            "leads to no authority that is known".to_owned(),
        ),
        (_, false) => (Code::ChainBroken, format!("cannot be verified: {error}")),
    };
    step(code, format!("{words}; {told}")).arg("reason", error)
}

fn verify(chain: &[CertificateDer<'_>], anchors: &[TrustAnchor<'_>], at: i64) -> Result<(), Error> {
    let (leaf, between) = chain.split_first().ok_or(Error::UnknownIssuer)?;
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at).unwrap_or(0)));
    let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
    let leaf = EndEntityCert::try_from(leaf)?;
    leaf.verify_for_usage(
        algorithms.all,
        anchors,
        between,
        at,
        KeyUsage::server_auth(),
        None,
        None,
    )
    .map(|_| ())
}

/// The certificates that came, in words.
fn told(chain: &[CertificateDer<'_>], leaf: &Certificate) -> String {
    let between = chain.iter().skip(1).take(5).map(|der| {
        Certificate::read(der)
            .map_or_else(|| "one that cannot be read".to_owned(), |read| read.subject)
    });
    let between: Vec<String> = between.collect();
    let between = match between.as_slice() {
        [] => "with nothing between".to_owned(),
        between => format!("with {}", between.join(", ")),
    };
    format!(
        "subject {}, issuer {}, {between}",
        leaf.subject, leaf.issuer
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::trunk::testing::Maker;

    fn code(maker: &Maker, chain: &[CertificateDer<'_>], gives: bool, now: i64) -> Code {
        let leaf = Certificate::read(&chain[0]).unwrap();
        let ca = ExtraCa::from_pem(maker.ca_pem().as_bytes()).unwrap();
        judge(chain, &leaf, gives.then_some(&ca), now).code
    }

    #[test]
    fn who_signed_is_told_apart_from_when() {
        let maker = Maker::new();
        let chain = [maker.sign(&["sip.example.com"]).der];
        let long_after = Certificate::read(&chain[0]).unwrap().ends + 1;
        assert_eq!(code(&maker, &chain, true, 1_790_000_000), Code::ChainGiven);
        assert_eq!(code(&maker, &chain, true, long_after), Code::ChainGiven);
        assert_eq!(
            code(&maker, &chain, false, 1_790_000_000),
            Code::ChainIncomplete
        );
        let other = Maker::new();
        assert_eq!(
            code(&other, &chain, true, 1_790_000_000),
            Code::ChainIncomplete
        );
        let own = [maker.self_signed(&["sip.example.com"]).der];
        assert_eq!(
            code(&maker, &own, true, 1_790_000_000),
            Code::ChainSelfSigned
        );
    }
}
