//! A connection to a server over which SIP is spoken, and the name the probe has on it.

use super::host::Host;
use super::sip::{Dialog, Got, Heap, Method, Response, listen, request};
use std::net::SocketAddr;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};

/// A connection and what was read from it and not used yet.
pub struct Line<S> {
    stream: S,
    heap: Heap,
    dialog: Dialog,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    /// A line over a connection that is there.
    pub fn new(
        stream: S,
        local: SocketAddr,
        host: &Host,
        port: u16,
        transport: &'static str,
    ) -> Self {
        Self {
            stream,
            heap: Heap::default(),
            dialog: Dialog {
                host: host.in_sip(),
                port,
                user: String::new(),
                transport,
                local,
                mark: mark(),
            },
        }
    }

    /// Where we are.
    pub const fn local(&self) -> SocketAddr {
        self.dialog.local
    }

    /// Begins another dialog, with this user of the server.
    pub fn dial(&mut self, user: &str) {
        user.clone_into(&mut self.dialog.user);
        self.dialog.mark = mark();
    }

    /// Sends a request, after this answer where there is one; an error is the connection's.
    pub async fn send(
        &mut self,
        method: Method,
        answer: Option<&Response>,
        is_after: bool,
        body: &str,
    ) -> Result<(), String> {
        let words = request(&self.dialog, method, answer, is_after, body);
        let sent = async {
            self.stream.write_all(words.as_bytes()).await?;
            self.stream.flush().await
        };
        sent.await.map_err(|error| error.to_string())
    }

    /// Waits for the next response to this method.
    pub async fn listen(&mut self, method: Method) -> Got {
        listen(&mut self.stream, &mut self.heap, method.word()).await
    }

    /// Asks with OPTIONS and waits for what comes.
    pub async fn options(&mut self) -> Got {
        match self.send(Method::Options, None, false, "").await {
            Ok(()) => self.listen(Method::Options).await,
            Err(error) => Got::Closed(error),
        }
    }
}

fn mark() -> String {
    format!("{:016x}", rand::random::<u64>())
}
