//! Takes values out of a table, one by one, and notes what is wrong with them.

use super::document::{At, Entry, Value};
use super::entries::Spot;
use super::error::Fault;
use secrecy::{ExposeSecret, SecretString};

/// How a name of the environment is looked up.
pub(super) type Env<'e> = &'e dyn Fn(&str) -> Option<String>;

/// A table being read.
pub(super) struct Take<'a> {
    pub(super) entry: &'a Entry,
    pub(super) faults: &'a mut Vec<Fault>,
    pub(super) env: Env<'a>,
}

impl Take<'_> {
    /// Notes a mistake at a key.
    pub(super) fn fault(&mut self, at: At, key: &str, what: impl Into<String>) {
        self.faults.push(Fault {
            at,
            table: Some(self.entry.kind.name()),
            key: Some(key.to_owned()),
            what: what.into(),
        });
    }

    /// A text that may be left out; ids may come without quotes. An empty one counts as a mistake:
    /// leaving out is clearer.
    pub(super) fn text(&mut self, key: &str) -> Option<Spot<String>> {
        let field = self.entry.fields.get(key)?;
        match &field.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.fault(field.at, key, "is empty; leave the key out instead");
                None
            }
            Value::Text(text) => Some(Spot {
                at: field.at,
                value: text.clone(),
            }),
            Value::Integer(number) => Some(Spot {
                at: field.at,
                value: number.to_string(),
            }),
            other @ (Value::Flag(_) | Value::Other(_)) => {
                self.fault(field.at, key, wrong_type("a text in quotes", other));
                None
            }
        }
    }

    /// A text understood by `parse`, whose error says what it should be.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Spot<T>> {
        let text = self.text(key)?;
        match parse(text.value.trim()) {
            Ok(value) => Some(Spot { at: text.at, value }),
            Err(what) => {
                self.fault(text.at, key, format!("\"{}\": {what}", text.value));
                None
            }
        }
    }

    /// A secret: as it stands, or from the environment when it reads `env:NAME`.
    pub(super) fn secret(&mut self, key: &str) -> Option<Spot<SecretString>> {
        let text = self.text(key)?;
        let Some(name) = text.value.strip_prefix("env:") else {
            return Some(Spot {
                at: text.at,
                value: text.value.into(),
            });
        };
        match (self.env)(name).filter(|value| !value.trim().is_empty()) {
            Some(value) => Some(Spot {
                at: text.at,
                value: value.into(),
            }),
            None => {
                let what = format!("the environment variable {name} is not set");
                self.fault(text.at, key, what);
                None
            }
        }
    }

    /// A secret understood by `parse`, whose error must not repeat it.
    pub(super) fn secret_parsed<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&SecretString) -> Result<T, String>,
    ) -> Option<Spot<T>> {
        let secret = self.secret(key)?;
        match parse(&secret.value) {
            Ok(value) => Some(Spot {
                at: secret.at,
                value,
            }),
            Err(what) => {
                self.fault(secret.at, key, what);
                None
            }
        }
    }

    /// A token that travels in headers and forms: no blanks, nothing but ASCII.
    pub(super) fn token(&mut self, key: &str) -> Option<Spot<SecretString>> {
        self.secret_parsed(key, |secret| {
            let plain = secret.expose_secret().chars().all(|c| c.is_ascii_graphic());
            plain
                .then(|| secret.clone())
                .ok_or_else(|| "holds a blank or a character no token has".to_owned())
        })
    }

    /// A whole number that may be left out; in quotes too, as Bitrix24 writes its ids.
    pub(super) fn integer(&mut self, key: &str) -> Option<Spot<i64>> {
        let field = self.entry.fields.get(key)?;
        let number = match &field.value {
            Value::Integer(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Flag(_) | Value::Other(_) => None,
        };
        if number.is_none() {
            self.fault(field.at, key, wrong_type("a whole number", &field.value));
        }
        Some(Spot {
            at: field.at,
            value: number?,
        })
    }

    /// Yes or no, may be left out.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let field = self.entry.fields.get(key)?;
        match &field.value {
            Value::Flag(flag) => Some(*flag),
            other => {
                self.fault(field.at, key, wrong_type("true or false", other));
                None
            }
        }
    }

    /// Notes that a key is missing, unless it is there (and perhaps wrong).
    pub(super) fn needed(&mut self, keys: &[&str]) {
        for key in keys {
            if !self.entry.fields.contains_key(*key) {
                self.fault(self.entry.at, key, "is missing");
            }
        }
    }
}

fn wrong_type(expected: &str, found: &Value) -> String {
    let found = match found {
        Value::Text(_) => "a text",
        Value::Integer(_) => "a number",
        Value::Flag(_) => "true or false",
        Value::Other(name) => name,
    };
    format!("should be {expected}, not {found}")
}
