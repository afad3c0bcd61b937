//! `thoth calling`: what the form of a phone's calling does, from the command line.

use super::say;
use crate::bus::Bus;
use crate::calls::settings::{
    Known, SettingsDesk, Trouble, Who, calling_check, errors, form_check, save,
};
use crate::clock::Clock;
use crate::config::Config;
use crate::remotes::Remotes;
use crate::store::Store;
use crate::store::entities::phone;
use crate::translate::Language;
use crate::vault::Vault;
use app::model::{CallingForm, Difference, Problem};
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Subcommand)]
pub(super) enum CallingCommand {
    /// Switch calling and SIP of a number at Meta; settings that are not named stay as they are. Prints what Meta has
    /// then; the exit code is 0 when that is what was asked for
    Set(Set),
}

#[derive(clap::Args)]
pub(super) struct Set {
    /// Meta's phone number id
    #[arg(long)]
    phone_id: String,
    /// Calling of the number
    #[arg(long)]
    calling: Option<Switch>,
    /// Calls go to a telephone server
    #[arg(long)]
    sip: Option<Switch>,
    /// The server's DNS name
    #[arg(long)]
    host: Option<String>,
    /// Its TLS port [default: as it is, else 5061]
    #[arg(long)]
    port: Option<u16>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Switch {
    const fn is_on(self) -> bool {
        match self {
            Self::On => true,
            Self::Off => false,
        }
    }
}

pub(super) async fn run(
    command: CallingCommand,
    config: &Config,
    store: Store,
    vault: Vault,
) -> anyhow::Result<()> {
    let clock = Clock::system();
    let graph = Remotes::new(config, &store, &vault, &clock)?.graph;
    let desk = SettingsDesk {
        store,
        vault,
        clock,
        bus: Bus::default(),
        graph,
        wait: Duration::from_secs(10),
    };
    match command {
        CallingCommand::Set(set) => calling_set(&desk, &set).await,
    }
}

async fn calling_set(desk: &SettingsDesk, set: &Set) -> anyhow::Result<()> {
    let phone = desk.store.phone_by_any_id(&set.phone_id).await?;
    let Some(phone) = phone else {
        anyhow::bail!("no phone with the id {} is connected", set.phone_id);
    };
    let form = form(desk, &phone, set).await?;
    let checked = form_check(&form, desk.clock.now())
        .map_err(|problems| anyhow::anyhow!("{}", problem_words(&problems)))?;
    let who = Who {
        person: None,
        name: Some("thoth calling set".to_owned()),
    };
    let saved = save(desk, phone.id, &checked, &who).await;
    let known = known(desk, &phone).await?;
    match saved {
        Ok(saved) => {
            tell(set, &phone, &known, &saved.drift, None)?;
            if saved.drift.is_empty() {
                return Ok(());
            }
            let fields: Vec<&str> = saved.drift.iter().map(|one| one.field.as_str()).collect();
            anyhow::bail!("Meta has otherwise: {}", fields.join(", "))
        }
        Err(trouble) => {
            let error = error(&trouble);
            tell(set, &phone, &known, &[], Some(&error))?;
            Err(trouble.into())
        }
    }
}

/// What was saved, else what Meta has, with what the command names.
async fn form(desk: &SettingsDesk, phone: &phone::Model, set: &Set) -> anyhow::Result<CallingForm> {
    let row = desk.store.calling_find(phone.id).await?;
    if row.is_none_or(|row| row.wanted.is_none()) {
        match calling_check(desk, phone.id).await {
            // What cannot be read now is told when it is to be written.
            Ok(_) | Err(Trouble::Silent | Trouble::Refused { .. }) => {}
            Err(trouble) => return Err(trouble.into()),
        }
    }
    let row = desk.store.calling_find(phone.id).await?;
    let known = known(desk, phone).await?;
    let mut form = known.form(row.as_ref(), desk.clock.now());
    form.calling = set.calling.map_or(form.calling, Switch::is_on);
    form.sip = set.sip.map_or(form.sip, Switch::is_on);
    if let Some(host) = &set.host {
        form.host.clone_from(host);
    }
    if let Some(port) = set.port {
        form.port = port.to_string();
    }
    Ok(form)
}

async fn known(desk: &SettingsDesk, phone: &phone::Model) -> anyhow::Result<Known> {
    let waba = desk.store.waba_find(phone.waba_id).await?;
    let row = desk.store.calling_find(phone.id).await?;
    let app = waba.and_then(|waba| waba.app_id);
    Ok(Known::of(row.as_ref(), app.as_deref()))
}

fn problem_words(problems: &[Problem]) -> String {
    let words = problems.iter().map(|problem| {
        let field = problem.field.as_deref().unwrap_or("form");
        format!("{field}: {}", problem.code.as_str())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Meta's code and words, and what they mean.
fn error(trouble: &Trouble) -> Value {
    let (code, said) = match trouble {
        Trouble::Refused { code, said, .. } => (code.as_str(), said.as_str()),
        Trouble::Silent
        | Trouble::Gone
        | Trouble::Busy
        | Trouble::Token
        | Trouble::NoServer
        | Trouble::Store(_) => return json!({ "code": "", "said": trouble.to_string() }),
    };
    let words = errors::explained(code, Language::English);
    json!({ "code": code, "said": said, "means": words.means, "remedy": words.remedy })
}

/// Prints what Meta has; what it did not say stays out.
fn tell(
    set: &Set,
    phone: &phone::Model,
    known: &Known,
    drift: &[Difference],
    error: Option<&Value>,
) -> anyhow::Result<()> {
    let word = |is_on: Option<bool>| match is_on {
        Some(true) => "on",
        Some(false) => "off",
        None => "unknown",
    };
    let calling = word(known.calling.as_ref().and_then(|found| found.is_on));
    let sip = known.calling.as_ref().and_then(|found| found.sip.as_ref());
    let sip = word(sip.and_then(|sip| sip.is_on));
    let server = known.own_server();
    let port = |port: Option<u16>| port.map(|port| format!(":{port}")).unwrap_or_default();
    if set.json {
        let server = server.map(|server| json!({ "host": server.host, "port": server.port }));
        return say(&json!({
            "phone_id": phone.phone_id, "calling": calling, "sip": sip, "server": server,
            "settings": known.calling.as_ref().map(|found| &found.raw),
            "differences": drift, "error": error,
        }));
    }
    say(&format!("calling: {calling}"))?;
    say(&format!("sip: {sip}"))?;
    if let Some(server) = server {
        say(&format!("server: {}{}", server.host, port(server.port)))?;
    }
    for one in drift {
        say(&format!(
            "{}: asked for {:?}, Meta has {:?}",
            one.field, one.ours, one.metas
        ))?;
    }
    if let Some(remedy) = error.and_then(|error| error["remedy"].as_str()) {
        say(&remedy)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_carries_metas_code_and_what_to_do() {
        let told = error(&Trouble::Refused {
            code: "138015".to_owned(),
            said: "Messaging limit".to_owned(),
            restored: false,
        });
        assert_eq!(told["code"], "138015");
        assert!(told["remedy"].as_str().unwrap().contains("limit"));
        assert_eq!(error(&Trouble::Silent)["said"], "Meta did not answer");
    }
}
