//! Tokens out of texts: a message of Meta's may quote the address that was called, token and all.

/// The mark left where a secret stood.
const MARK: &str = "[hidden]";

/// Parameters whose value is a secret.
const SECRET_KEYS: [&str; 6] = [
    "access_token",
    "input_token",
    "client_secret",
    "fb_exchange_token",
    "app_secret",
    "appsecret_proof",
];

/// The shortest run of letters and digits after `EAA` that is taken for a token.
const TOKEN_LENGTH_MIN: usize = 20;

/// The text with access tokens (`EAA…`) and the values of secret parameters replaced by a mark.
pub fn redacted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before = out.chars().next_back();
        let at_start = !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        if let Some(length) = at_start.then(|| secret_parameter(rest)).flatten() {
            let (key, tail) = rest.split_at(length.key);
            out.push_str(key);
            out.push_str(MARK);
            rest = tail.get(length.value..).unwrap_or_default();
        } else if let Some(length) = at_start.then(|| token(rest)).flatten() {
            out.push_str(MARK);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// How many bytes the key with its sign takes, and how many the value.
struct Parameter {
    key: usize,
    value: usize,
}

/// `access_token=…`, `"access_token":"…"` and the like at the start of the text.
fn secret_parameter(text: &str) -> Option<Parameter> {
    let key = SECRET_KEYS.into_iter().find(|key| {
        text.get(..key.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(key))
    })?;
    let after = text.get(key.len()..)?;
    let sign: usize = after
        .chars()
        .take_while(|c| matches!(c, '"' | '\'' | ' ' | '=' | ':'))
        .map(char::len_utf8)
        .sum();
    let has_sign = after
        .get(..sign)
        .is_some_and(|signs| signs.contains(['=', ':']));
    let value = after
        .get(sign..)?
        .chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '&' | '"' | '\'' | ',' | '}' | ')'));
    let value = value.map(char::len_utf8).sum();
    (has_sign && value > 0).then_some(Parameter {
        key: key.len() + sign,
        value,
    })
}

/// The length of an access token at the start of the text.
fn token(text: &str) -> Option<usize> {
    let tail = text.strip_prefix("EAA")?;
    let length = tail.chars().take_while(char::is_ascii_alphanumeric).count();
    (length >= TOKEN_LENGTH_MIN).then_some(length + 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tokens_are_hidden_and_words_stay() {
        let text = "Bad url /me?access_token=abc123&x=1 with EAAGm0PX4ZCpsBAKZ1234567890 and EAA.";
        assert_eq!(
            redacted(text),
            "Bad url /me?access_token=[hidden]&x=1 with [hidden] and EAA."
        );
        assert_eq!(
            redacted(r#"{"client_secret": "s3cret", "a": 1}"#),
            r#"{"client_secret": "[hidden]", "a": 1}"#
        );
        assert_eq!(
            redacted("the access_token is wrong"),
            "the access_token is wrong"
        );
    }

    proptest! {
        #[test]
        fn no_token_gets_through(before in ".{0,20}", token in "[A-Za-z0-9]{20,60}", after in " .{0,20}") {
            let text = redacted(&format!("{before} EAA{token}{after}"));
            let has = text.contains(&format!("EAA{token}"));
            prop_assert!(!has);
        }

        #[test]
        fn ordinary_text_is_untouched(text in "[ a-z0-9А-я.,!?]{0,80}") {
            prop_assert_eq!(redacted(&text), text);
        }
    }
}
