//! Kamailio, started for a test: one process that listens on a port with TLS for each server of the test, and on one
//! without.

use crate::certificates::Files;
use std::fs::File;
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long Kamailio may take to start or to end on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether a server wants a certificate of its caller.
#[derive(Clone, Copy)]
pub enum Asks {
    /// It does not.
    Nothing,
    /// It asks and goes on without one.
    Wishes,
    /// It does not go on without one.
    Demands,
}

/// A server with TLS.
pub struct Server {
    files: Files,
    asks: Asks,
    method: &'static str,
}

impl Server {
    /// A server with this certificate.
    pub fn with(files: Files) -> Self {
        Self {
            files,
            asks: Asks::Nothing,
            method: "TLSv1.2+",
        }
    }

    /// It wants a certificate.
    pub fn asks(self, asks: Asks) -> Self {
        Self { asks, ..self }
    }

    /// It speaks one version of TLS only.
    pub fn only(self, method: &'static str) -> Self {
        Self { method, ..self }
    }
}

/// A running Kamailio.
pub struct Kamailio {
    ports: Vec<u16>,
    /// The port without TLS.
    pub plain: u16,
    child: Child,
    log: PathBuf,
}

impl Kamailio {
    /// Starts it and waits until every port takes connections.
    pub fn start(folder: &Path, servers: &[Server]) -> Self {
        let ports: Vec<u16> = servers.iter().map(|_| bridge::port()).collect();
        let plain = bridge::port();
        let (config, tls) = (folder.join("kamailio.cfg"), folder.join("tls.cfg"));
        std::fs::write(&config, main_file(&ports, plain, &tls)).expect("the folder can be written");
        std::fs::write(&tls, tls_file(folder, &ports, servers)).expect("the folder can be written");
        let log = folder.join("kamailio.log");
        let output = File::create(&log).expect("the folder can be written");
        let errors = output.try_clone().expect("a file can be shared");
        let child = Command::new(program())
            .args(["-DD", "-E", "-m", "32", "-M", "8"])
            .arg("-f")
            .arg(&config)
            .arg("-Y")
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            // A group of its own: what it has started can be ended with it.
            .process_group(0)
            .spawn()
            .expect("kamailio can be started: scripts/need kamailio installs it");
        let mut kamailio = Self {
            ports,
            plain,
            child,
            log,
        };
        kamailio.wait();
        kamailio
    }

    /// The ports with TLS, one for each server in their order.
    pub fn ports<const N: usize>(&self) -> [u16; N] {
        self.ports
            .clone()
            .try_into()
            .expect("a port for each server")
    }

    fn wait(&mut self) {
        let end = Instant::now() + PATIENCE;
        let ports: Vec<u16> = self.ports.iter().copied().chain([self.plain]).collect();
        while !ports
            .iter()
            .all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
        {
            let ended = self.child.try_wait().expect("a child can be asked");
            let said = || std::fs::read_to_string(&self.log).unwrap_or_default();
            assert!(ended.is_none(), "kamailio ended at its start:\n{}", said());
            assert!(Instant::now() < end, "kamailio does not start:\n{}", said());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn signal(&self, name: &str) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args([name, "--", &group]).status();
    }
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        self.signal("-TERM");
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.signal("-KILL");
        let _ = self.child.wait();
    }
}

/// Debian puts it where only root looks by itself.
fn program() -> &'static str {
    let debian = "/usr/sbin/kamailio";
    if Path::new(debian).exists() {
        debian
    } else {
        "kamailio"
    }
}

/// Kamailio's own file: it answers OPTIONS, challenges calls to a number and knows nobody else.
fn main_file(ports: &[u16], plain: u16, tls: &Path) -> String {
    let listen: Vec<String> = ports
        .iter()
        .map(|port| format!("listen=tls:127.0.0.1:{port}"))
        .collect();
    format!(
        r#"#!KAMAILIO
debug=0
log_stderror=yes
children=1
tcp_children=2
auto_aliases=no
enable_tls=yes
{}
listen=tcp:127.0.0.1:{plain}
server_header="Server: THOTH bridge"
loadmodule "tls.so"
loadmodule "sl.so"
modparam("tls", "config", "{}")
request_route {{
    if (method == "ACK") {{ exit; }}
    if (method == "OPTIONS") {{ sl_send_reply("200", "Here"); exit; }}
    if (method == "INVITE" && uri =~ "sip:[+][0-9]+@") {{ sl_send_reply("401", "Unauthorized"); exit; }}
    sl_send_reply("404", "Not Found");
}}
"#,
        listen.join("\n"),
        tls.display()
    )
}

/// What each port shows and asks for.
fn tls_file(folder: &Path, ports: &[u16], servers: &[Server]) -> String {
    let domain = |head: String, server: &Server| {
        let (verify, require) = match server.asks {
            Asks::Nothing => ("no", "no"),
            Asks::Wishes => ("yes", "no"),
            Asks::Demands => ("yes", "yes"),
        };
        format!(
            "[{head}]\nmethod = {}\nverify_certificate = {verify}\nrequire_certificate = {require}\n\
             private_key = {}\ncertificate = {}\nca_list = {}\n\n",
            server.method,
            server.files.key.display(),
            server.files.certificate.display(),
            folder.join("ca.pem").display(),
        )
    };
    let own = ports
        .iter()
        .zip(servers)
        .map(|(port, server)| domain(format!("server:127.0.0.1:{port}"), server));
    let default = servers
        .first()
        .map(|server| domain("server:default".to_owned(), server));
    default.into_iter().chain(own).collect()
}
