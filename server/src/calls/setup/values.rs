use super::Network;
use app::model::Srtp;
use secrecy::SecretString;

/// What the files of one number are filled with.
pub struct SetupValues<'a> {
    /// The number's digits with the country code, without plus.
    pub number: String,
    /// The server's address as it is saved at Meta: a DNS name.
    pub host: String,
    /// Its TLS port.
    pub port: u16,
    /// Meta's SIP password; without it the files have a place for it that the telephone server refuses.
    pub password: Option<SecretString>,
    /// How speech keys are exchanged, as at Meta.
    pub srtp: Srtp,
    /// G.711 A-law is switched on besides Opus.
    pub pcma: bool,
    /// G.711 µ-law is switched on besides Opus.
    pub pcmu: bool,
    /// Networks calls may come from: [`META_NETWORKS`](super::META_NETWORKS).
    pub networks: &'a [Network],
}

impl SetupValues<'_> {
    /// The number as every file may have it: digits and nothing else.
    pub(super) fn digits(&self) -> String {
        let digits: String = self.number.chars().filter(char::is_ascii_digit).collect();
        // A pattern of no digits would match every number.
        if digits.is_empty() {
            "0".to_owned()
        } else {
            digits
        }
    }

    /// The address as every file may have it: the signs of a DNS name and nothing else.
    pub(super) fn name(&self) -> String {
        let is_plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-');
        let name: String = self.host.chars().filter(is_plain).collect();
        if name.is_empty() {
            "missing.invalid".to_owned()
        } else {
            name.to_ascii_lowercase()
        }
    }

    /// As THOTH's calling page names the choice.
    pub(super) fn srtp_word(&self) -> &'static str {
        match self.srtp {
            Srtp::Sdes => "SDES",
            Srtp::Dtls => "DTLS",
        }
    }

    /// The codecs by this telephone server's names, the best first.
    pub(super) fn codecs(&self, opus: &str, pcma: &str, pcmu: &str, between: &str) -> String {
        let pcma = self.pcma.then_some(pcma);
        let pcmu = self.pcmu.then_some(pcmu);
        let names: Vec<&str> = [Some(opus), pcma, pcmu].into_iter().flatten().collect();
        names.join(between)
    }

    /// A line for each network.
    pub(super) fn networks(&self, line: impl Fn(&Network) -> String) -> String {
        let lines: Vec<String> = self.networks.iter().map(line).collect();
        lines.join("\n")
    }
}
