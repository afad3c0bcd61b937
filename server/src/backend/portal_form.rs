//! Adding and changing a portal. Keys are tried before anything is written: after a refusal nothing is half-saved.

use super::Request;
use super::scope::scope_of;
use crate::bus::Topic;
use crate::connect::portal::{InstallError, KeysError, Writing, claim, keys_prove};
use crate::errands::Errand;
use crate::store::entities::portal;
use crate::vault::Place;
use app::backend::PortalForm;
use app::model::{Permit, PortalId, Problem, ProblemCode, change};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use uuid::Uuid;

/// How long a person who saves waits for Bitrix24.
const PATIENCE: Duration = Duration::from_secs(6);

/// The longest name and key, in characters.
const NAME_MAX: usize = 120;

/// What came of the keys.
enum Tried {
    /// An installation waited for them: it is taken, and the portal written along with it.
    Claimed,
    /// None waits.
    NoneWaits,
    /// Bitrix24 could not be asked in time: the installation goes on waiting, and is tried again.
    Later,
}

impl Request {
    pub(super) async fn portal_save(
        &self,
        permit: Permit<change::Portals>,
        id: Option<PortalId>,
        form: PortalForm,
    ) -> Result<PortalId, Problem> {
        if id.is_none() && permit.portal().is_some() {
            return Err(Problem::new(ProblemCode::NotAllowed));
        }
        let (name, client_id) = (form.name.trim(), form.client_id.trim());
        let secret = form.client_secret.trim();
        checked(name, client_id, secret)?;
        let country = country_read(&form.country)?;
        let stored = match id {
            Some(id) => Some(self.portal(scope_of(&permit), id).await?),
            None => None,
        };
        let owner = match &stored {
            Some(portal) => portal.owner_id,
            None => self.owner_of_new(&permit, form.caller, &form.owner).await?,
        };
        self.client_free(client_id, stored.as_ref()).await?;
        let now = self.state.clock.now();
        let writing = match &stored {
            Some(_) => Writing::Edited,
            None => Writing::New,
        };
        let mut row = stored.unwrap_or_else(|| self.draft(owner, now));
        let is_other_app = row.client_id != client_id;
        if client_id.is_empty() && !row.member_id.is_empty() {
            return Err(Problem::new(ProblemCode::FieldEmpty).at("client_id"));
        }
        if is_other_app && !client_id.is_empty() && secret.is_empty() {
            // The secret before was another app's.
            return Err(Problem::new(ProblemCode::FieldEmpty).at("client_secret"));
        }
        let is_other_secret = !secret.is_empty() && !self.has_secret(&row, secret);
        row.name = (!name.is_empty()).then(|| name.to_owned());
        row.client_id = client_id.to_owned();
        if is_other_secret {
            let place = Place::PortalClientSecret;
            let secret = SecretString::from(secret);
            row.client_secret = self.state.vault.seal(place, row.id, &secret);
        }
        if is_other_app && !row.member_id.is_empty() {
            // Another app in the same portal: it has to be installed itself.
            row.state = "needs_install".to_owned();
            row.kind = None;
        }
        row.updated_at = now;
        self.portal_try(&row, writing, is_other_secret).await?;
        let chosen = async {
            let txn = self.state.store.begin().await?;
            txn.portal_country_put_in_txn(row.id, &country).await?;
            txn.commit().await
        };
        chosen.await.map_err(|error| self.store_problem(error))?;
        for topic in [Topic::Portals, Topic::Overview] {
            self.state.bus.changed(owner, topic);
        }
        Ok(PortalId::new(row.id))
    }

    /// Tries the keys and writes the portal.
    async fn portal_try(
        &self,
        row: &portal::Model,
        writing: Writing,
        is_other_secret: bool,
    ) -> Result<(), Problem> {
        let tried = if row.state == "ok" {
            if is_other_secret {
                self.proven(row).await?;
            }
            Tried::NoneWaits
        } else if row.client_id.is_empty() {
            Tried::NoneWaits
        } else {
            self.claimed(row, writing).await?
        };
        match tried {
            Tried::Claimed => Ok(()),
            Tried::NoneWaits => self.portal_write(row, writing, false).await,
            Tried::Later => self.portal_write(row, writing, true).await,
        }
    }

    /// A portal of which nothing is known yet.
    fn draft(&self, owner: Uuid, now: i64) -> portal::Model {
        let id = Uuid::now_v7();
        let none = SecretString::from(String::new());
        let seal = |place| self.state.vault.seal(place, id, &none);
        portal::Model {
            id,
            owner_id: owner,
            protocol: "https".to_owned(),
            domain: String::new(),
            member_id: String::new(),
            client_id: String::new(),
            client_secret: seal(Place::PortalClientSecret),
            application_token: seal(Place::PortalApplicationToken),
            server_endpoint: String::new(),
            state: "needs_install".to_owned(),
            state_reason: None,
            name: None,
            kind: None,
            scopes: None,
            installed_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether this secret is the portal's already.
    fn has_secret(&self, row: &portal::Model, typed: &str) -> bool {
        let place = Place::PortalClientSecret;
        let stored = self.state.vault.open(place, row.id, &row.client_secret);
        stored.is_ok_and(|stored| stored.expose_secret() == typed)
    }

    /// A local app's id belongs to one portal here. A Marketplace app's serves many: it is taken only while another
    /// portal with it waits for its installation.
    async fn client_free(
        &self,
        client_id: &str,
        stored: Option<&portal::Model>,
    ) -> Result<(), Problem> {
        let holders = self.state.store.portals_by_client(client_id).await;
        let holders = holders.map_err(|error| self.store_problem(error))?;
        let is_taken = holders
            .iter()
            .filter(|portal| stored.is_none_or(|stored| stored.id != portal.id))
            .any(|portal| !client_id.starts_with("app.") || portal.member_id.is_empty());
        if is_taken {
            return Err(Problem::new(ProblemCode::ClientTaken).at("client_id"));
        }
        Ok(())
    }

    async fn portal_write(
        &self,
        row: &portal::Model,
        writing: Writing,
        is_to_be_claimed: bool,
    ) -> Result<(), Problem> {
        let now = self.state.clock.now();
        let written = async {
            let txn = self.state.store.begin().await?;
            let is_there = match writing {
                Writing::New => {
                    txn.portal_put_in_txn(row.clone()).await?;
                    true
                }
                Writing::Edited | Writing::Known => txn.portal_edit_in_txn(row).await?,
            };
            if is_to_be_claimed {
                let errand = Errand::PortalCheck { portal: row.id };
                txn.errand_put_in_txn(&errand.row(now, now)?).await?;
            }
            txn.commit().await?;
            Ok(is_there)
        };
        if written.await.map_err(|error| self.store_problem(error))? {
            Ok(())
        } else {
            Err(Problem::new(ProblemCode::NotFound))
        }
    }

    /// The secret of an app that is installed: nothing is saved that Bitrix24 has not taken, for its tokens would die
    /// of it.
    async fn proven(&self, row: &portal::Model) -> Result<(), Problem> {
        let silent = |reason: String| {
            let problem = Problem::new(ProblemCode::RemoteSilent).at("client_secret");
            problem.arg("who", "Bitrix24").arg("reason", reason)
        };
        match tokio::time::timeout(PATIENCE, keys_prove(&self.state, row)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(KeysError::Refused { code })) => Err(refused(code)),
            Ok(Err(error @ (KeysError::Silent { .. } | KeysError::Store(_)))) => {
                Err(silent(error.to_string()))
            }
            Ok(Err(error @ KeysError::Vault(_))) => {
                tracing::error!(%error, portal = %row.id, "A portal's secret cannot be opened");
                Err(Problem::new(ProblemCode::Internal))
            }
            Err(_) => Err(silent("no answer in 6 seconds".to_owned())),
        }
    }

    /// An installation may have come before its keys. What Bitrix24 refuses stands beside the field.
    async fn claimed(&self, row: &portal::Model, writing: Writing) -> Result<Tried, Problem> {
        match tokio::time::timeout(PATIENCE, claim(&self.state, row, writing)).await {
            Ok(Ok(true)) => Ok(Tried::Claimed),
            Ok(Ok(false)) => Ok(Tried::NoneWaits),
            Ok(Err(InstallError::KeysRefused { code })) => Err(refused(code)),
            Ok(Err(InstallError::ForeignPortal | InstallError::PortalTaken)) => {
                Err(Problem::new(ProblemCode::PortalTaken).at("client_id"))
            }
            Ok(Err(InstallError::Store(error))) => Err(self.store_problem(error)),
            Ok(Err(error)) => {
                tracing::warn!(%error, portal = %row.id, "An installation could not be claimed yet");
                Ok(Tried::Later)
            }
            Err(_) => Ok(Tried::Later),
        }
    }
}

fn refused(code: String) -> Problem {
    let problem = Problem::new(ProblemCode::ClientRefused).at("client_secret");
    problem.arg("reason", code)
}

/// Two letters of a country, or nothing.
fn country_read(typed: &str) -> Result<String, Problem> {
    let typed = typed.trim().to_ascii_uppercase();
    if typed.is_empty() || typed.parse::<phonenumber::country::Id>().is_ok() {
        Ok(typed)
    } else {
        Err(Problem::new(ProblemCode::CountryInvalid).at("country"))
    }
}

fn checked(name: &str, client_id: &str, secret: &str) -> Result<(), Problem> {
    for (field, text) in [
        ("name", name),
        ("client_id", client_id),
        ("client_secret", secret),
    ] {
        if text.chars().count() > NAME_MAX {
            let problem = Problem::new(ProblemCode::TooLong).at(field);
            return Err(problem.arg("most", NAME_MAX));
        }
    }
    let fits = client_id.is_empty()
        || client_id
            .strip_prefix("local.")
            .or_else(|| client_id.strip_prefix("app."))
            .is_some_and(|rest| {
                !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
            });
    if fits {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::ClientIdInvalid).at("client_id"))
    }
}
