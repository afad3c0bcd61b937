//! From the text of a setup file to tables with their places, whatever their values.

use super::error::Fault;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in the file, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
}

/// The kinds of table the file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Waba,
    Portal,
    Phone,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::User, Self::Waba, Self::Portal, Self::Phone];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Waba => "waba",
            Self::Portal => "portal",
            Self::Phone => "phone",
        }
    }

    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::User => &["email", "password", "role", "api_key"],
            Self::Waba => &[
                "owner",
                "name",
                "waba_id",
                "access_token",
                "verify_token",
                "app_id",
                "app_secret",
            ],
            Self::Portal => &[
                "owner",
                "protocol",
                "domain",
                "member_id",
                "client_id",
                "client_secret",
                "application_token",
                "access_token",
                "refresh_token",
                "server_endpoint",
            ],
            Self::Phone => &[
                "owner",
                "phone",
                "phone_id",
                "waba",
                "portal",
                "line_id",
                "connector",
                "sms_service",
            ],
        }
    }
}

/// What stands behind a key.
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Flag(bool),
    /// Something no key takes, by its TOML name.
    Other(&'static str),
}

/// A value and where it stands.
pub(super) struct Field {
    pub(super) at: At,
    pub(super) value: Value,
}

/// One table of the file.
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) at: At,
    pub(super) fields: BTreeMap<String, Field>,
}

/// The tables of a file in their order, and what is wrong with its writing.
pub(super) fn document_read(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        entries: Vec::new(),
        faults: Vec::new(),
    };
    for error in errors {
        let at = reader.at(error.span().unwrap_or_default());
        reader.fault(at, None, None, error.message().to_owned());
    }
    for (key, value) in root.get_ref() {
        reader.tables(key, value);
    }
    reader.entries.sort_by_key(|entry| entry.at);
    (reader.entries, reader.faults)
}

struct Reader<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn at(&self, span: Range<usize>) -> At {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or(before);
        At {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }

    fn fault(&mut self, at: At, kind: Option<Kind>, key: Option<&str>, what: String) {
        self.faults.push(Fault {
            at,
            table: kind.map(Kind::name),
            key: key.map(str::to_owned),
            what,
        });
    }

    fn tables(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let at = self.at(key.span());
        let name = key.get_ref().as_ref();
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == name) else {
            let what = "unknown; a setup file holds [[user]], [[waba]], [[portal]] and [[phone]]";
            self.fault(at, None, Some(name), what.to_owned());
            return;
        };
        let DeValue::Array(items) = value.get_ref() else {
            let what = format!("each {name} is a table of its own that starts with [[{name}]]");
            self.fault(at, None, Some(name), what);
            return;
        };
        for item in items.iter() {
            let at = self.at(item.span());
            match item.get_ref() {
                DeValue::Table(table) => self.entry(kind, at, table),
                other => {
                    let what = format!("a table is expected here, not a {}", other.type_str());
                    self.fault(at, None, Some(name), what);
                }
            }
        }
    }

    fn entry(&mut self, kind: Kind, at: At, table: &DeTable<'_>) {
        let mut fields = BTreeMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let here = self.at(key.span());
            if !kind.keys().contains(&name) {
                let what = format!("unknown key; known are {}", kind.keys().join(", "));
                self.fault(here, Some(kind), Some(name), what);
                continue;
            }
            let field = Field {
                at: self.at(value.span()),
                value: value_read(value.get_ref()),
            };
            fields.insert(name.to_owned(), field);
        }
        self.entries.push(Entry { kind, at, fields });
    }
}

fn value_read(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.as_ref().to_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other("number of that size"),
        },
        DeValue::Boolean(flag) => Value::Flag(*flag),
        other => Value::Other(other.type_str()),
    }
}
