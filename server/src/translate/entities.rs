//! HTML entities back into characters.

/// The longest entity looked at, from `&` to `;`.
const LENGTH_MAX: usize = 10;

/// Decodes each entity once: `&amp;lt;` becomes `&lt;`. What is no entity stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.bytes().take(LENGTH_MAX).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((character(from.get(1..end)?)?, end)));
        if let Some((character, end)) = known {
            out.push(character);
            rest = from.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|digits| {
        let hex = digits.strip_prefix(['x', 'X']);
        hex.map_or_else(
            || digits.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        )
    });
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => number
            .and_then(char::from_u32)
            .filter(|found| *found != '\0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_entity_is_decoded_once() {
        assert_eq!(
            decoded("a &amp;lt; &quot;b&quot; &#039; &#x41; &#91;b&#93;"),
            "a &lt; \"b\" ' A [b]"
        );
        assert_eq!(
            decoded("AT&T &unknown; &#0; & &; €&"),
            "AT&T &unknown; &#0; & &; €&"
        );
    }

    proptest! {
        #[test]
        fn what_was_encoded_comes_back(text in ".*") {
            let encoded = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            prop_assert_eq!(decoded(&encoded), text);
        }
    }
}
