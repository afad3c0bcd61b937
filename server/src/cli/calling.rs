//! `thoth calling`: what the form of a phone's calling does, and files for its telephone server, from the command line.

use super::say;
use crate::bus::Bus;
use crate::calls::settings::{
    KeptError, Known, Reading, SettingsDesk, Trouble, Who, calling_check, errors, form_check, kept,
    save,
};
use crate::calls::setup::ConfigArguments;
use crate::clock::Clock;
use crate::config::Config;
use crate::remotes::Remotes;
use crate::store::entities::phone;
use crate::translate::Language;
use app::model::{CallingForm, Difference, Problem};
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Subcommand)]
pub(super) enum CallingCommand {
    /// Switch calling and SIP of a number at Meta; settings that are not named stay as they are. Prints what Meta has
    /// then; the exit code is 0 when that is what was asked for
    Set(Set),
    /// Write the configuration files for a telephone server
    Config(ConfigArguments),
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

pub(super) async fn run(command: CallingCommand, config: &Config) -> anyhow::Result<()> {
    match command {
        CallingCommand::Set(set) => calling_set(&desk(config).await?, &set).await,
        CallingCommand::Config(arguments) => {
            let written = arguments.write()?;
            written.iter().try_for_each(|path| say(&path.display()))
        }
    }
}

async fn desk(config: &Config) -> anyhow::Result<SettingsDesk> {
    let (store, vault) = super::open(config).await?;
    let clock = Clock::system();
    let graph = Remotes::new(config, &store, &vault, &clock)?.graph;
    Ok(SettingsDesk {
        store,
        vault,
        clock,
        bus: Bus::default(),
        graph,
        wait: Duration::from_secs(10),
    })
}

async fn calling_set(desk: &SettingsDesk, set: &Set) -> anyhow::Result<()> {
    let phone = desk.store.phone_by_any_id(&set.phone_id).await?;
    let Some(phone) = phone else {
        anyhow::bail!("no phone with the id {} is connected", set.phone_id);
    };
    let form = match form(desk, &phone, set).await {
        Ok(form) => form,
        Err(trouble) => return refused(desk, set, &phone, trouble).await,
    };
    let checked = form_check(&form, desk.clock.now())
        .map_err(|problems| anyhow::anyhow!("{}", problem_words(&problems)))?;
    let who = Who {
        person: None,
        name: Some("thoth calling set".to_owned()),
    };
    let saved = save(desk, phone.id, &checked, &who).await;
    match saved {
        Ok(saved) => {
            let known = known(desk, &phone).await?;
            tell(set, &phone, &known, &saved.drift, None)?;
            if saved.drift.is_empty() {
                return Ok(());
            }
            let fields: Vec<&str> = saved.drift.iter().map(|one| one.field.as_str()).collect();
            anyhow::bail!("Meta has otherwise: {}", fields.join(", "))
        }
        Err(trouble) => refused(desk, set, &phone, trouble).await,
    }
}

/// Prints what is known, and why it was not changed.
async fn refused(
    desk: &SettingsDesk,
    set: &Set,
    phone: &phone::Model,
    trouble: Trouble,
) -> anyhow::Result<()> {
    let known = known(desk, phone).await?;
    tell(set, phone, &known, &[], Some(&error(&trouble)))?;
    Err(trouble.into())
}

/// What was saved, else what Meta has, with what the command names. Errors: Meta tells nothing, and nobody has saved:
/// settings that are not named could not stay as they are.
async fn form(
    desk: &SettingsDesk,
    phone: &phone::Model,
    set: &Set,
) -> Result<CallingForm, Trouble> {
    let row = desk.store.calling_find(phone.id).await?;
    if row.is_none_or(|row| row.wanted.is_none()) {
        match calling_check(desk, phone.id).await? {
            Reading::Used | Reading::Unused => {}
            Reading::Silent => return Err(Trouble::Silent),
            Reading::Refused | Reading::RefusedUnused => return Err(refusal(desk, phone).await?),
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

/// Why Meta did not tell what it has, as it was kept a moment ago.
async fn refusal(desk: &SettingsDesk, phone: &phone::Model) -> Result<Trouble, Trouble> {
    let row = desk.store.calling_find(phone.id).await?;
    let error: Option<KeptError> = row.and_then(|row| kept(row.error.as_deref()));
    Ok(error.map_or(Trouble::Silent, |error| Trouble::Refused {
        code: error.code,
        said: error.said,
        restored: false,
    }))
}

async fn known(desk: &SettingsDesk, phone: &phone::Model) -> Result<Known, Trouble> {
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
        | Trouble::SamePassword
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
