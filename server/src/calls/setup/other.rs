//! Any other telephone server: every value in a table, for people to read.

use super::files::file;
use super::fill::fill_setup;
use super::{SetupValues, secret};
use app::model::{ConfigFile, Srtp};

pub(super) fn files(values: &SetupValues<'_>) -> Vec<ConfigFile> {
    let password = secret::plain(values).unwrap_or_else(|| {
        "not in this file: THOTH shows it on the number's calling page (Reveal)".to_owned()
    });
    let why = match values.srtp {
        Srtp::Sdes => {
            "RTP/SAVP, AES_CM_128_HMAC_SHA1_80, no ICE. No handshake clips the first second."
        }
        Srtp::Dtls => {
            "UDP/TLS/RTP/SAVPF, ICE with Meta as the lite side, rtcp-mux. SDES clips no speech."
        }
    };
    let codecs = values.codecs("Opus", "G.711 A-law (PCMA)", "G.711 mu-law (PCMU)", ", ");
    let networks = values.networks(|network| format!("  {network}"));
    let more = [
        ("SRTP_WHY", why),
        ("CODECS", &codecs),
        ("PASSWORD", &password),
        ("NETWORKS", &networks),
    ];
    let text = fill_setup(include_str!("templates/other.txt"), values, &more);
    vec![file("whatsapp-trunk.txt", text)]
}
