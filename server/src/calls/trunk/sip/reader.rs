//! Listens on a connection for the next response.

use super::read::{Heard, Response, read};
use tokio::io::{AsyncRead, AsyncReadExt};

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// A response.
    Response(Response),
    /// Something that is no SIP; its beginning, to be shown.
    NotSip(String),
    /// The other side hung up; its reason where there is one.
    Closed(String),
}

/// What was read from a connection and is not used yet.
#[derive(Debug, Default)]
pub struct Heap {
    bytes: Vec<u8>,
    /// How many bytes of a body, which nobody looks at, are still to come.
    body: usize,
}

impl Heap {
    /// Drops a message of this length, also as much of it as has not come yet.
    fn pass(&mut self, length: usize) {
        let here = length.min(self.bytes.len());
        self.bytes.drain(..here);
        self.body = length - here;
    }

    fn take(&mut self, piece: &[u8]) {
        let body = self.body.min(piece.len());
        self.body -= body;
        self.bytes
            .extend_from_slice(piece.get(body..).unwrap_or_default());
        // Empty lines between messages mean nothing, and are not kept however many come.
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let empty = self.bytes.iter().take_while(|byte| is_end(byte)).count();
        self.bytes.drain(..empty);
    }
}

/// Waits for the next response to a request of this method. Requests of the other side and responses to something else
/// are passed over.
pub async fn listen(stream: &mut (impl AsyncRead + Unpin), heap: &mut Heap, method: &str) -> Got {
    let mut piece = vec![0_u8; 4096];
    loop {
        match read(&heap.bytes) {
            Heard::Response(found, length) => {
                heap.pass(length);
                if found.method.eq_ignore_ascii_case(method) || found.method.is_empty() {
                    return Got::Response(found);
                }
                continue;
            }
            Heard::Request(length) => {
                heap.pass(length);
                continue;
            }
            Heard::NotSip => {
                let beginning = heap.bytes.get(..heap.bytes.len().min(60));
                let beginning = beginning.unwrap_or_default();
                return Got::NotSip(beginning.escape_ascii().to_string());
            }
            Heard::More => {}
        }
        match stream.read(&mut piece).await {
            Ok(0) => return Got::Closed("the connection was closed".to_owned()),
            Ok(count) => heap.take(piece.get(..count).unwrap_or_default()),
            Err(error) => return Got::Closed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt;

    async fn after(words: &str) -> Got {
        let mut stream = words.as_bytes();
        listen(&mut stream, &mut Heap::default(), "OPTIONS").await
    }

    #[tokio::test]
    async fn what_is_not_for_us_is_passed_over() {
        let words = "\r\nOPTIONS sip:us SIP/2.0\r\nContent-Length: 2\r\n\r\nxx\
                     SIP/2.0 200 OK\r\nCSeq: 1 CANCEL\r\n\r\n\
                     SIP/2.0 404 Not here\r\nCSeq: 1 OPTIONS\r\n\r\n";
        let Got::Response(found) = after(words).await else {
            panic!()
        };
        assert_eq!(found.status, 404);
        assert!(matches!(after("SIP/2.0 2").await, Got::Closed(_)));
        assert!(matches!(after("hello\r\n").await, Got::NotSip(_)));
    }

    /// A connection on which each of these comes in a piece of its own.
    async fn in_pieces(pieces: &[&[u8]], wanted: &str) -> (Got, usize) {
        let (mut stream, mut theirs) = tokio::io::duplex(64 * 1024);
        let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
        tokio::spawn(async move {
            for piece in pieces {
                theirs.write_all(&piece).await.unwrap();
                tokio::task::yield_now().await;
            }
        });
        let mut heap = Heap::default();
        let got = listen(&mut stream, &mut heap, wanted).await;
        (got, heap.bytes.len())
    }

    #[tokio::test]
    async fn a_body_that_comes_late_is_no_message() {
        let pieces: [&[u8]; 3] = [
            b"SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\nContent-Length: 10\r\n\r\nv=0",
            b"\r\no=-",
            b"\r\nSIP/2.0 401 No\r\nCSeq: 1 INVITE\r\n\r\n",
        ];
        let (got, _) = in_pieces(&pieces, "INVITE").await;
        assert!(
            matches!(&got, Got::Response(found) if found.status == 401),
            "{got:?}"
        );
    }

    #[tokio::test]
    async fn empty_lines_are_not_heaped_up() {
        let empty = b"\r\n".repeat(2_000);
        let pieces = vec![empty.as_slice(); 50];
        let (got, left) = in_pieces(&pieces, "OPTIONS").await;
        assert!(matches!(got, Got::Closed(_)));
        assert_eq!(left, 0);
    }
}
