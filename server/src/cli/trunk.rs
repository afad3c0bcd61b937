//! `thoth trunk`: checks of telephone servers.

use super::{complain, say};
use crate::calls::trunk::{Code, ExtraCa, Invite, TrunkQuestion, TrunkReport, check, remedy};
use crate::translate::Language;
use clap::{Args, Subcommand};
use serde_json::json;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked about telephone servers.
#[derive(Subcommand)]
pub enum TrunkCommand {
    /// Check whether Meta's calls would reach a telephone server; ends with 0 when nothing is bad, else with 1
    Check(CheckArgs),
}

/// Which server, and how.
#[derive(Args)]
pub struct CheckArgs {
    /// The server's name, as it will be given to Meta
    host: String,
    /// Its TLS port
    #[arg(long, default_value_t = 5061, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// A file in PEM form with an authority to trust besides the public ones
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Also try a call, given up at once; it may ring
    #[arg(long)]
    invite: bool,
    /// The business number to call with --invite; otherwise a made-up name is called
    #[arg(long, requires = "invite", value_parser = digits)]
    number: Option<String>,
    /// Connect to public addresses only, as the panel does
    #[arg(long)]
    public_only: bool,
    /// Take this address for a name instead of asking DNS
    #[arg(long, value_name = "NAME=ADDRESS", value_parser = pinned, hide_short_help = true)]
    resolve: Option<Pinned>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A name and its address.
#[derive(Clone)]
struct Pinned {
    name: String,
    address: IpAddr,
}

fn pinned(words: &str) -> Result<Pinned, String> {
    let wrong = || "write it as NAME=ADDRESS, for example sip.example.com=203.0.113.5".to_owned();
    let (name, address) = words.split_once('=').ok_or_else(wrong)?;
    let address = address.parse().map_err(|_| wrong())?;
    Ok(Pinned {
        name: name.to_owned(),
        address,
    })
}

fn digits(words: &str) -> Result<String, String> {
    let number = words.strip_prefix('+').unwrap_or(words);
    let is_number =
        (5..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        Ok(number.to_owned())
    } else {
        Err("write the number with country code, in digits".to_owned())
    }
}

/// Runs a command about telephone servers.
pub async fn run(command: TrunkCommand) -> anyhow::Result<ExitCode> {
    let TrunkCommand::Check(args) = command;
    let question = match question(&args) {
        Ok(question) => question,
        Err(error) => {
            complain(&error);
            return Ok(ExitCode::from(2));
        }
    };
    let report = check(&question).await;
    if args.json {
        say(&as_json(&report))?;
    } else {
        say(&as_table(&report))?;
    }
    Ok(if report.nothing_is_bad() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn question(args: &CheckArgs) -> Result<TrunkQuestion, String> {
    // Whoever types here reaches private addresses anyway.
    let question = TrunkQuestion::new(&args.host, args.port, !args.public_only);
    let mut question = question.map_err(|error| format!("{}: {error}", args.host))?;
    question.ca = args.ca.as_deref().map(authority).transpose()?;
    question.invite = args.invite.then(|| Invite {
        number: args.number.clone(),
    });
    let host = question.host.to_string();
    let pinned = args.resolve.as_ref();
    question.resolve = pinned
        .filter(|pinned| pinned.name.eq_ignore_ascii_case(&host))
        .map(|pinned| pinned.address);
    Ok(question)
}

fn authority(file: &Path) -> Result<ExtraCa, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let pem = std::fs::read(file).map_err(|error| named(&error))?;
    ExtraCa::from_pem(&pem).map_err(|error| named(&error))
}

fn as_json(report: &TrunkReport) -> serde_json::Value {
    let steps = report.steps.iter().map(|step| {
        json!({
            "name": step.name.word(),
            "state": step.state.word(),
            "code": step.code.word(),
            "detail": step.detail,
            "ms": step.ms,
            "remedy": remedy(step.code, Language::English),
        })
    });
    let steps: Vec<_> = steps.collect();
    json!({ "host": report.host, "port": report.port, "steps": steps })
}

/// One line for a step, its proof after it, and what to do under it. What was not reached hangs on a step above.
fn as_table(report: &TrunkReport) -> String {
    let mut lines = vec![format!("{} port {}", report.host, report.port)];
    for step in &report.steps {
        lines.push(format!(
            "  {:<7} {:<18} {:>5} ms  {}",
            step.state.word(),
            step.name.word(),
            step.ms,
            step.detail
        ));
        let todo = remedy(step.code, Language::English);
        if !todo.is_empty() && !matches!(step.code, Code::NotReached | Code::OutOfTime) {
            lines.push(format!("  {:<36}-> {todo}", ""));
        }
    }
    lines.push(
        match report.first_bad() {
            None => "Nothing is bad.",
            Some(_) => "Mend what is bad, from the top down, and check again.",
        }
        .to_owned(),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(subcommand)]
        command: TrunkCommand,
    }

    fn asked(words: &[&str]) -> Result<TrunkQuestion, String> {
        let words = ["trunk", "check"].iter().chain(words);
        let line =
            <Line as clap::Parser>::try_parse_from(words).map_err(|error| error.to_string())?;
        let TrunkCommand::Check(args) = line.command;
        question(&args)
    }

    #[test]
    fn what_is_typed_is_asked() {
        let plain = asked(&["sip.example.com"]).unwrap();
        assert_eq!((plain.port, plain.allow_private), (5061, true));
        assert_eq!(plain.invite, None);
        let full = [
            "sip.example.com",
            "--port",
            "5063",
            "--public-only",
            "--invite",
            "--number",
            "+77272000111",
            "--resolve",
            "sip.example.com=127.0.0.1",
        ];
        let full = asked(&full).unwrap();
        assert_eq!(full.invite.unwrap().number.as_deref(), Some("77272000111"));
        assert_eq!(full.resolve, Some("127.0.0.1".parse().unwrap()));
        assert!(!full.allow_private);
        let other = asked(&["sip.example.com", "--resolve", "x.example.com=127.0.0.1"]).unwrap();
        assert_eq!(other.resolve, None);
    }

    #[test]
    fn wrong_usage_is_told() {
        for wrong in [
            vec!["a b"],
            vec!["sip.example.com", "--port", "0"],
            vec!["sip.example.com", "--ca", "/no/such/file"],
            vec!["sip.example.com", "--number", "77272000111"],
            vec!["sip.example.com", "--resolve", "x"],
        ] {
            assert!(asked(&wrong).is_err(), "{wrong:?}");
        }
    }
}
