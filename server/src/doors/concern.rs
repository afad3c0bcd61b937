//! Whom a webhook concerns: just enough of the body to know whose secret must have signed it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::HashMap;

/// The WABA ids and phone ids a webhook names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concern {
    /// `entry[].id`.
    pub wabas: Vec<String>,
    /// `entry[].changes[].value.metadata.phone_number_id`.
    pub phones: Vec<String>,
}

/// Reads whom `body` concerns; `None` when it is not a JSON object.
///
/// Shapes that differ from Meta's envelope concern nobody in particular: they are no error.
pub fn concern_of(body: &str) -> Option<Concern> {
    // An array would pass for an envelope without fields.
    if !body.trim_start().starts_with('{') {
        return None;
    }
    if let Ok(envelope) = serde_json::from_str::<Envelope>(body) {
        return Some(envelope.concern());
    }
    let _object: HashMap<String, IgnoredAny> = serde_json::from_str(body).ok()?;
    Some(Concern::default())
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    value: ChangeValue,
}

#[derive(Default, Deserialize)]
struct ChangeValue {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    phone_number_id: Value,
}

impl Envelope {
    fn concern(self) -> Concern {
        let mut concern = Concern::default();
        for entry in self.entry {
            concern.wabas.extend(id_text(entry.id));
            for change in entry.changes {
                concern
                    .phones
                    .extend(id_text(change.value.metadata.phone_number_id));
            }
        }
        concern
    }
}

/// Meta sends ids as strings, now and then as numbers.
fn id_text(id: Value) -> Option<String> {
    match id {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_every_entry_and_change_are_found() {
        let body = r#"{"entry":[{"id":"1","changes":[{"value":{"metadata":{"phone_number_id":"7"}}},
            {"field":"x","value":{"metadata":{"phone_number_id":8}}}]},{"id":2}]}"#;
        let concern = concern_of(body).unwrap();
        assert_eq!(concern.wabas, ["1", "2"]);
        assert_eq!(concern.phones, ["7", "8"]);
    }

    #[test]
    fn odd_shapes_concern_nobody_and_other_json_is_refused() {
        assert_eq!(concern_of(r#"{"entry":{}}"#), Some(Concern::default()));
        assert_eq!(concern_of("{}"), Some(Concern::default()));
        for body in ["", "[]", "7", "{", r#"{"a":1}x"#] {
            assert_eq!(concern_of(body), None, "{body:?}");
        }
    }

    #[test]
    fn a_lone_surrogate_is_no_reason_to_refuse() {
        assert!(
            concern_of(r#"{"entry":[{"id":"1","changes":[{"value":{"t":"\ud83d"}}]}]}"#).is_some()
        );
    }
}
