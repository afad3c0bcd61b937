//! Asterisk: `pjsip.conf` and `extensions.conf`.

use super::files::file;
use super::fill::fill_setup;
use super::{SetupValues, secret};
use app::model::{ConfigFile, Srtp};

/// The sections of `pjsip.conf`, each as text; FreePBX keeps them in files of their own.
pub(super) struct Sections {
    pub(super) transport: String,
    pub(super) endpoint: String,
    pub(super) auth: String,
    pub(super) aor: String,
    pub(super) identify: String,
}

/// What every template of Asterisk and FreePBX may name.
pub(super) fn filled(template: &str, values: &SetupValues<'_>) -> String {
    let media = match values.srtp {
        Srtp::Sdes => include_str!("templates/pjsip_media_sdes.conf"),
        Srtp::Dtls => include_str!("templates/pjsip_media_dtls.conf"),
    };
    let password = match secret::ini(values) {
        Some(password) => format!("password = {password}"),
        None => include_str!("templates/pjsip_password_missing.conf").to_owned(),
    };
    let codecs = values.codecs("opus", "alaw", "ulaw", ",");
    let networks = values.networks(|network| format!("permit = {network}"));
    fill_setup(
        template,
        values,
        &[
            ("CODECS", &codecs),
            ("MEDIA", media),
            ("PASSWORD", &password),
            ("NETWORKS", &networks),
        ],
    )
}

pub(super) fn sections(values: &SetupValues<'_>) -> Sections {
    Sections {
        transport: filled(include_str!("templates/pjsip_transport.conf"), values),
        endpoint: filled(include_str!("templates/pjsip_endpoint.conf"), values),
        auth: filled(include_str!("templates/pjsip_auth.conf"), values),
        aor: filled(include_str!("templates/pjsip_aor.conf"), values),
        identify: filled(include_str!("templates/pjsip_identify.conf"), values),
    }
}

pub(super) fn dialplan(values: &SetupValues<'_>) -> String {
    filled(include_str!("templates/extensions.conf"), values)
}

pub(super) fn files(values: &SetupValues<'_>) -> Vec<ConfigFile> {
    let sections = sections(values);
    let pjsip = [
        filled(include_str!("templates/pjsip_head.conf"), values),
        sections.transport,
        sections.endpoint,
        sections.auth,
        sections.aor,
        sections.identify,
    ];
    let extensions = [
        filled(include_str!("templates/extensions_head.conf"), values),
        dialplan(values),
    ];
    vec![
        file("pjsip.conf", pjsip.join("\n")),
        file("extensions.conf", extensions.join("\n")),
    ]
}
