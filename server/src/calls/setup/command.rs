//! The same files from the command line, for engineers who have no panel at hand. Needs no database.

use super::{META_NETWORKS, SetupValues, files};
use crate::calls::settings::host_read;
use anyhow::{Context, ensure};
use app::model::{Pbx, Srtp};
use clap::{Args, ValueEnum};
use secrecy::SecretString;
use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What `thoth calling config` is told.
#[derive(Args)]
pub struct ConfigArguments {
    /// The business number with its country code
    #[arg(long)]
    number: String,
    /// The telephone server's name, as it is saved at Meta
    #[arg(long)]
    host: String,
    /// Its TLS port
    #[arg(long, default_value_t = 5061, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// The telephone server
    #[arg(long)]
    pbx: PbxWord,
    /// The folder to write to; files that are there are replaced
    #[arg(long)]
    dir: PathBuf,
    /// Read Meta's SIP password from standard input; without it the files have a place for it
    #[arg(long)]
    password_stdin: bool,
    /// How speech keys are exchanged, as at Meta
    #[arg(long, default_value = "sdes")]
    srtp: SrtpWord,
    /// G.711 A-law is switched on besides Opus
    #[arg(long)]
    pcma: bool,
    /// G.711 µ-law is switched on besides Opus
    #[arg(long)]
    pcmu: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum PbxWord {
    Asterisk,
    Freepbx,
    Freeswitch,
    Kamailio,
    Other,
}

#[derive(Clone, Copy, ValueEnum)]
enum SrtpWord {
    Sdes,
    Dtls,
}

impl ConfigArguments {
    /// Writes the files, for their owner only since they may hold the password, and answers their paths.
    pub fn write(&self) -> anyhow::Result<Vec<PathBuf>> {
        let values = SetupValues {
            number: self.number.trim_start_matches('+').to_owned(),
            host: self.host.to_ascii_lowercase(),
            port: self.port,
            password: self.password()?,
            srtp: match self.srtp {
                SrtpWord::Sdes => Srtp::Sdes,
                SrtpWord::Dtls => Srtp::Dtls,
            },
            pcma: self.pcma,
            pcmu: self.pcmu,
            networks: &META_NETWORKS,
        };
        ensure!(
            values.number == values.digits(),
            "--number takes digits with the country code: 77272000111"
        );
        // What Meta would not take, and what would stand in the files as another name.
        let is_name = matches!(host_read(&values.host), Ok(Some(name)) if name == values.name());
        ensure!(is_name, "--host takes a DNS name: sip.example.com");
        let pbx = match self.pbx {
            PbxWord::Asterisk => Pbx::Asterisk,
            PbxWord::Freepbx => Pbx::Freepbx,
            PbxWord::Freeswitch => Pbx::Freeswitch,
            PbxWord::Kamailio => Pbx::Kamailio,
            PbxWord::Other => Pbx::Other,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)
            .with_context(|| format!("{} cannot be made", self.dir.display()))?;
        files(pbx, &values)
            .into_iter()
            .map(|file| {
                let path = self.dir.join(&file.name);
                write_private(&path, &file.text)
                    .with_context(|| format!("{} cannot be written", path.display()))?;
                Ok(path)
            })
            .collect()
    }

    fn password(&self) -> anyhow::Result<Option<SecretString>> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut words = String::new();
        std::io::stdin()
            .read_to_string(&mut words)
            .context("reading the password from standard input")?;
        let words = words.trim_end_matches(['\r', '\n']);
        ensure!(
            !words.is_empty() && words.chars().all(|sign| sign.is_ascii_graphic()),
            "the password on standard input is empty, or has blanks or signs beyond ASCII"
        );
        Ok(Some(words.into()))
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    // One that was there keeps its mode.
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        arguments: ConfigArguments,
    }

    fn written(number: &str, host: &str, port: &str) -> Result<Vec<String>, String> {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().to_str().unwrap().to_owned();
        let line = [
            "config", "--pbx", "asterisk", "--dir", &folder, "--number", number, "--host", host,
            "--port", port,
        ];
        let line =
            <Line as clap::Parser>::try_parse_from(line).map_err(|error| error.to_string())?;
        let paths = line.arguments.write().map_err(|error| error.to_string())?;
        let names = paths.iter().filter_map(|path| path.file_name());
        Ok(names
            .map(|name| name.to_string_lossy().into_owned())
            .collect())
    }

    #[test]
    fn what_meta_would_not_take_is_not_written() {
        let well = written("+77272000111", "SIP.example.com", "5061");
        assert_eq!(
            well,
            Ok(vec!["pjsip.conf".to_owned(), "extensions.conf".to_owned()])
        );
        for (number, host, port) in [
            ("7727 2000111", "sip.example.com", "5061"),
            ("77272000111", "203.0.113.5", "5061"),
            ("77272000111", "sip", "5061"),
            ("77272000111", "sip_a.example.com", "5061"),
            ("77272000111", "sip.example.com", "0"),
        ] {
            assert!(
                written(number, host, port).is_err(),
                "{number} {host} {port}"
            );
        }
    }
}
