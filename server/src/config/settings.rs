//! The settings as the rest of the server sees them.

use secrecy::SecretString;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

/// The settings of this installation. See [`super::VARIABLES`] for their names and defaults.
#[derive(Clone)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// How the outside world reaches it; callback addresses are built from it.
    pub public_url: Url,
    /// `sqlite://...` or `postgres://...`; may hold a password.
    pub database_url: String,
    /// The folder for the database file and the vault's key.
    pub data_dir: PathBuf,
    /// The folder with the built site.
    pub site_dir: PathBuf,
    /// Base address of Meta's Graph API.
    pub graph_url: Url,
    /// Its version, as in the path.
    pub graph_version: String,
    /// Base address of Facebook, where its login dialog is.
    pub facebook_url: Url,
    /// Base address of the Bitrix24 OAuth server for every portal; none = each portal's own.
    pub bitrix_oauth_url: Option<Url>,
    /// Address of Bitrix24's script for pages in its frame; none = by the portal's region.
    pub bitrix_js_url: Option<Url>,
    /// Whether private, loopback and plain-http addresses may be called.
    pub allow_private_targets: bool,
    /// The vault's key, when the environment gives it.
    pub vault_key: Option<SecretString>,
    /// How log lines are written.
    pub log: LogFormat,
    /// Which log lines are written, in the words of tracing's EnvFilter.
    pub log_filter: String,
    /// How long a WhatsApp send without an answer waits for its status before it is repeated.
    pub unknown_wait: Duration,
    /// How long a node that gives no sign of life keeps what it works on.
    pub lease: Duration,
    /// How long `/readyz` says that the server is stopping before it stops.
    pub stop_delay: Duration,
}

impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Config")
            .field("listen", &self.listen)
            .field("public_url", &self.public_url.as_str())
            .field("data_dir", &self.data_dir)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
impl Config {
    /// Settings for a test that keeps its files in `data_dir`.
    pub fn for_tests(data_dir: &std::path::Path) -> Self {
        let words = [("THOTH_DATA_DIR", data_dir.display().to_string())];
        Self::from_words(words).unwrap()
    }
}
