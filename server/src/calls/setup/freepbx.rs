//! FreePBX: the same sections in the files it never overwrites.

use super::SetupValues;
use super::asterisk::{dialplan, filled, sections};
use super::files::file;
use super::fill::fill_setup;
use app::model::ConfigFile;

pub(super) fn files(values: &SetupValues<'_>) -> Vec<ConfigFile> {
    let sections = sections(values);
    let transport_head = include_str!("templates/freepbx_transport_head.conf");
    let extensions_head = include_str!("templates/freepbx_extensions_head.conf");
    let internal = include_str!("templates/freepbx_internal.conf");
    [
        (
            "pjsip.transports_custom.conf",
            filled(transport_head, values),
            sections.transport,
        ),
        (
            "pjsip.endpoint_custom.conf",
            String::new(),
            sections.endpoint,
        ),
        ("pjsip.auth_custom.conf", String::new(), sections.auth),
        ("pjsip.aor_custom.conf", String::new(), sections.aor),
        (
            "pjsip.identify_custom.conf",
            String::new(),
            sections.identify,
        ),
        (
            "extensions_custom.conf",
            extensions_head.to_owned(),
            dialplan(values) + internal,
        ),
    ]
    .into_iter()
    .map(|(name, more, text)| {
        let head = include_str!("templates/freepbx_head.conf");
        let head = fill_setup(head, values, &[("FILE", name)]);
        file(name, format!("{head}{more}\n{text}"))
    })
    .collect()
}
