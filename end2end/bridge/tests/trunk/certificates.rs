//! An authority and its certificates, good ones and faulty ones.

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

/// An authority of a test; its certificate is `ca.pem` in the folder.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    folder: PathBuf,
}

/// A certificate and its key, as files.
#[derive(Clone)]
pub struct Files {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

impl Authority {
    /// A new one.
    pub fn new(folder: &Path) -> Self {
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "THOTH bridge CA");
        let own = params.self_signed(&key).expect("an authority signs itself");
        std::fs::write(folder.join("ca.pem"), own.pem()).expect("the folder can be written");
        Self {
            issuer: Issuer::new(params, key),
            folder: folder.to_owned(),
        }
    }

    /// A certificate for these names that ends in so many days; it began long before.
    pub fn sign(&self, file: &str, names: &[&str], days: i64) -> Files {
        let key = KeyPair::generate().expect("a key can be made");
        let signed = params(names, days).signed_by(&key, &self.issuer);
        self.keep(file, &signed.expect("the authority signs"), &key)
    }

    /// A certificate that signed itself.
    pub fn self_signed(&self, file: &str, names: &[&str]) -> Files {
        let key = KeyPair::generate().expect("a key can be made");
        let signed = params(names, 90).self_signed(&key);
        self.keep(file, &signed.expect("it signs itself"), &key)
    }

    fn keep(&self, file: &str, certificate: &Certificate, key: &KeyPair) -> Files {
        let files = Files {
            certificate: self.folder.join(format!("{file}.pem")),
            key: self.folder.join(format!("{file}.key")),
        };
        std::fs::write(&files.certificate, certificate.pem()).expect("the folder can be written");
        std::fs::write(&files.key, key.serialize_pem()).expect("the folder can be written");
        files
    }
}

fn params(names: &[&str], days: i64) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("these are names");
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(60);
    // An hour more, so that so many whole days are left for the whole test.
    params.not_after = now + Duration::days(days) + Duration::hours(1);
    params
        .distinguished_name
        .push(DnType::CommonName, "a telephone server");
    params
}
