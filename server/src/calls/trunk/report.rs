//! What a check of a telephone server found, as it is kept and told.

use super::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The steps of a check, in their order. The names are printed and stored: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// The name leads to addresses.
    Dns,
    /// The addresses are public.
    Address,
    /// The port takes connections.
    Tcp,
    /// TLS is spoken there.
    Tls,
    /// The certificate comes from a public authority.
    Chain,
    /// The certificate is made out to the name.
    Name,
    /// The certificate is valid for some time.
    Expiry,
    /// No certificate is demanded of the caller: Meta has none to show.
    ClientCertificate,
    /// Offering a protocol by name changes nothing.
    Alpn,
    /// A SIP request is answered.
    Options,
    /// A call is taken; only when asked for.
    Invite,
}

impl StepName {
    /// The steps of every check; `Invite` comes when it is asked for.
    pub const ALWAYS: [Self; 10] = [
        Self::Dns,
        Self::Address,
        Self::Tcp,
        Self::Tls,
        Self::Chain,
        Self::Name,
        Self::Expiry,
        Self::ClientCertificate,
        Self::Alpn,
        Self::Options,
    ];

    /// As it is printed and stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Address => "address",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Chain => "chain",
            Self::Name => "name",
            Self::Expiry => "expiry",
            Self::ClientCertificate => "client_certificate",
            Self::Alpn => "alpn",
            Self::Options => "options",
            Self::Invite => "invite",
        }
    }
}

/// How a step ended. There is no fourth way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is proof that it is well.
    Ok,
    /// There is proof that it is not.
    Bad,
    /// Nobody could tell.
    Unknown,
}

impl State {
    /// As it is printed and stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub name: StepName,
    /// How it ended.
    pub state: State,
    /// Which sentence tells it.
    pub code: Code,
    /// Values for the sentence.
    pub args: BTreeMap<String, String>,
    /// The proof, in plain English words.
    pub detail: String,
    /// How long it took, milliseconds.
    pub ms: u64,
}

impl Step {
    /// A step that ended with this code.
    pub fn new(name: StepName, code: Code, detail: impl Into<String>) -> Self {
        Self {
            name,
            state: code.state(),
            code,
            args: BTreeMap::new(),
            detail: detail.into(),
            ms: 0,
        }
    }

    /// Adds a value for the sentence.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Says how long it took, milliseconds.
    pub const fn took(mut self, ms: u64) -> Self {
        self.ms = ms;
        self
    }
}

/// What a check found. Its JSON is what is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrunkReport {
    /// The server that was checked, as it was asked for.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The steps, in their order.
    pub steps: Vec<Step>,
}

impl TrunkReport {
    /// Whether there is no proof of a fault.
    pub fn nothing_is_bad(&self) -> bool {
        self.steps.iter().all(|step| step.state != State::Bad)
    }

    /// A step of it.
    pub fn step(&self, name: StepName) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// The first step that is bad.
    pub fn first_bad(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.state == State::Bad)
    }
}
