//! Connections that carry SIP: a stream on Meta's side, datagrams on the telephone server's.

use crate::message::Message;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UdpSocket;

/// How long something may take on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection by TLS.
pub struct Stream<S> {
    inner: S,
    heard: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream<S> {
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            heard: Vec::new(),
        }
    }

    pub async fn say(&mut self, text: &str) {
        let said = self.inner.write_all(text.as_bytes()).await;
        said.expect("the connection takes it");
        self.inner.flush().await.expect("the connection takes it");
    }

    /// The next message; none here has a body.
    pub async fn hear(&mut self) -> Message {
        loop {
            let end = self.heard.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let message: Vec<u8> = self.heard.drain(..end + 4).collect();
                return Message::parse(&String::from_utf8(message).expect("text"));
            }
            let mut bytes = [0; 4096];
            let read = tokio::time::timeout(PATIENCE, self.inner.read(&mut bytes));
            let count = read.await.expect("a message in time").expect("a message");
            assert!(count > 0, "the connection was closed");
            self.heard.extend_from_slice(&bytes[..count]);
        }
    }

    /// The next message that is this request, or an answer with this status.
    pub async fn hear_until(&mut self, wanted: &str) -> Message {
        loop {
            let message = self.hear().await;
            if is(&message, wanted) {
                return message;
            }
        }
    }
}

/// The telephone server inside.
pub struct Datagrams(UdpSocket);

impl Datagrams {
    pub async fn on(port: u16) -> Self {
        let socket = UdpSocket::bind(("127.0.0.1", port)).await;
        Self(socket.expect("a free port"))
    }

    pub async fn say(&self, text: &str, to: SocketAddr) {
        self.0
            .send_to(text.as_bytes(), to)
            .await
            .expect("it is sent");
    }

    /// The next message that is this request, or an answer with this status, and where it came from.
    pub async fn hear_until(&self, wanted: &str) -> (Message, SocketAddr) {
        loop {
            let mut bytes = [0; 8192];
            let read = tokio::time::timeout(PATIENCE, self.0.recv_from(&mut bytes));
            let (count, from) = read.await.expect("a message in time").expect("a message");
            let message = Message::parse(std::str::from_utf8(&bytes[..count]).expect("text"));
            if is(&message, wanted) {
                return (message, from);
            }
        }
    }

    /// Nothing has come so far.
    pub fn is_silent(&self) -> bool {
        self.0.try_recv(&mut [0; 1]).is_err()
    }
}

fn is(message: &Message, wanted: &str) -> bool {
    message.first.starts_with(wanted) || message.status().to_string() == wanted
}
