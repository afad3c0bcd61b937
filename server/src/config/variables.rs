//! The environment variables THOTH reads: one list for the reader, the help and the example file.

/// An environment variable.
pub struct Variable {
    /// As written in the environment.
    pub name: &'static str,
    /// What holds when it is absent or empty, in words.
    pub default: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// True when its value must not be shown.
    pub secret: bool,
}

const fn open(name: &'static str, default: &'static str, about: &'static str) -> Variable {
    Variable {
        name,
        default,
        about,
        secret: false,
    }
}

const fn secret(name: &'static str, default: &'static str, about: &'static str) -> Variable {
    Variable {
        name,
        default,
        about,
        secret: true,
    }
}

/// Every variable, in the order a newcomer needs them.
pub const VARIABLES: [Variable; 18] = [
    open(
        "THOTH_LISTEN",
        "127.0.0.1:3000",
        "Address and port the server listens on.",
    ),
    open(
        "THOTH_PUBLIC_URL",
        "http:// and the address above",
        "How Meta, Bitrix24 and browsers reach this server, for example https://thoth.example.com. \
         Callback addresses are built from it.",
    ),
    secret(
        "DATABASE_URL",
        "sqlite://{THOTH_DATA_DIR}/thoth.sqlite?mode=rwc",
        "The database: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME.",
    ),
    open(
        "THOTH_DATA_DIR",
        "./data",
        "Folder for the SQLite file and the vault's key.",
    ),
    open(
        "THOTH_SITE_DIR",
        "site beside the program, else target/site",
        "Folder with the built front end.",
    ),
    open(
        "THOTH_GRAPH_URL",
        "https://graph.facebook.com",
        "Base address of Meta's Graph API.",
    ),
    open(
        "THOTH_GRAPH_VERSION",
        "v25.0",
        "Version of the Graph API, as in its paths.",
    ),
    open(
        "THOTH_FACEBOOK_URL",
        "https://www.facebook.com",
        "Base address of Facebook, where its login dialog is.",
    ),
    open(
        "THOTH_BITRIX_OAUTH_URL",
        "each portal's own server_endpoint",
        "Base address of one Bitrix24 OAuth server for all portals.",
    ),
    open(
        "THOTH_BITRIX_JS_URL",
        "api.bitrix24.com or api.bitrix24.tech, by the portal's region",
        "Address of Bitrix24's script for pages in its frame.",
    ),
    open(
        "THOTH_ALLOW_PRIVATE_TARGETS",
        "false",
        "true: private and loopback addresses may be called and portals may use plain http. \
         For tests and the sandbox only.",
    ),
    secret(
        "THOTH_VAULT_KEY",
        "the file vault.key in THOTH_DATA_DIR, created on first start",
        "Key that seals the stored secrets: 32 bytes as 64 hex digits or base64. \
         Several nodes on one database need the same key.",
    ),
    open(
        "THOTH_UNKNOWN_WAIT",
        "30",
        "Seconds a WhatsApp send without an answer waits for its status before it is repeated.",
    ),
    open(
        "THOTH_LEASE",
        "30",
        "Seconds after which the work of a node that gives no sign of life goes to another node.",
    ),
    open(
        "THOTH_STOP_DELAY",
        "0",
        "Seconds /readyz says that the server is stopping before it stops, for a proxy in front of several nodes.",
    ),
    open(
        "THOTH_LOG",
        "info",
        "Which log lines are written, for example info or thoth=debug,info.",
    ),
    open(
        "THOTH_LOG_FORMAT",
        "text",
        "text for people, json for log collectors.",
    ),
    secret(
        "THOTH_PASSWORD",
        "a generated one, printed",
        "Password for `thoth user add` when --password-stdin is not given.",
    ),
];

/// The list as `thoth --help` shows it.
pub fn help() -> String {
    let mut text = String::from("Environment variables:\n");
    for variable in &VARIABLES {
        text.push_str(&format!(
            "\n  {}\n      {}\n      Default: {}\n",
            variable.name, variable.about, variable.default
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_lists_every_variable_and_no_other() {
        let example = include_str!("../../../.env.example");
        let mut listed: Vec<&str> = example
            .lines()
            .filter_map(|line| line.trim_start_matches(['#', ' ']).split_once('='))
            .map(|(name, _)| name)
            .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
            .collect();
        let mut known: Vec<&str> = VARIABLES.iter().map(|variable| variable.name).collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(listed, known);
    }
}
