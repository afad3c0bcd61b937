//! Parameters as PHP reads and writes them: `a[b][0]=c` to a tree and back.

use serde_json::{Map, Value};
use url::form_urlencoded;

/// Reads a form or query string into a tree; keys `0..n` become a list, as PHP would print them.
pub fn parse(bytes: &[u8]) -> Value {
    let mut root = Map::new();
    for (key, value) in form_urlencoded::parse(bytes) {
        insert(&mut root, &path_of(&key), value.into_owned());
    }
    listify(Value::Object(root))
}

fn path_of(key: &str) -> Vec<String> {
    let Some((head, rest)) = key.split_once('[') else {
        return vec![key.to_string()];
    };
    let mut path = vec![head.to_string()];
    path.extend(
        rest.split('[')
            .map(|part| part.trim_end_matches(']').to_string()),
    );
    path
}

fn insert(node: &mut Map<String, Value>, path: &[String], value: String) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let key = if first.is_empty() {
        node.len().to_string()
    } else {
        first.clone()
    };
    if rest.is_empty() {
        node.insert(key, Value::String(value));
        return;
    }
    let child = node.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !child.is_object() {
        *child = Value::Object(Map::new());
    }
    if let Value::Object(map) = child {
        insert(map, rest, value);
    }
}

fn listify(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: Map<String, Value> = map.into_iter().map(|(k, v)| (k, listify(v))).collect();
            if map.is_empty() {
                Value::Object(map)
            } else {
                php_map(map)
            }
        }
        other => other,
    }
}

/// A PHP array as `json_encode` prints it: empty is `[]`, keys `0..n` are a list, else an object.
pub fn php_map(map: Map<String, Value>) -> Value {
    let is_list = map
        .keys()
        .enumerate()
        .all(|(index, key)| *key == index.to_string());
    if is_list {
        Value::Array(map.into_iter().map(|(_, value)| value).collect())
    } else {
        Value::Object(map)
    }
}

/// Writes a tree as a form body with bracket keys. Nulls and empty lists vanish, as in PHP.
pub fn encode(tree: &Value) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    walk(String::new(), tree, &mut out);
    out.finish()
}

fn walk(prefix: String, value: &Value, out: &mut form_urlencoded::Serializer<'_, String>) {
    let under = |key: &str| {
        if prefix.is_empty() {
            key.to_string()
        } else {
            format!("{prefix}[{key}]")
        }
    };
    match value {
        Value::Null => {}
        Value::Bool(flag) => {
            out.append_pair(&prefix, if *flag { "1" } else { "0" });
        }
        Value::Number(number) => {
            out.append_pair(&prefix, &number.to_string());
        }
        Value::String(text) => {
            out.append_pair(&prefix, text);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(under(&index.to_string()), item, out);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                walk(under(key), item, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn brackets_make_a_tree_and_back() {
        let tree = parse(b"event=X&data%5BM%5D%5B0%5D%5Bid%5D=7&data[M][1][id]=8&data[c]=d");
        assert_eq!(
            tree,
            json!({"event":"X","data":{"M":[{"id":"7"},{"id":"8"}],"c":"d"}})
        );
        assert_eq!(parse(encode(&tree).as_bytes()), tree);
    }

    #[test]
    fn a_scalar_stays_a_scalar() {
        assert_eq!(encode(&json!({"data": 107})), "data=107");
    }
}
