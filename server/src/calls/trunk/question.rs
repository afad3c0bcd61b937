//! What is to be checked.

use super::host::{Host, NoHost};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::net::IpAddr;

/// A server to check.
#[derive(Clone, Debug)]
pub struct TrunkQuestion {
    /// Its name, as Meta would get it.
    pub host: Host,
    /// Its TLS port; Meta's default is 5061.
    pub port: u16,
    /// An authority that is trusted besides the public ones.
    pub ca: Option<ExtraCa>,
    /// Whether private addresses may be called: the installation's policy, never the asker's wish.
    pub allow_private: bool,
    /// Whether a call is tried, which may ring somewhere.
    pub invite: Option<Invite>,
    /// The address to take instead of asking DNS, for tests and servers whose name is not published yet.
    pub resolve: Option<IpAddr>,
}

/// The call to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The digits of the business number that is called; without one the number is made up.
    pub number: Option<String>,
}

impl TrunkQuestion {
    /// The check of this server, without a call.
    pub fn new(host: &str, port: u16, allow_private: bool) -> Result<Self, NoHost> {
        Ok(Self {
            host: Host::parse(host)?,
            port,
            ca: None,
            allow_private,
            invite: None,
            resolve: None,
        })
    }
}

/// Certificates of authorities that are trusted besides the public ones.
#[derive(Clone, Debug)]
pub struct ExtraCa {
    certificates: Vec<CertificateDer<'static>>,
}

/// A file holds no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no certificate in PEM form can be read from it")]
pub struct NoCa;

impl ExtraCa {
    /// Reads certificates in PEM form; other things between them are passed over.
    pub fn from_pem(pem: &[u8]) -> Result<Self, NoCa> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = certificates.map_err(|_| NoCa)?;
        let are_read = certificates
            .iter()
            .all(|der| webpki::anchor_from_trusted_cert(der).is_ok());
        if certificates.is_empty() || !are_read {
            return Err(NoCa);
        }
        Ok(Self { certificates })
    }

    /// Them.
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.certificates
    }
}
