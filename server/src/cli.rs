//! The commands of `thoth`. What a command answers goes to standard output, log lines and
//! errors to standard error; the exit code is 0, 1 for a failure, 2 for wrong usage or settings.

mod calling;
mod queue;
mod trunk;

use crate::accounts::{Accounts, Email, Password, Role, password_generate};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::provision::Provisioner;
use crate::store::Store;
use crate::vault::{Vault, folder_prepare};
use anyhow::Context;
use clap::{Parser, Subcommand};
use secrecy::{ExposeSecret, SecretString};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The bridge between WhatsApp Business and Bitrix24.
#[derive(Parser)]
#[command(name = "thoth", version, after_long_help = config::help())]
#[command(after_help = "`thoth --help` lists the environment variables too.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the panel and the doors for Meta and Bitrix24
    Serve,
    /// Bring the database to the shape this version knows
    Migrate,
    /// Bring accounts, WABAs, portals and phones in from a file; a second run changes nothing
    Provision {
        /// The file, for example setup.toml
        file: PathBuf,
    },
    /// People who may sign in
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Telephone servers that WhatsApp calls go to
    Trunk {
        #[command(subcommand)]
        command: trunk::TrunkCommand,
    },
    /// Calling of connected numbers, and files for telephone servers
    Calling {
        #[command(subcommand)]
        command: calling::CallingCommand,
    },
    /// What waits and what has died: list, replay, discard, pause, resume
    Queue {
        #[command(subcommand)]
        command: queue::QueueCommand,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add somebody; the password comes from standard input, THOTH_PASSWORD, or is generated and printed
    Add {
        /// The e-mail they sign in with
        #[arg(long)]
        email: String,
        /// They see and change everything
        #[arg(long)]
        admin: bool,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List everybody
    List,
}

/// Runs the command of this process's arguments.
pub fn main() -> ExitCode {
    // Two crypto providers in one process are an error at the first connection: ours comes first.
    // It fails only where one is installed already, as in a test.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => {
            complain(&error);
            return ExitCode::from(2);
        }
    };
    crate::telemetry::logs_start(&config);
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot start")
        .and_then(|runtime| runtime.block_on(run(cli.command, config)));
    match done {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn complain(error: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "thoth: {error}");
}

fn say(words: &dyn std::fmt::Display) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{words}") {
        // Whoever read our answer has heard enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Runs a command. Most end well or with an error; the check of a server has an end between.
async fn run(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => Box::pin(crate::boot::serve(config)).await?,
        Command::Migrate => migrate(&config).await?,
        Command::Provision { file } => {
            let (store, vault) = open(&config).await?;
            let provisioner = Provisioner {
                store: &store,
                vault: &vault,
                config: &config,
                clock: &Clock::system(),
            };
            say(&Box::pin(provisioner.provision(&file)).await?)?;
        }
        Command::User { command } => {
            let (store, vault) = open(&config).await?;
            let accounts = Accounts::new(store, vault, Clock::system());
            user(command, &accounts).await?;
        }
        Command::Trunk { command } => return trunk::run(command).await,
        Command::Calling { command } => Box::pin(calling::run(command, &config)).await?,
        Command::Queue { command } => Box::pin(queue::run(command, &config)).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn user(command: UserCommand, accounts: &Accounts) -> anyhow::Result<()> {
    match command {
        UserCommand::Add {
            email,
            admin,
            password_stdin,
        } => {
            let role = if admin { Role::Admin } else { Role::User };
            let email = Email::parse(&email)?;
            let (words, generated) = password(password_stdin)?;
            let person = accounts
                .person_add(email, &Password::choose(&words)?, role)
                .await?;
            say(&format!("user {}: created, role {role}", person.email))?;
            if generated {
                say(&format!("password: {}", words.expose_secret()))?;
            }
            Ok(())
        }
        UserCommand::List => {
            for person in accounts.people().await? {
                say(&format!("{}\t{}", person.role, person.email))?;
            }
            Ok(())
        }
    }
}

/// The password of a new person, and whether it was made up here.
fn password(stdin: bool) -> anyhow::Result<(SecretString, bool)> {
    if stdin {
        let mut words = String::new();
        std::io::stdin()
            .read_to_string(&mut words)
            .context("reading the password from standard input")?;
        return Ok((words.trim_end_matches(['\r', '\n']).into(), false));
    }
    match std::env::var("THOTH_PASSWORD") {
        Ok(words) if !words.is_empty() => Ok((words.into(), false)),
        Ok(_) | Err(_) => Ok((password_generate(), true)),
    }
}

async fn connect(config: &Config) -> anyhow::Result<Store> {
    folder_prepare(&config.data_dir)?;
    Store::connect(&config.database_url)
        .await
        .context("the database cannot be opened")
}

async fn migrate(config: &Config) -> anyhow::Result<()> {
    let store = connect(config).await?;
    let pending = store.migrations_pending().await?;
    store
        .migrate()
        .await
        .context("the database cannot be brought up to date")?;
    match pending {
        0 => say(&"the database is up to date"),
        1 => say(&"1 migration was run"),
        count => say(&format!("{count} migrations were run")),
    }
}

/// The database, brought up to date, and the vault for it.
async fn open(config: &Config) -> anyhow::Result<(Store, Vault)> {
    let store = connect(config).await?;
    store
        .migrate()
        .await
        .context("the database cannot be brought up to date")?;
    let vault = Vault::unlock(config, &store).await?;
    Ok((store, vault))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
        let add = [
            "thoth",
            "user",
            "add",
            "--email",
            "ann@example.com",
            "--admin",
        ];
        assert!(Cli::try_parse_from(add).is_ok());
        assert!(Cli::try_parse_from(["thoth", "provision", "setup.toml"]).is_ok());
        let set = "thoth calling set --phone-id 777 --calling on --sip off --host sip.example.kz --port 5061 --json";
        assert!(Cli::try_parse_from(set.split(' ')).is_ok());
        assert!(Cli::try_parse_from(["thoth", "calling", "set", "--calling", "on"]).is_err());
        for queue in [
            "thoth queue list --json",
            "thoth queue replay dlv_1 dlv_2 --to 77272000111 --json",
            "thoth queue replay dlv_1 --all",
            "thoth queue discard dlv_1 --reason old",
            "thoth queue pause ann.bitrix24.com --reason moving",
            "thoth queue resume ann.bitrix24.com --json",
        ] {
            assert!(Cli::try_parse_from(queue.split(' ')).is_ok(), "{queue}");
        }
        for queue in [
            "thoth queue replay",
            "thoth queue discard dlv_1",
            "thoth queue pause x",
        ] {
            assert!(Cli::try_parse_from(queue.split(' ')).is_err(), "{queue}");
        }
        assert!(Cli::try_parse_from(["thoth", "provision"]).is_err());
        assert!(Cli::try_parse_from(["thoth"]).is_err());
        let config = "thoth calling config --number 77272000111 --host sip.example.com --pbx asterisk --dir out";
        assert!(Cli::try_parse_from(config.split(' ')).is_ok());
    }

    #[test]
    fn the_help_tells_every_variable_and_its_default() {
        let help = Cli::command().render_long_help().to_string();
        for variable in &config::VARIABLES {
            assert!(help.contains(variable.name), "{}", variable.name);
        }
        assert!(help.contains("127.0.0.1:3000"));
    }
}
