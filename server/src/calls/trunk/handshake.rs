//! One TLS handshake with a server, and what is known after it.

use super::host::Host;
use super::patience::{Over, Patience, TLS, ms_since};
use super::recorder::{Recorder, Seen};
use rustls::pki_types::{IpAddr as TlsAddress, ServerName};
use rustls::{AlertDescription, ClientConfig, Error};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// What Meta's side may offer by name, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing.
    Nothing,
    /// The protocol `sip`.
    Sip,
}

/// How a handshake ended.
#[derive(Debug)]
pub enum End {
    /// Both sides are done.
    Done(Box<TlsStream<TcpStream>>),
    /// The server proved itself, asked for our certificate and broke off without it.
    WantsOurs,
    /// No version or cipher is known to both.
    Old(String),
    /// What came is no TLS.
    NotTls,
    /// The server refused with these words.
    Refused(String),
    /// The server hung up.
    Closed,
    /// The server did not answer.
    Silent(Over),
}

/// A handshake.
#[derive(Debug)]
pub struct Handshake {
    /// How it ended.
    pub end: End,
    /// What was seen until then.
    pub seen: Seen,
    /// Milliseconds, with the connection it needed.
    pub ms: u64,
}

impl Handshake {
    /// Whether a caller with a certificate of its own would have come through.
    pub const fn works(&self) -> bool {
        matches!(self.end, End::Done(_) | End::WantsOurs)
    }
}

/// Makes a handshake over a connection of its own.
pub async fn shake(host: &Host, place: SocketAddr, offer: Offer, patience: Patience) -> Handshake {
    let begin = Instant::now();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let recorder = Recorder::new(provider.signature_verification_algorithms);
    let end = match patience
        .within(TLS, connect(host, place, offer, provider, &recorder))
        .await
    {
        Ok(Ok(stream)) => End::Done(Box::new(stream)),
        Ok(Err(error)) => broken(&error, &recorder.seen()),
        Err(over) => End::Silent(over),
    };
    Handshake {
        end,
        seen: recorder.seen(),
        ms: ms_since(begin),
    }
}

async fn connect(
    host: &Host,
    place: SocketAddr,
    offer: Offer,
    provider: Arc<rustls::crypto::CryptoProvider>,
    recorder: &Arc<Recorder>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(recorder.clone())
        .with_client_cert_resolver(recorder.clone());
    if offer == Offer::Sip {
        config.alpn_protocols = vec![b"sip".to_vec()];
    }
    let name = match host {
        Host::Name(name) => ServerName::try_from(name.clone()).map_err(std::io::Error::other)?,
        Host::Address(address) => ServerName::IpAddress(TlsAddress::from(*address)),
    };
    let stream = TcpStream::connect(place).await?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

/// What an error of a handshake means.
fn broken(error: &std::io::Error, seen: &Seen) -> End {
    if seen.asked_for_ours && seen.proven.is_some() {
        return End::WantsOurs;
    }
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    let hung_up = matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe
    );
    match inner {
        None if hung_up => End::Closed,
        None => End::Refused(error.to_string()),
        Some(Error::AlertReceived(AlertDescription::ProtocolVersion)) => {
            End::Old("the server knows neither TLS 1.2 nor TLS 1.3".to_owned())
        }
        Some(Error::PeerIncompatible(why)) => End::Old(format!("no common ground: {why:?}")),
        Some(Error::InvalidMessage(_)) if seen.certificates.is_empty() => End::NotTls,
        Some(Error::AlertReceived(alert)) => End::Refused(format!("the server refuses: {alert:?}")),
        Some(other) => End::Refused(other.to_string()),
    }
}
