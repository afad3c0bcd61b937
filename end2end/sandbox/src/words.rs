//! Small words used everywhere here: the time, random ids, loose reading of JSON values.

use base64::Engine as _;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Now, in unix seconds.
pub fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// Now, in unix seconds with a fraction, as Bitrix24's `time` block writes it.
pub fn now_exact() -> f64 {
    OffsetDateTime::now_utc().unix_timestamp_nanos() as f64 / 1e9
}

/// Now, in unix milliseconds; for the pages and the log.
pub fn now_ms() -> i64 {
    (OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000) as i64
}

/// A unix time as PHP's `date('c')` writes it, in UTC.
pub fn iso(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok())
        .map(|text| text.replace('Z', "+00:00"))
        .unwrap_or_default()
}

/// Random lower-case hex of `bytes` bytes: tokens, trace ids.
pub fn random_hex(bytes: usize) -> String {
    let mut buffer = vec![0u8; bytes];
    rand::fill(&mut buffer[..]);
    hex::encode(buffer)
}

/// A WhatsApp message id of the usual look: `wamid.` and base64 of the peer and some random bytes.
pub fn new_wamid(peer: &str) -> String {
    let mut bytes = vec![0x1d, 0x18, 0x0b];
    bytes.extend_from_slice(peer.trim_start_matches('+').as_bytes());
    bytes.extend_from_slice(&[0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
    bytes.extend_from_slice(random_hex(9).to_uppercase().as_bytes());
    bytes.push(0);
    format!(
        "wamid.{}",
        base64::engine::general_purpose::STANDARD.encode(bytes)
    )
}

/// The digits of a text, in order.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A JSON string or number as text; anything else is nothing.
pub fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(if *flag { "1" } else { "" }.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A JSON string or number as an integer.
pub fn int_of(value: Option<&Value>) -> Option<i64> {
    text_of(value)?.trim().parse().ok()
}

/// PHP's idea of a flag: `false`, `""`, `"0"`, `"N"`, `null` are off, anything else is on.
pub fn flag_of(value: Option<&Value>, default: bool) -> bool {
    match value {
        None => default,
        Some(Value::Null) => false,
        Some(other) => !matches!(
            text_of(Some(other)).as_deref(),
            Some("" | "0" | "N" | "n" | "false")
        ),
    }
}
