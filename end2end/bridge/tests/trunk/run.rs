//! The command as a process, and what it printed.

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The steps in their order, and how they end at a good server of this machine: Meta could not call it.
pub const GOOD: [(&str, &str); 10] = [
    ("dns", "ok"),
    ("address", "unknown"),
    ("tcp", "ok"),
    ("tls", "ok"),
    ("chain", "ok"),
    ("name", "ok"),
    ("expiry", "ok"),
    ("client_certificate", "ok"),
    ("alpn", "ok"),
    ("options", "ok"),
];

/// A folder that goes with its test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// What a check printed.
#[derive(Debug)]
pub struct Checked {
    /// The exit code.
    pub exit: i32,
    steps: Vec<Value>,
}

/// Runs `thoth trunk check`; nothing of this environment's settings counts. Answers exit code and standard output.
pub fn thoth(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::new(bridge::binary("thoth", "THOTH_BIN"));
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("THOTH_") || name == "DATABASE_URL")
    {
        command.env_remove(name);
    }
    let ran = command
        .args(["trunk", "check"])
        .args(words)
        .current_dir(folder)
        .output()
        .expect("thoth can be started");
    let exit = ran.status.code().expect("thoth ends by itself");
    (exit, String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// Checks a server and reads the JSON.
pub fn check(folder: &Path, words: &[&str]) -> Checked {
    let words = [words, &["--json"]].concat();
    let (exit, said) = thoth(folder, &words);
    let report: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("no JSON: {said}"));
    assert_eq!(report["host"], words[0], "{said}");
    assert!(report["port"].is_u64(), "{said}");
    let steps = report["steps"].as_array().expect("a list of steps").clone();
    for step in &steps {
        assert!(step["ms"].is_u64() && step["detail"].is_string(), "{step}");
    }
    Checked { exit, steps }
}

impl Checked {
    fn part(&self, step: &str, part: &str) -> &str {
        let mut steps = self.steps.iter();
        let found = steps.find(|found| found["name"] == step);
        found
            .and_then(|found| found[part].as_str())
            .unwrap_or_else(|| panic!("no {part} of {step}: {self:?}"))
    }

    /// The proof of a step.
    pub fn detail(&self, step: &str) -> &str {
        self.part(step, "detail")
    }

    /// What to do about a step.
    pub fn remedy(&self, step: &str) -> &str {
        self.part(step, "remedy")
    }

    /// Asserts that all steps ended as at a good server, but for these.
    pub fn states(&self, others: &[(&str, &str)]) {
        let names: Vec<&str> = self
            .steps
            .iter()
            .filter_map(|step| step["name"].as_str())
            .collect();
        let mut wanted: Vec<(&str, &str)> = GOOD.to_vec();
        for (name, state) in others {
            match wanted.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = state,
                None => wanted.push((name, state)),
            }
        }
        let found: Vec<(&str, &str)> = names
            .iter()
            .map(|name| (*name, self.part(name, "state")))
            .collect();
        assert_eq!(found, wanted, "{self:#?}");
        let is_bad = wanted.iter().any(|(_, state)| *state == "bad");
        assert_eq!(self.exit, i32::from(is_bad), "{self:?}");
    }
}
