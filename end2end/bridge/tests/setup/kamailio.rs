//! Kamailio as a process, with the files THOTH made for it.

use crate::certificates::Authority;
use crate::lines::Stream;
use bridge::{binary, port, until};
use rustls::pki_types::ServerName;
use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub const NUMBER: &str = "77272000111";
pub const HOST: &str = "sip.example.kz";
/// Every sign that means something in Kamailio's files.
pub const PASSWORD: &str = r##"p$fU"w\d;#!{}'x"##;

/// The files in a folder, with certificates where they ask for them.
pub struct Setup {
    pub folder: TempDir,
    pub authority: Authority,
    /// Where Meta finds Kamailio.
    pub outside: u16,
    /// Where the telephone server finds it.
    pub inside: u16,
    /// The telephone server.
    pub pbx: u16,
    /// Who plays Meta when Kamailio calls.
    pub meta: u16,
}

impl Setup {
    /// `thoth calling config` wrote them.
    pub fn new(password: Option<&str>, more: &[&str]) -> Self {
        let setup = Self {
            folder: tempfile::tempdir().expect("a folder"),
            authority: Authority::new(),
            outside: port(),
            inside: port(),
            pbx: port(),
            meta: port(),
        };
        let folder = setup.folder.path();
        config_write(folder, setup.outside, password, more);
        let certified = setup.authority.certify(HOST);
        let write =
            |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
        write("fullchain.pem", &certified.pem);
        write("privkey.pem", &certified.key_pem);
        write("roots.pem", &setup.authority.pem);
        // What an engineer does: the paths of this machine.
        let path = |name: &str| folder.join(name).display().to_string();
        let tls = std::fs::read_to_string(folder.join("tls.cfg")).expect("tls.cfg");
        let tls = tls
            .replace("/etc/kamailio/tls/fullchain.pem", &path("fullchain.pem"))
            .replace("/etc/kamailio/tls/privkey.pem", &path("privkey.pem"))
            .replace("/etc/ssl/certs/ca-certificates.crt", &path("roots.pem"));
        write("tls.cfg", &tls);
        setup
    }

    fn command(&self, more: &[String]) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new("kamailio");
        command
            .arg("-f")
            .arg(folder.join("kamailio.cfg"))
            .arg("-Y")
            .arg(folder)
            .args(["-A", &format!("PUBLIC=127.0.0.1:{}", self.outside)])
            .args(["-A", &format!("OUTSIDE=tls:127.0.0.1:{}", self.outside)])
            .args(["-A", &format!("INSIDE=udp:127.0.0.1:{}", self.inside)])
            .args(["-A", &format!("PBX=\"sip:127.0.0.1:{}\"", self.pbx)])
            .args([
                "-A",
                &format!(
                    "META_NEXT_HOP=\"sip:127.0.0.1:{};transport=tls\"",
                    self.meta
                ),
            ])
            .args([
                "-A",
                &format!("TLS_CONFIG=\"{}/tls.cfg\"", folder.display()),
            ])
            .args(more);
        command
    }

    /// Whether `kamailio -c` takes the files, and what it says.
    pub fn is_taken(&self) -> (bool, String) {
        let output = self.command(&["-c".to_owned()]).output();
        let output = output.expect("kamailio is there: scripts/need kamailio");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), said)
    }

    /// Runs it; `as_meta`: this machine counts as one of Meta's networks.
    pub async fn start(&self, as_meta: bool) -> Kamailio {
        let log = File::create(self.folder.path().join("log")).expect("a log");
        let mut more = ["-DD", "-E", "-m", "32"].map(str::to_owned).to_vec();
        if as_meta {
            more.extend(["-A".to_owned(), "ALSO_FROM=127.0.0.1".to_owned()]);
        }
        let mut command = self.command(&more);
        let child = command
            .stdout(Stdio::null())
            .stderr(log)
            .process_group(0)
            .spawn();
        let mut kamailio = Kamailio {
            child: child.expect("kamailio is there: scripts/need kamailio"),
        };
        until("Kamailio to listen", async || {
            if let Ok(Some(status)) = kamailio.child.try_wait() {
                panic!("Kamailio ended with {status}:\n{}", self.log());
            }
            let connected = TcpStream::connect(("127.0.0.1", self.outside)).await;
            connected.map(drop).map_err(|error| error.to_string())
        })
        .await;
        kamailio
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A connection as Meta makes it: the name is checked, no client certificate is shown.
    pub async fn dial(&self) -> Stream<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(("127.0.0.1", self.outside)).await;
        let name = ServerName::try_from(HOST).expect("a name");
        let connector = TlsConnector::from(self.authority.client());
        let connected = connector.connect(name, stream.expect("it listens")).await;
        Stream::new(connected.expect("the certificate holds"))
    }
}

fn config_write(folder: &Path, port: u16, password: Option<&str>, more: &[&str]) {
    let mut command = Command::new(binary("thoth", "THOTH_BIN"));
    command
        .args(["calling", "config", "--pbx", "kamailio"])
        .args(["--number", NUMBER, "--host", HOST])
        .args(["--port", &port.to_string()])
        .arg("--dir")
        .arg(folder)
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    if password.is_some() {
        command.arg("--password-stdin");
    }
    let mut child = command.spawn().expect("thoth can be started");
    let mut stdin = child.stdin.take().expect("a pipe");
    if let Some(password) = password {
        writeln!(stdin, "{password}").expect("the pipe takes it");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

/// Kamailio while it runs.
pub struct Kamailio {
    child: Child,
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        let id = self.child.id();
        let _ = Command::new("kill")
            .args(["-TERM", &id.to_string()])
            .status();
        for _ in 0..50 {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        // Asked to end while it begins, it may think about it for a minute. Its children go with it.
        let group = format!("-{id}");
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}
