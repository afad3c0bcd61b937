//! Meta's signature: HMAC-SHA256 over the body exactly as it came, keyed with the app secret.
//!
//! Source: Graph API webhooks, "Event Notifications", header `X-Hub-Signature-256`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// True when `header` (`sha256=<64 hex digits>`) signs `body` with `secret`. Constant time.
pub fn signs(secret: &str, body: &[u8], header: &str) -> bool {
    let Some(digits) = header.trim().strip_prefix("sha256=") else {
        return false;
    };
    let Ok(given) = hex::decode(digits) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}

#[cfg(test)]
mod tests {
    use super::signs;

    const ESCAPED: &[u8] = br#"{"a":"\u00e9"}"#;
    const ESCAPED_SIGNATURE: &str =
        "sha256=cc5df8507d2b3a1c5ced4d6655ac75a154d138b2a160b7846cf5cb5aa90906b5";
    const PLAIN_SIGNATURE: &str =
        "sha256=55c3d887c20253d4ad4693f78e36492ad0da0f2385adc3a7460363cbcf4d3b26";

    #[test]
    fn the_raw_bytes_are_signed_not_their_meaning() {
        assert!(signs("s3cr3t", ESCAPED, ESCAPED_SIGNATURE));
        assert!(signs("s3cr3t", "{\"a\":\"é\"}".as_bytes(), PLAIN_SIGNATURE));
        assert!(!signs("s3cr3t", ESCAPED, PLAIN_SIGNATURE));
    }

    #[test]
    fn another_secret_or_another_form_does_not_pass() {
        assert!(!signs("other", ESCAPED, ESCAPED_SIGNATURE));
        for header in [
            "",
            "sha256=",
            "sha256=zz",
            "sha1=cc5d",
            &ESCAPED_SIGNATURE[7..],
        ] {
            assert!(!signs("s3cr3t", ESCAPED, header), "{header:?}");
        }
    }
}
