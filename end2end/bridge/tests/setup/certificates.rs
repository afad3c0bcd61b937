//! A certificate authority for one test, and what it vouches for.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
};
use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, RootCertStore, ServerConfig, SignatureScheme};
use std::sync::Arc;

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: CertificateDer<'static>,
    /// Its certificate, as PEM.
    pub pem: String,
}

/// Two of the same name would be taken for one that vouches for itself.
fn called(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

pub struct Certified {
    chain: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    /// The certificate and its key, as PEM.
    pub pem: String,
    pub key_pem: String,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut wish = CertificateParams::new(Vec::new()).expect("a wish");
        wish.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        wish.distinguished_name = called("A root for one test");
        let root = wish.self_signed(&key).expect("a root");
        Self {
            pem: root.pem(),
            root: root.der().clone(),
            issuer: Issuer::new(wish, key),
        }
    }

    pub fn certify(&self, name: &str) -> Certified {
        let key = KeyPair::generate().expect("a key");
        let mut wish = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        wish.distinguished_name = called(name);
        let certificate = wish.signed_by(&key, &self.issuer).expect("a certificate");
        Certified {
            chain: certificate.der().clone(),
            pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }

    /// Somebody who trusts this authority and must not be asked for a certificate, as Meta.
    pub fn client(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.clone()).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_client_cert_resolver(Arc::new(Unasked));
        Arc::new(client)
    }
}

#[derive(Debug)]
struct Unasked;

impl ResolvesClientCert for Unasked {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        panic!("a client certificate was asked for: Meta would send no call");
    }

    fn has_certs(&self) -> bool {
        false
    }
}

impl Certified {
    pub fn server(self) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![self.chain], self.key)
            .expect("a key that fits");
        Arc::new(server)
    }
}
