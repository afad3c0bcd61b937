//! Kamailio: an edge between Meta and a telephone server inside.

use super::files::file;
use super::fill::fill_setup;
use super::{SetupValues, secret};
use app::model::ConfigFile;

pub(super) fn files(values: &SetupValues<'_>) -> Vec<ConfigFile> {
    vec![
        file(
            "kamailio.cfg",
            filled(include_str!("templates/kamailio.cfg"), values),
        ),
        file(
            "tls.cfg",
            filled(include_str!("templates/kamailio_tls.cfg"), values),
        ),
    ]
}

fn filled(template: &str, values: &SetupValues<'_>) -> String {
    let password = match secret::quoted(values) {
        Some(password) => format!("    $avp(secret) = \"{password}\";"),
        None => include_str!("templates/kamailio_password_missing.cfg").to_owned(),
    };
    let networks = values.networks(|network| format!("    if (src_ip == {network}) return 1;"));
    let more = [("PASSWORD", password.as_str()), ("NETWORKS", &networks)];
    fill_setup(template, values, &more)
}
