//! FreeSWITCH: a profile with its gateway, what Meta signs in with, the networks, and the dialplan in both directions.

use super::files::file;
use super::fill::{fill, fill_setup, indent};
use super::{SetupValues, secret};
use app::model::{ConfigFile, Srtp};

/// The element that FreeSWITCH knows, or one it ignores together with everything in it.
const MISSING: &str = "password-missing";

pub(super) fn files(values: &SetupValues<'_>) -> Vec<ConfigFile> {
    let outbound = media(values, "export", "nolocal:");
    vec![
        file(
            "whatsapp_profile.xml",
            filled(
                include_str!("templates/freeswitch_profile.xml"),
                values,
                &[],
            ),
        ),
        file("whatsapp_gateway.xml", {
            let password = indent(&password(values, "gateway"), 4);
            filled(
                include_str!("templates/freeswitch_gateway.xml"),
                values,
                &[
                    ("PASSWORD", &password),
                    ("GATEWAY", element(values, "gateway")),
                ],
            )
        }),
        file("whatsapp_directory.xml", {
            let password = indent(&password(values, "user"), 14);
            filled(
                include_str!("templates/freeswitch_directory.xml"),
                values,
                &[("PASSWORD", &password), ("USER", element(values, "user"))],
            )
        }),
        file(
            "whatsapp_acl.xml",
            filled(include_str!("templates/freeswitch_acl.xml"), values, &[]),
        ),
        file("whatsapp_dialplan_in.xml", {
            let media = indent(&media(values, "set", ""), 8);
            filled(
                include_str!("templates/freeswitch_in.xml"),
                values,
                &[("MEDIA", &media)],
            )
        }),
        file(
            "whatsapp_dialplan_out.xml",
            filled(
                include_str!("templates/freeswitch_out.xml"),
                values,
                &[("MEDIA", &indent(&outbound, 6))],
            ),
        ),
    ]
}

fn filled(template: &str, values: &SetupValues<'_>, more: &[(&str, &str)]) -> String {
    let codecs = values.codecs("OPUS@48000h@20i", "PCMA", "PCMU", ",");
    let networks =
        values.networks(|network| format!("  <node type=\"allow\" cidr=\"{network}\"/>"));
    let mut known = vec![("CODECS", codecs.as_str()), ("NETWORKS", &networks)];
    known.extend_from_slice(more);
    fill_setup(template, values, &known)
}

fn element<'a>(values: &SetupValues<'_>, known: &'a str) -> &'a str {
    match secret::xml(values) {
        Some(_) => known,
        None => MISSING,
    }
}

fn password(values: &SetupValues<'_>, element: &str) -> String {
    match secret::xml(values) {
        Some(password) => format!("<param name=\"password\" value=\"{password}\"/>"),
        None => fill(
            include_str!("templates/freeswitch_password_missing.xml"),
            &[("ELEMENT", element)],
        ),
    }
}

/// How speech is encrypted: `set` on the call that came, `export`ed to the one that is made.
fn media(values: &SetupValues<'_>, how: &str, scope: &str) -> String {
    let template = match values.srtp {
        Srtp::Sdes => include_str!("templates/freeswitch_media_sdes.xml"),
        Srtp::Dtls => include_str!("templates/freeswitch_media_dtls.xml"),
    };
    fill(template, &[("HOW", how), ("SCOPE", scope)])
}
