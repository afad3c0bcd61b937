//! Parameters as PHP reads them from a query: `a[b][0]=c`. Only the commands of a batch need it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Everything but letters, digits and the marks that are free in any query.
const QUOTED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Encodes an object. `true` and `false` become `1` and `0`; `null` and empty lists vanish, as in PHP.
pub(super) fn php_query(params: &Value) -> String {
    let mut pairs = Vec::new();
    if let Value::Object(fields) = params {
        for (key, value) in fields {
            collect(&quoted(key), value, &mut pairs);
        }
    }
    pairs.join("&")
}

fn collect(key: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => pairs.push(format!("{key}={}", u8::from(*flag))),
        Value::Number(number) => pairs.push(format!("{key}={number}")),
        Value::String(text) => pairs.push(format!("{key}={}", quoted(text))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(&format!("{key}%5B{index}%5D"), item, pairs);
            }
        }
        Value::Object(fields) => {
            for (inner, item) in fields {
                collect(&format!("{key}%5B{}%5D", quoted(inner)), item, pairs);
            }
        }
    }
}

fn quoted(text: &str) -> String {
    utf8_percent_encode(text, QUOTED).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::wire::form_tree;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn nesting_becomes_brackets() {
        let params = json!({"LINE": 17, "M": [{"id": "+4 9", "ok": true, "no": null, "e": []}]});
        assert_eq!(
            php_query(&params),
            "LINE=17&M%5B0%5D%5Bid%5D=%2B4%209&M%5B0%5D%5Bok%5D=1"
        );
        assert_eq!(php_query(&Value::Null), "");
    }

    proptest! {
        #[test]
        fn php_reads_what_was_meant(text in "[^\u{0}]{0,40}", key in "[a-z]{1,6}") {
            let params = json!({"A": {key.clone(): [text.clone(), {"x": text}]}});
            prop_assert_eq!(form_tree(php_query(&params).as_bytes()).unwrap(), params);
        }
    }
}
