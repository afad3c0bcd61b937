//! Reading of JSON that strangers wrote: ids as string or number, keys in either case, PHP's `"Y"` for true.

use serde_json::Value;

/// The value under `key`; absent, `null` and a container that is no object are all `None`.
pub fn field<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|found| !found.is_null())
}

/// As [`field`], but the key matches in either case: Bitrix24 writes both `CONNECTOR` and `connector`.
pub fn field_any_case<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    field(value, key).or_else(|| {
        let found = value.as_object()?.iter();
        found
            .filter(|(name, found)| name.eq_ignore_ascii_case(key) && !found.is_null())
            .map(|(_, found)| found)
            .next()
    })
}

/// A string, a number or a boolean as text. NUL characters are left out: no database column takes them.
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.replace('\0', "")),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text under `key`, whatever scalar it was written as.
pub fn text(value: &Value, key: &str) -> Option<String> {
    as_text(field(value, key)?)
}

/// The text under `key`; an empty one counts as absent.
pub fn filled(value: &Value, key: &str) -> Option<String> {
    text(value, key).filter(|found| !found.is_empty())
}

/// The filled text under `key` in either case.
pub fn filled_any_case(value: &Value, key: &str) -> Option<String> {
    as_text(field_any_case(value, key)?).filter(|found| !found.is_empty())
}

/// A whole number written as a number or as text; a fraction is cut off.
pub fn as_integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().map(|found| found as i64)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The whole number under `key`.
pub fn integer(value: &Value, key: &str) -> Option<i64> {
    as_integer(field(value, key)?)
}

/// A truth written as a boolean, `"Y"`, `"true"`, `"1"` or a number; anything else is `None`.
pub fn as_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_f64().map(|found| found != 0.0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" | "true" | "1" => Some(true),
            "n" | "no" | "false" | "0" | "" => Some(false),
            _ => None,
        },
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The truth under `key`.
pub fn flag(value: &Value, key: &str) -> Option<bool> {
    as_flag(field(value, key)?)
}

/// The items of a list, or of a map keyed by index (gaps allowed) in the order of those numbers.
///
/// PHP turns a list with a hole into a map; both are the same list to us. A scalar has no items.
pub fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(found) => found.iter().collect(),
        Value::Object(map) => {
            let mut found: Vec<(u64, &Value)> = map
                .iter()
                .filter_map(|(key, item)| Some((key.parse().ok()?, item)))
                .collect();
            found.sort_by_key(|(index, _)| *index);
            found.into_iter().map(|(_, item)| item).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_are_read_as_string_or_number() {
        let value = json!({"a": 12, "b": "12", "c": null, "d": {}, "E": "x"});
        assert_eq!(text(&value, "a").as_deref(), Some("12"));
        assert_eq!(text(&value, "b").as_deref(), Some("12"));
        assert_eq!(text(&value, "c"), None);
        assert_eq!(text(&value, "d"), None);
        assert_eq!(integer(&value, "b"), Some(12));
        assert_eq!(filled_any_case(&value, "e").as_deref(), Some("x"));
    }

    #[test]
    fn a_map_with_holes_is_a_list_in_the_order_of_its_numbers() {
        let value = json!({"10": "c", "2": "b", "0": "a", "note": "no item"});
        assert_eq!(items(&value), [&json!("a"), &json!("b"), &json!("c")]);
        assert!(items(&json!("text")).is_empty());
    }

    #[test]
    fn truth_has_many_spellings() {
        for yes in [json!(true), json!("Y"), json!("1"), json!(1)] {
            assert_eq!(as_flag(&yes), Some(true));
        }
        assert_eq!(as_flag(&json!("N")), Some(false));
        assert_eq!(as_flag(&json!([])), None);
    }

    #[test]
    fn nul_characters_do_not_get_in() {
        assert_eq!(text(&json!({"a": "x\u{0}y"}), "a").as_deref(), Some("xy"));
    }
}
