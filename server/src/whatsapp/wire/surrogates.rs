//! Halves of characters: `\ud83d` without its second half is no valid JSON, and one cut name must not cost a batch.

use std::borrow::Cow;

/// Replaces every `\uD800`-`\uDFFF` escape that has no partner by `\ufffd`; all else stays byte for byte.
pub(super) fn mended(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let (taken, lone) = match (byte, unit(body, at)) {
            (b'\\', Some(0xD800..=0xDBFF)) => match unit(body, at + 6) {
                Some(0xDC00..=0xDFFF) => (12, false),
                _ => (6, true),
            },
            (b'\\', Some(0xDC00..=0xDFFF)) => (6, true),
            (b'\\', _) => (2, false),
            _ => (1, false),
        };
        let piece = body
            .get(at..at + taken)
            .or_else(|| body.get(at..))
            .unwrap_or_default();
        if lone {
            out.get_or_insert_with(|| body.get(..at).unwrap_or_default().to_vec())
                .extend_from_slice(b"\\ufffd");
        } else if let Some(out) = &mut out {
            out.extend_from_slice(piece);
        }
        at += taken;
    }
    out.map_or(Cow::Borrowed(body), Cow::Owned)
}

/// The code unit of a `\uXXXX` escape that starts at `at`.
fn unit(body: &[u8], at: usize) -> Option<u32> {
    let escape = body.get(at..at + 6)?;
    let hex = escape
        .strip_prefix(b"\\u")
        .filter(|hex| hex.iter().all(u8::is_ascii_hexdigit))?;
    u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mend(text: &str) -> String {
        String::from_utf8(mended(text.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn only_lone_halves_are_replaced() {
        assert_eq!(
            mend(r#"{"a":"\ud83d\ude00 \ud83d"}"#),
            r#"{"a":"\ud83d\ude00 \ufffd"}"#
        );
        assert_eq!(mend(r#""\ude00\u0041""#), r#""\ufffd\u0041""#);
        assert_eq!(mend(r#""\\ud83d""#), r#""\\ud83d""#);
        assert_eq!(mend(r#""\ud83d"#), r#""\ufffd"#);
    }

    proptest! {
        #[test]
        fn valid_json_stays_as_it_is(text in ".*") {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(mend(&json), json);
        }
    }
}
