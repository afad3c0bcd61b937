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

/// Waits for the next response to a request of this method; `left` holds what was read and not used. Requests of the
/// other side and responses to something else are passed over.
pub async fn listen(
    stream: &mut (impl AsyncRead + Unpin),
    left: &mut Vec<u8>,
    method: &str,
) -> Got {
    let mut piece = vec![0_u8; 4096];
    loop {
        match read(left) {
            Heard::Response(found, length) => {
                left.drain(..length.min(left.len()));
                if found.method.eq_ignore_ascii_case(method) || found.method.is_empty() {
                    return Got::Response(found);
                }
                continue;
            }
            Heard::Request(length) => {
                left.drain(..length.min(left.len()));
                continue;
            }
            Heard::NotSip => {
                let beginning = left.get(..left.len().min(60)).unwrap_or_default();
                return Got::NotSip(beginning.escape_ascii().to_string());
            }
            Heard::More => {}
        }
        match stream.read(&mut piece).await {
            Ok(0) => return Got::Closed("the connection was closed".to_owned()),
            Ok(count) => left.extend_from_slice(piece.get(..count).unwrap_or_default()),
            Err(error) => return Got::Closed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn after(words: &str) -> Got {
        let mut stream = words.as_bytes();
        listen(&mut stream, &mut Vec::new(), "OPTIONS").await
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
}
