//! THOTH as a process: its commands, its server, its end.

use crate::{binary, until};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What a THOTH is started with.
pub struct Thoth {
    /// `http://127.0.0.1:port`
    pub url: String,
    folder: PathBuf,
    environment: Vec<(String, String)>,
    /// A write beyond a file's limit fails instead of ending the process.
    limits_are_errors: bool,
    server: Option<Child>,
    http: reqwest::Client,
}

/// How a command ended.
pub struct Ran {
    /// It ended with 0.
    pub good: bool,
    /// What it printed, both outputs.
    pub said: String,
}

impl Thoth {
    /// A THOTH that is not started yet. `folder` is its data folder.
    pub fn new(port: u16, folder: &Path, http: reqwest::Client) -> Self {
        let mut thoth = Self {
            url: format!("http://127.0.0.1:{port}"),
            folder: folder.to_owned(),
            environment: Vec::new(),
            limits_are_errors: false,
            server: None,
            http,
        };
        let log = std::env::var("THOTH_TEST_LOG").unwrap_or_else(|_| "info".to_string());
        for (name, value) in [
            ("THOTH_LISTEN", format!("127.0.0.1:{port}")),
            ("THOTH_DATA_DIR", folder.display().to_string()),
            ("THOTH_ALLOW_PRIVATE_TARGETS", "true".to_string()),
            ("THOTH_UNKNOWN_WAIT", "3".to_string()),
            ("THOTH_LOG", log),
        ] {
            thoth.set(name, &value);
        }
        thoth
    }

    /// Sets a variable for what is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_string(), value.to_string()));
    }

    /// From the next start on [`Self::files_end_at`] is an error of the disk to THOTH, as a full one is.
    pub fn limits_are_errors(&mut self) {
        self.limits_are_errors = true;
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let program = binary("thoth", "THOTH_BIN");
        let mut command = if self.limits_are_errors {
            let mut shell = Command::new("sh");
            shell
                .args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#])
                .arg(program);
            shell
        } else {
            Command::new(program)
        };
        for (name, _) in std::env::vars()
            .filter(|(name, _)| name.starts_with("THOTH_") || name == "DATABASE_URL")
        {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        let command = self.command(arguments);
        let output = tokio::process::Command::from(command)
            .kill_on_drop(true)
            .output();
        let output = output.await.expect("thoth can be started");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        Ran {
            good: output.status.success(),
            said,
        }
    }

    /// Provisions from this text; the file is `setup.toml` in the data folder.
    pub async fn provision(&self, setup: &str) -> Ran {
        let path = self.folder.join("setup.toml");
        std::fs::write(&path, setup).expect("the data folder can be written");
        self.run(&["provision", "setup.toml"]).await
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&mut self) {
        assert!(self.server.is_none(), "the server runs already");
        let log = self.log_file();
        let errors = log.try_clone().expect("a file can be shared");
        let child = self.command(&["serve"]).stdout(log).stderr(errors).spawn();
        let mut child = child.expect("thoth can be started");
        let url = format!("{}/readyz", self.url);
        until("THOTH to be ready", async || {
            if let Some(status) = child.try_wait().expect("a child can be asked") {
                panic!("THOTH ended at its start with {status}:\n{}", self.log());
            }
            match self.http.get(&url).send().await {
                Ok(answer) if answer.status().is_success() => Ok(()),
                Ok(answer) => Err(format!("/readyz answers {}", answer.status())),
                Err(_) => Err("nobody answers".to_string()),
            }
        })
        .await;
        self.server = Some(child);
    }

    fn id(&self) -> String {
        let child = self.server.as_ref().expect("the server runs");
        child.id().to_string()
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.id()]).status();
        assert!(told.expect("kill can be run").success());
    }

    /// Holds the process (SIGSTOP): to others it is silent, and it does not know.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Lets a held process go on.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    /// The disk is full for every file that is longer than so many bytes, or no longer.
    pub fn files_end_at(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_string(), |bytes| bytes.to_string());
        let told = Command::new("prlimit")
            .arg(format!("--pid={}", self.id()))
            .arg(format!("--fsize={limit}:unlimited"))
            .status();
        assert!(told.expect("prlimit can be run").success());
    }

    /// How long the log is, in bytes.
    pub fn log_length(&self) -> u64 {
        let path = self.folder.join("thoth.log");
        std::fs::metadata(path).map_or(0, |known| known.len())
    }

    /// The name this node has in leases.
    pub fn node(&self) -> String {
        let name = std::fs::read_to_string(self.folder.join("node"));
        name.expect("a server has a name").trim().to_string()
    }

    fn log_file(&self) -> File {
        let path = self.folder.join("thoth.log");
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("the data folder can be written")
    }

    /// Pulls the plug: SIGKILL, nothing can be finished.
    pub fn kill_9(&mut self) {
        if let Some(mut child) = self.server.take() {
            // It may have ended by itself; then there is nobody to kill.
            let _ = child.kill();
            child.wait().expect("a child that was killed ends");
        }
    }

    /// Asks it to stop (SIGTERM) and waits until it has; answers whether it ended well.
    pub async fn stop(&mut self) -> bool {
        self.signal("-TERM");
        let mut child = self.server.take().expect("the server runs");
        until("THOTH to stop", async || {
            match child.try_wait().expect("a child can be asked") {
                Some(status) => Ok(status.success()),
                None => Err("it goes on".to_string()),
            }
        })
        .await
    }

    /// Starts again on the same port and data.
    pub async fn restart(&mut self) {
        self.kill_9();
        self.serve().await;
    }

    /// The server has not ended.
    pub fn lives(&mut self) -> bool {
        self.server
            .as_mut()
            .is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// What the server has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("thoth.log")).unwrap_or_default()
    }
}

impl Drop for Thoth {
    fn drop(&mut self) {
        self.kill_9();
    }
}
