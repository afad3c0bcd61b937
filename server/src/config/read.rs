//! Reads the environment.

use super::error::{ConfigError, Wrong};
use super::parse::{self, ShouldBe};
use super::{Config, VARIABLES};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is logged by default; each start would otherwise tell of every migration it did not run.
const LOG_DEFAULT: &str = "info,sea_orm_migration=warn";

/// Variables as plain words: a key of digits must not become a number on the way.
struct Words(Vec<(&'static str, String)>);

impl Provider for Words {
    fn metadata(&self) -> Metadata {
        Metadata::named("environment")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let dict = self
            .0
            .iter()
            .map(|(name, words)| ((*name).to_owned(), Value::from(words.as_str())))
            .collect();
        Ok(Profile::Default.collect(dict))
    }
}

impl Config {
    /// Reads the process's environment. A variable that is empty counts as absent.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut words = Vec::new();
        let mut wrong = Vec::new();
        for variable in &VARIABLES {
            match std::env::var(variable.name) {
                Ok(value) => words.push((variable.name, value)),
                Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => wrong.push(Wrong {
                    variable: variable.name,
                    found: None,
                    should_be: "text in UTF-8".to_owned(),
                }),
            }
        }
        if wrong.is_empty() {
            Self::from_words(words)
        } else {
            Err(ConfigError { wrong })
        }
    }

    /// Reads variables given by name.
    pub fn from_words(
        words: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, ConfigError> {
        let words = words
            .into_iter()
            .map(|(name, value)| (name, value.trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let given: BTreeMap<String, String> =
            Figment::from(Words(words))
                .extract()
                .map_err(|error| ConfigError {
                    wrong: vec![Wrong {
                        variable: "environment",
                        found: None,
                        should_be: format!("readable ({error})"),
                    }],
                })?;
        Reader {
            given,
            wrong: Vec::new(),
        }
        .config()
    }
}

/// Takes values out of the words and remembers what was wrong.
struct Reader {
    given: BTreeMap<String, String>,
    wrong: Vec<Wrong>,
}

impl Reader {
    /// The value of `name`; nothing when it is absent or wrong.
    fn take<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, ShouldBe>,
    ) -> Option<T> {
        let words = self.given.get(name)?;
        match parse(words) {
            Ok(value) => Some(value),
            Err(should_be) => {
                let secret = VARIABLES
                    .iter()
                    .any(|variable| variable.name == name && variable.secret);
                self.wrong.push(Wrong {
                    variable: name,
                    found: (!secret).then(|| words.clone()),
                    should_be: should_be.to_owned(),
                });
                None
            }
        }
    }

    fn config(mut self) -> Result<Config, ConfigError> {
        let listen = self
            .take("THOTH_LISTEN", parse::listen)
            .unwrap_or_else(|| ([127, 0, 0, 1], 3000).into());
        let own_url = format!("http://{}", parse::reachable(listen));
        let data_dir = self
            .take("THOTH_DATA_DIR", parse::folder)
            .unwrap_or_else(|| "./data".into());
        let public_url = self
            .take("THOTH_PUBLIC_URL", parse::base_url)
            .map_or_else(|| known(&own_url), Ok)?;
        let graph_url = self
            .take("THOTH_GRAPH_URL", parse::base_url)
            .map_or_else(|| known("https://graph.facebook.com"), Ok)?;
        let facebook_url = self
            .take("THOTH_FACEBOOK_URL", parse::base_url)
            .map_or_else(|| known("https://www.facebook.com"), Ok)?;
        let config = Config {
            listen,
            public_url,
            database_url: self
                .take("DATABASE_URL", parse::database_url)
                .unwrap_or_else(|| sqlite_in(&data_dir)),
            site_dir: self
                .take("THOTH_SITE_DIR", parse::folder)
                .unwrap_or_else(site_dir),
            data_dir,
            graph_url,
            graph_version: self
                .take("THOTH_GRAPH_VERSION", parse::graph_version)
                .unwrap_or_else(|| "v25.0".to_owned()),
            facebook_url,
            bitrix_oauth_url: self.take("THOTH_BITRIX_OAUTH_URL", parse::base_url),
            bitrix_js_url: self.take("THOTH_BITRIX_JS_URL", parse::base_url),
            allow_private_targets: self
                .take("THOTH_ALLOW_PRIVATE_TARGETS", parse::yes_or_no)
                .unwrap_or(false),
            vault_key: self.take("THOTH_VAULT_KEY", |words| {
                crate::vault::key_words_fit(words)
                    .then(|| SecretString::from(words))
                    .ok_or("32 bytes as 64 hex digits or base64")
            }),
            log: self
                .take("THOTH_LOG_FORMAT", parse::log_format)
                .unwrap_or(super::LogFormat::Text),
            log_filter: self
                .take("THOTH_LOG", parse::log_filter)
                .unwrap_or_else(|| LOG_DEFAULT.to_owned()),
            lease: self
                .take("THOTH_LEASE", parse::lease)
                .unwrap_or(std::time::Duration::from_secs(30)),
            unknown_wait: self
                .take("THOTH_UNKNOWN_WAIT", parse::seconds)
                .unwrap_or(std::time::Duration::from_secs(30)),
            stop_delay: self
                .take("THOTH_STOP_DELAY", parse::seconds)
                .unwrap_or_default(),
        };
        if self.wrong.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError { wrong: self.wrong })
        }
    }
}

/// A default that is an address.
fn known(words: &str) -> Result<url::Url, ConfigError> {
    parse::base_url(words).map_err(|should_be| ConfigError {
        wrong: vec![Wrong {
            variable: "THOTH_PUBLIC_URL",
            found: None,
            should_be: should_be.to_owned(),
        }],
    })
}

fn sqlite_in(data_dir: &Path) -> String {
    format!(
        "sqlite://{}?mode=rwc",
        data_dir.join("thoth.sqlite").display()
    )
}

/// The site beside the program when it is there, else where the workspace builds it.
fn site_dir() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(|folder| folder.join("site")))
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(|| "target/site".into())
}

#[cfg(test)]
mod tests;
