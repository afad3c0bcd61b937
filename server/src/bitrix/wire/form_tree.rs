//! `a[b][0]=c` into a tree, as PHP reads it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode;
use serde_json::Value;

/// The deepest brackets read; Bitrix24's own go to about eight.
const DEPTH_MAX: usize = 32;

/// The most fields read; an event with hundreds of messages stays far below.
const FIELDS_MAX: usize = 20_000;

/// Why a form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A key or a value is no UTF-8.
    #[error("the form holds bytes that are not UTF-8")]
    NotUtf8,
    /// Brackets in brackets beyond the limit.
    #[error("the form's keys are nested too deep")]
    TooDeep,
    /// More fields than the limit.
    #[error("the form has too many fields")]
    TooMany,
}

/// A value or a level of brackets while the form is being read.
enum Branch {
    Leaf(String),
    Level(Level),
}

/// What one pair of brackets holds.
#[derive(Default)]
struct Level {
    branches: BTreeMap<String, Branch>,
    /// The key PHP would give to the next `[]`.
    next: u64,
}

impl Level {
    /// The key itself, or the next free number for `[]`.
    fn key(&mut self, part: &str) -> String {
        let key = if part.is_empty() {
            self.next.to_string()
        } else {
            part.to_owned()
        };
        if let Ok(index) = key.parse::<u64>() {
            self.next = self.next.max(index.saturating_add(1));
        }
        key
    }
}

/// Reads `application/x-www-form-urlencoded` bytes into JSON objects, lists and strings.
///
/// Keys `0..n` without a hole become a list, `[]` appends, a later value replaces an earlier one. An empty form
/// is an empty object. NUL characters are left out.
pub fn form_tree(body: &[u8]) -> Result<Value, FormError> {
    let mut root = Level::default();
    let fields = body
        .split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty());
    for (count, field) in fields.enumerate() {
        if count >= FIELDS_MAX {
            return Err(FormError::TooMany);
        }
        let mut halves = field.splitn(2, |byte| *byte == b'=');
        let key = decoded(halves.next().unwrap_or_default())?;
        let value = decoded(halves.next().unwrap_or_default())?;
        insert(&mut root, path(&key)?, value);
    }
    Ok(root.into_object())
}

fn decoded(bytes: &[u8]) -> Result<String, FormError> {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let text = percent_decode(&spaced)
        .decode_utf8()
        .map_err(|_| FormError::NotUtf8)?;
    Ok(text.replace('\0', ""))
}

/// `a[b][]` into `a`, `b` and the empty word; brackets that do not close are part of the name.
fn path(key: &str) -> Result<Vec<&str>, FormError> {
    let Some(start) = key.find('[').filter(|start| *start > 0) else {
        return Ok(vec![key]);
    };
    let (name, mut rest) = key.split_at(start);
    let mut path = vec![name];
    while let Some((part, tail)) = rest
        .strip_prefix('[')
        .and_then(|inside| inside.split_once(']'))
    {
        path.push(part);
        if path.len() > DEPTH_MAX {
            return Err(FormError::TooDeep);
        }
        rest = tail;
    }
    Ok(if path.len() == 1 { vec![key] } else { path })
}

fn insert(root: &mut Level, path: Vec<&str>, value: String) {
    let mut level = root;
    let mut parts = path.into_iter().enumerate().peekable();
    while let Some((depth, part)) = parts.next() {
        let key = if depth == 0 {
            part.to_owned()
        } else {
            level.key(part)
        };
        if parts.peek().is_none() {
            level.branches.insert(key, Branch::Leaf(value));
            return;
        }
        let branch = level
            .branches
            .entry(key)
            .or_insert_with(|| Branch::Level(Level::default()));
        if let Branch::Leaf(_) = branch {
            *branch = Branch::Level(Level::default());
        }
        let Branch::Level(inner) = branch else { return };
        level = inner;
    }
}

impl Branch {
    fn into_json(self) -> Value {
        match self {
            Self::Leaf(text) => Value::String(text),
            Self::Level(level) => level.into_json(),
        }
    }
}

impl Level {
    fn into_json(self) -> Value {
        let is_list =
            (0..self.branches.len()).all(|index| self.branches.contains_key(&index.to_string()));
        if !is_list {
            return self.into_object();
        }
        let branches = self.branches.into_iter();
        let mut items: Vec<(usize, Value)> = branches
            .filter_map(|(key, branch)| Some((key.parse().ok()?, branch.into_json())))
            .collect();
        items.sort_by_key(|(index, _)| *index);
        Value::Array(items.into_iter().map(|(_, item)| item).collect())
    }

    fn into_object(self) -> Value {
        let branches = self.branches.into_iter();
        Value::Object(
            branches
                .map(|(key, branch)| (key, branch.into_json()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn brackets_become_a_tree() {
        let tree = form_tree(b"event=X&data%5BM%5D%5B0%5D%5Btext%5D=a+b%21&data[M][1][text]=%D0%B6&data[L]=17&data[e]=").unwrap();
        assert_eq!(
            tree,
            json!({"event": "X", "data": {"M": [{"text": "a b!"}, {"text": "ж"}], "L": "17", "e": ""}})
        );
    }

    #[test]
    fn lists_have_no_holes() {
        assert_eq!(
            form_tree(b"a[0]=x&a[2]=y").unwrap(),
            json!({"a": {"0": "x", "2": "y"}})
        );
        assert_eq!(
            form_tree(b"a[]=x&a[]=y&a[5]=z&a[]=w").unwrap(),
            json!({"a": {"0": "x", "1": "y", "5": "z", "6": "w"}})
        );
        let many: Vec<String> = (0..12).map(|index| format!("a[{index}]={index}")).collect();
        let list: Vec<String> = (0..12).map(|index| index.to_string()).collect();
        assert_eq!(
            form_tree(many.join("&").as_bytes()).unwrap(),
            json!({"a": list})
        );
    }

    #[test]
    fn odd_keys_are_taken_as_they_are() {
        assert_eq!(form_tree(b"").unwrap(), json!({}));
        assert_eq!(
            form_tree(b"a[b=1&[c]=2&d&=3").unwrap(),
            json!({"a[b": "1", "[c]": "2", "d": "", "": "3"})
        );
        assert_eq!(form_tree(b"a=1&a[b]=2").unwrap(), json!({"a": {"b": "2"}}));
        assert_eq!(form_tree(b"a[b]=2&a=1").unwrap(), json!({"a": "1"}));
    }

    #[test]
    fn what_is_too_much_is_refused() {
        assert_eq!(form_tree(b"a=%ff"), Err(FormError::NotUtf8));
        assert_eq!(form_tree(b"\xff=1"), Err(FormError::NotUtf8));
        assert_eq!(
            form_tree(format!("a{}=1", "[b]".repeat(40)).as_bytes()),
            Err(FormError::TooDeep)
        );
        assert_eq!(
            form_tree("a[]=1&".repeat(FIELDS_MAX + 1).as_bytes()),
            Err(FormError::TooMany)
        );
    }

    fn encoded(prefix: &str, value: &Value, out: &mut Vec<String>) {
        let quote = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    let key = if prefix.is_empty() {
                        quote(key)
                    } else {
                        format!("{prefix}%5B{}%5D", quote(key))
                    };
                    encoded(&key, inner, out);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    encoded(&format!("{prefix}%5B{index}%5D"), inner, out);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(text) => out.push(format!("{prefix}={}", quote(text))),
        }
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = "[^\u{0}]{0,12}".prop_map(Value::from);
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,5}", inner, 1..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(value in prop::collection::btree_map("[a-z]{1,5}", tree(), 0..4)) {
            let value = Value::Object(value.into_iter().collect());
            let mut fields = Vec::new();
            encoded("", &value, &mut fields);
            prop_assert_eq!(form_tree(fields.join("&").as_bytes()).unwrap(), value);
        }

        #[test]
        fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = form_tree(&body);
        }

        #[test]
        fn no_brackets_panic(body in "[a\\[\\]=&0-9+%]{0,60}") {
            let _ = form_tree(body.as_bytes());
        }
    }
}
