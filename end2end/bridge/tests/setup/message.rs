//! SIP as text: reading what came, answering it, and the digest.

use md5::{Digest, Md5};

/// A request or an answer.
pub struct Message {
    /// `INVITE sip:... SIP/2.0` or `SIP/2.0 200 OK`
    pub first: String,
    headers: Vec<(String, String)>,
}

impl Message {
    pub fn parse(text: &str) -> Self {
        let mut lines = text.split("\r\n");
        let first = lines.next().expect("a first line").to_owned();
        let headers = lines
            .take_while(|line| !line.is_empty())
            .map(|line| line.split_once(':').expect("a header"))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        Self { first, headers }
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.all(name)
            .first()
            .copied()
            .unwrap_or_else(|| panic!("no {name} in {}", self.first))
    }

    /// A parameter of a header, without its quotes: the nonce of a challenge.
    pub fn parameter(&self, header: &str, name: &str) -> String {
        let value = self.header(header);
        let value = value.strip_prefix("Digest ").unwrap_or(value);
        value
            .split(',')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.trim_matches('"').to_owned())
            .unwrap_or_else(|| panic!("no {name} in {value}"))
    }

    /// The status of an answer; 0 for a request.
    pub fn status(&self) -> u16 {
        let words = self.first.strip_prefix("SIP/2.0 ").unwrap_or_default();
        let code = words.split(' ').next().unwrap_or_default();
        code.parse().unwrap_or_default()
    }

    /// An answer to this request; `more` are headers, each with its line end.
    pub fn answer(&self, line: &str, more: &str) -> String {
        let mut text = format!("SIP/2.0 {line}\r\n");
        for name in ["Via", "Record-Route", "From", "Call-ID", "CSeq"] {
            for value in self.all(name) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        format!(
            "{text}To: {};tag=answer\r\n{more}Content-Length: 0\r\n\r\n",
            self.header("To")
        )
    }
}

/// Who signs in, and for what.
pub struct Credentials<'a> {
    pub user: &'a str,
    pub password: &'a str,
    pub realm: &'a str,
    pub nonce: &'a str,
    pub uri: &'a str,
}

impl Credentials<'_> {
    /// RFC 2617 with MD5 and qop=auth, for an INVITE.
    pub fn response(&self, count: &str, cnonce: &str) -> String {
        let hash = |words: String| hex::encode(Md5::digest(words));
        let who = hash(format!("{}:{}:{}", self.user, self.realm, self.password));
        let what = hash(format!("INVITE:{}", self.uri));
        hash(format!("{who}:{}:{count}:{cnonce}:auth:{what}", self.nonce))
    }

    pub fn header(&self) -> String {
        format!(
            "Proxy-Authorization: Digest username=\"{}\", realm=\"{}\", nonce=\"{}\", uri=\"{}\", qop=auth, nc=00000001, \
             cnonce=\"0a4f113b\", response=\"{}\", algorithm=MD5\r\n",
            self.user,
            self.realm,
            self.nonce,
            self.uri,
            self.response("00000001", "0a4f113b"),
        )
    }
}
