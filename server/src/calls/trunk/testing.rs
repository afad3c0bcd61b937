//! Certificates for tests.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::CertificateDer;

/// An authority of its own.
pub(crate) struct Maker {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate and its key.
pub(crate) struct Made {
    /// The certificate.
    pub(crate) der: CertificateDer<'static>,
    /// Its key, PKCS 8.
    pub(crate) key: Vec<u8>,
}

impl Maker {
    /// A new authority.
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "THOTH test CA");
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// Its own certificate.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for these names, valid for a long time.
    pub(crate) fn sign(&self, names: &[&str]) -> Made {
        let key = KeyPair::generate().unwrap();
        let signed = params(names).signed_by(&key, &self.issuer).unwrap();
        Made {
            der: signed.der().clone(),
            key: key.serialize_der(),
        }
    }

    /// A certificate that signed itself.
    pub(crate) fn self_signed(&self, names: &[&str]) -> Made {
        let key = KeyPair::generate().unwrap();
        let signed = params(names).self_signed(&key).unwrap();
        Made {
            der: signed.der().clone(),
            key: key.serialize_der(),
        }
    }
}

fn params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params
        .distinguished_name
        .push(DnType::CommonName, "a server");
    params
}
