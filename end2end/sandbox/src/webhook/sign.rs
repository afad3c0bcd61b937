//! Meta's way of writing and signing a body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write as _;

/// Writes every character outside ASCII as `\uXXXX`, as Meta does, so that only raw bytes verify.
pub fn escape(json: &str) -> String {
    if json.is_ascii() {
        return json.to_string();
    }
    let mut out = String::with_capacity(json.len() * 2);
    let mut units = [0u16; 2];
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// The value of `X-Hub-Signature-256` for these bytes.
pub fn signature(secret: &str, body: &[u8]) -> String {
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(body);
            format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
        }
        // HMAC takes keys of any length; this arm is never reached.
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_the_contract() {
        let escaped = escape("{\"a\":\"\u{e9}\"}");
        assert_eq!(escaped, r#"{"a":"\u00e9"}"#);
        assert_eq!(
            signature("s3cr3t", escaped.as_bytes()),
            "sha256=cc5df8507d2b3a1c5ced4d6655ac75a154d138b2a160b7846cf5cb5aa90906b5"
        );
        assert_eq!(
            signature("s3cr3t", "{\"a\":\"\u{e9}\"}".as_bytes()),
            "sha256=55c3d887c20253d4ad4693f78e36492ad0da0f2385adc3a7460363cbcf4d3b26"
        );
        assert_eq!(escape("\u{1f600}"), r"\ud83d\ude00");
    }
}
