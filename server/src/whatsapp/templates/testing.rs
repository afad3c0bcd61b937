//! Real template JSON for tests, where `THOTH_FIXTURES` names a folder with it.

use std::path::Path;

use serde_json::Value;

/// Every file under `graph` that has to do with templates, with its name.
pub(crate) fn fixtures() -> Vec<(String, Value)> {
    let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut folders = vec![Path::new(&root).join("graph")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.to_lowercase().contains("template") && name.ends_with(".json") {
                let body = std::fs::read(&path).unwrap();
                files.push((name, serde_json::from_slice(&body).unwrap()));
            }
        }
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    files
}

/// Every template in the files: of lists, of answers about one, and of requests that make one.
pub(crate) fn template_fixtures() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (name, value) in fixtures() {
        if let Some(Value::Array(items)) = value.get("data") {
            found.extend(items.iter().map(|item| (name.clone(), item.clone())));
        } else if name.starts_with("message_template") {
            found.push((name, value));
        }
    }
    found
}
