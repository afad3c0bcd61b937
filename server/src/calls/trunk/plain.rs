//! Whether SIP is spoken without TLS where TLS failed: the commonest mistake, and worth its own words.

use super::host::Host;
use super::line::Line;
use super::patience::{PLAIN, Patience};
use super::sip::Got;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// Asks in the clear; the answer in words, where there is one.
pub async fn ask(host: &Host, place: SocketAddr, patience: Patience) -> Option<String> {
    let asked = async {
        let stream = TcpStream::connect(place).await.ok()?;
        let local = stream.local_addr().ok()?;
        let mut line = Line::new(stream, local, host, place.port(), "TCP");
        match line.options().await {
            Got::Response(found) => Some(found.told()),
            Got::NotSip(_) | Got::Closed(_) => None,
        }
    };
    patience.within(PLAIN, asked).await.ok().flatten()
}
