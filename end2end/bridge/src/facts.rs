//! The names of the pretend world, as they stand in `worlds/`.

/// The sandbox's setup; `{thoth}` is THOTH's address.
pub const SANDBOX: &str = include_str!("../worlds/sandbox.toml");

/// THOTH's setup; `{portal}` is the portal's host and port, `{oauth}` the OAuth server's address.
pub const SETUP: &str = include_str!("../worlds/setup.toml");

/// The `api-key` of the callback URL.
pub const API_KEY: &str = "bridge-webhook-key-7c0e19d2";

/// What Meta signs webhooks with.
pub const APP_SECRET: &str = "bridge-app-secret-4d1f0a7be2c95368";

/// What Meta shows in the handshake.
pub const VERIFY_TOKEN: &str = "bridge-verify-token-55aa";

/// Who may do everything in the panel.
pub const ADMIN: &str = "admin@bridge.example";

/// Their password.
pub const PASSWORD: &str = "a long bridge password";

/// The app.
pub const APP: &str = "900100200300400";

/// The WABA.
pub const WABA: &str = "200300400500600";

/// The first business number's id; its portal line is [`LINE`].
pub const PHONE: &str = "888000111";

/// The first business number.
pub const NUMBER: &str = "77272111000";

/// The second business number's id, on line 2.
pub const SECOND_PHONE: &str = "888000222";

/// The portal.
pub const MEMBER: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// THOTH's application in the portal.
pub const CLIENT: &str = "local.5a0b1c2d3e4f5a.76543210";

/// What the portal proves its events with.
pub const APPLICATION_TOKEN: &str = "bridge-application-token-9e8d7c";

/// The admin's access token in the portal, until the first refresh.
pub const ACCESS_TOKEN: &str = "bridge-access-token-1-00112233445566778899";

/// The connector on both lines.
pub const CONNECTOR: &str = "thoth_whatsapp";

/// The first line.
pub const LINE: i64 = 1;

/// A further portal in the sandbox's setup; `{number}` is its number from 1 on, in four digits.
pub const SANDBOX_PORTAL: &str = include_str!("../worlds/sandbox_portal.toml");

/// The same portal in THOTH's setup; `{portal}` is its host and port.
pub const SETUP_PORTAL: &str = include_str!("../worlds/setup_portal.toml");

/// The vault's key of several nodes.
pub const VAULT_KEY: &str = "6272696467652d7661756c742d6b65792d6f662d7365766572616c2d6e6f6465";

/// How long the lease of one of several nodes lasts, in seconds: short, so that tests need not wait long.
pub const LEASE: &str = "6";

/// The member id of a further portal.
pub fn member(number: usize) -> String {
    format!("b0b0b0b0b0b0b0b0b0b0b0b0b0b0{number:04}")
}

/// The phone id of a further portal's business number.
pub fn phone(number: usize) -> String {
    format!("88801{number:04}")
}
