use super::super::LogFormat;
use super::*;
use std::time::Duration;

fn read(words: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
    Config::from_words(
        words
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    )
}

#[test]
fn defaults_hold_for_an_empty_environment() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:3000/");
    assert_eq!(config.database_url, "sqlite://./data/thoth.sqlite?mode=rwc");
    assert_eq!(config.graph_url.as_str(), "https://graph.facebook.com/");
    assert_eq!(config.graph_version, "v25.0");
    assert!(config.bitrix_oauth_url.is_none());
    assert!(!config.allow_private_targets);
    assert!(config.vault_key.is_none());
    assert_eq!(config.log, LogFormat::Text);
    assert_eq!(config.unknown_wait, Duration::from_secs(30));
    assert_eq!(config.lease, Duration::from_secs(30));
}

#[test]
fn values_are_taken_as_words() {
    let key = "1".repeat(64);
    let config = read(&[
        ("THOTH_LISTEN", "0.0.0.0:8080"),
        ("THOTH_VAULT_KEY", &key),
        ("THOTH_ALLOW_PRIVATE_TARGETS", "yes"),
        ("THOTH_UNKNOWN_WAIT", "0.5"),
        ("THOTH_LOG_FORMAT", "json"),
        ("THOTH_BITRIX_OAUTH_URL", ""),
        ("THOTH_DATA_DIR", "/var/lib/thoth"),
    ])
    .unwrap();
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:8080/");
    assert!(config.vault_key.is_some());
    assert!(config.allow_private_targets);
    assert_eq!(config.unknown_wait, Duration::from_millis(500));
    assert_eq!(config.log, LogFormat::Json);
    assert!(config.bitrix_oauth_url.is_none());
    assert_eq!(
        config.database_url,
        "sqlite:///var/lib/thoth/thoth.sqlite?mode=rwc"
    );
}

#[test]
fn every_wrong_value_is_named_with_what_it_should_be() {
    let cases = [
        ("THOTH_LISTEN", "localhost"),
        ("THOTH_PUBLIC_URL", "thoth.example.com"),
        ("DATABASE_URL", "mysql://user:hidden@host/db"),
        ("THOTH_GRAPH_URL", "ftp://graph"),
        ("THOTH_GRAPH_VERSION", "25"),
        ("THOTH_BITRIX_OAUTH_URL", "https://oauth.example/?a=b"),
        ("THOTH_ALLOW_PRIVATE_TARGETS", "perhaps"),
        ("THOTH_VAULT_KEY", "hidden"),
        ("THOTH_LOG", "thoth=loud=very"),
        ("THOTH_LOG_FORMAT", "xml"),
        ("THOTH_UNKNOWN_WAIT", "-1"),
        ("THOTH_LEASE", "1"),
    ];
    let error = read(&cases).unwrap_err();
    let named: Vec<&str> = error.wrong.iter().map(|wrong| wrong.variable).collect();
    for (name, _) in cases {
        assert!(named.contains(&name), "{name} is not named in {error}");
    }
    assert_eq!(error.wrong.len(), cases.len());
    assert!(error.to_string().contains("it should be"));
    assert!(!error.to_string().contains("hidden"));
}

#[test]
fn secrets_are_in_no_debug() {
    let key = "ab".repeat(32);
    let config = read(&[
        ("THOTH_VAULT_KEY", &key),
        ("DATABASE_URL", "postgres://thoth:hidden@host/db"),
    ])
    .unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains(&key) && !shown.contains("hidden"));
}
