//! Responses, read.

use crate::calls::trunk::certificate::shown;

/// The longest head of a message that is read, in bytes.
pub const HEAD_MAX: usize = 16 * 1024;

/// The longest address that is sent back, in bytes.
const ADDRESS_MAX: usize = 500;

/// How many stops of a way are sent back.
const ROUTES_MAX: usize = 8;

/// A response, as far as a probe looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// 100 to 699.
    pub status: u16,
    /// Its words, such as `OK`.
    pub reason: String,
    /// What the other side is: `Server`, else `User-Agent`.
    pub software: Option<String>,
    /// Why, in its words: `Warning`.
    pub warning: Option<String>,
    /// The method it answers, from `CSeq`.
    pub method: String,
    /// The tag it gave itself.
    pub to_tag: Option<String>,
    /// Where it wants to be asked within a call: the address of `Contact`.
    pub contact: Option<String>,
    /// The way there, the nearest first: `Record-Route` from its end.
    pub routes: Vec<String>,
}

impl Response {
    /// Status line and software, in words.
    pub fn told(&self) -> String {
        let software = match &self.software {
            Some(software) => format!(", from {software}"),
            None => ", without a Server or User-Agent header".to_owned(),
        };
        let warning = self
            .warning
            .as_ref()
            .map(|words| format!(", warning {words}"));
        format!(
            "SIP/2.0 {} {}{software}{}",
            self.status,
            self.reason,
            warning.unwrap_or_default()
        )
    }
}

/// What the bytes of a connection begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A response; it and its body are this many bytes, which need not have come yet.
    Response(Response, usize),
    /// A request of the other side, for example a look whether we are there; it is passed over.
    Request(usize),
    /// More has to come before it can be told.
    More,
    /// This is no SIP.
    NotSip,
}

/// Reads one message from the beginning of `bytes`.
pub fn read(bytes: &[u8]) -> Heard {
    // Empty lines before a message keep a connection alive and mean nothing.
    let leading = bytes
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let bytes = bytes.get(leading..).unwrap_or_default();
    let Some((head, head_length)) = split(bytes) else {
        let is_long = bytes.len() > HEAD_MAX;
        return if is_long || !may_become(bytes) {
            Heard::NotSip
        } else {
            Heard::More
        };
    };
    // Some servers write names and reasons in the letters of their place, which is no UTF-8: it is SIP all the same.
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    let headers = unfold(lines);
    let length = header(&headers, "content-length", "l").and_then(|words| words.parse().ok());
    let whole = leading
        .saturating_add(head_length)
        .saturating_add(length.unwrap_or(0_usize));
    match status(first) {
        Some((status, reason)) => Heard::Response(response(status, reason, &headers), whole),
        None if first.ends_with(" SIP/2.0") => Heard::Request(whole),
        None => Heard::NotSip,
    }
}

/// The head of a message and its length with the empty line, once that is there.
fn split(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((bytes.get(..end)?, end + 4))
}

/// Whether the beginning of a first line can still become one of SIP: letters, digits and spaces.
fn may_become(bytes: &[u8]) -> bool {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let is_whole = first.len() < bytes.len();
    let is_text = first.iter().all(|byte| {
        byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t' | b'\r') || *byte >= 0x80
    });
    let prefix = b"SIP/2.0 ";
    let is_status = first.iter().zip(prefix).all(|(a, b)| a == b);
    let is_request = first.first().is_some_and(u8::is_ascii_uppercase)
        && (!is_whole || first.trim_ascii_end().ends_with(b" SIP/2.0"));
    bytes.is_empty() || (is_text && (is_status || is_request))
}

fn status(line: &str) -> Option<(u16, &str)> {
    let rest = line.strip_prefix("SIP/2.0 ")?;
    let (digits, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_code = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let status = digits
        .parse()
        .ok()
        .filter(|status| (100..700).contains(status))?;
    is_code.then_some((status, reason))
}

/// Headers by their small names; a line that begins with a space belongs to the one before.
fn unfold<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _) => {
                if let Some((name, value)) = line.split_once(':') {
                    headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
    headers
}

fn header<'a>(headers: &'a [(String, String)], name: &str, short: &str) -> Option<&'a str> {
    let found = headers
        .iter()
        .find(|(known, _)| known == name || known == short);
    found.map(|(_, value)| value.as_str())
}

/// The address in a header: between angle brackets, or all before its parameters. None if it could leave its place.
fn address(value: &str) -> Option<&str> {
    let bare = || value.split(';').next().unwrap_or_default().trim();
    let inside = value
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    let address = inside.map_or_else(bare, |(address, _)| address);
    let is_plain = |sign: u8| sign.is_ascii_graphic() && !matches!(sign, b'<' | b'>' | b'"');
    let is_sip = address.starts_with("sip:") || address.starts_with("sips:");
    let fits = address.len() <= ADDRESS_MAX && address.bytes().all(is_plain);
    (is_sip && fits).then_some(address)
}

/// The way back, the nearest stop first. None of it counts when a part of it cannot be read.
fn routes(headers: &[(String, String)]) -> Vec<String> {
    let values = headers.iter().filter(|(name, _)| name == "record-route");
    let stops = values.flat_map(|(_, value)| value.split(','));
    let stops: Option<Vec<String>> = stops
        .map(|stop| address(stop).map(|address| format!("<{address}>")))
        .collect();
    let mut stops = stops.unwrap_or_default();
    stops.reverse();
    stops.truncate(ROUTES_MAX);
    stops
}

fn response(status: u16, reason: &str, headers: &[(String, String)]) -> Response {
    let words = |name| {
        let found = header(headers, name, name).map(shown);
        found.filter(|words| !words.is_empty())
    };
    let method = header(headers, "cseq", "cseq").and_then(|words| words.split_whitespace().nth(1));
    let tag = header(headers, "to", "t").and_then(|to| {
        let parameters = to.rsplit_once('>').map_or(to, |(_, after)| after);
        let mut parts = parameters.split(';').map(str::trim);
        parts.find_map(|part| part.strip_prefix("tag="))
    });
    let is_token = |tag: &&str| tag.len() <= 200 && tag.bytes().all(|byte| byte.is_ascii_graphic());
    Response {
        status,
        reason: shown(reason),
        software: words("server").or_else(|| words("user-agent")),
        warning: words("warning"),
        method: method.unwrap_or_default().to_owned(),
        to_tag: tag.filter(is_token).map(ToOwned::to_owned),
        contact: header(headers, "contact", "m")
            .and_then(address)
            .map(ToOwned::to_owned),
        routes: routes(headers),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
