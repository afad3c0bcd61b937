//! One run of `thoth provision`.

use super::apply::Apply;
use super::check::check;
use super::document::{Kind, document_read};
use super::entries::Setup;
use super::error::{Fault, ProvisionError};
use super::fields::{Env, Take};
use super::known::{Known, in_order};
use super::read_people::{user_read, waba_read};
use super::read_phones::phone_read;
use super::read_portals::portal_read;
use super::report::Report;
use crate::accounts::password_verify;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;
use crate::vault::Vault;
use secrecy::SecretString;
use std::collections::HashMap;
use std::path::Path;

/// What a run works with.
pub struct Provisioner<'a> {
    /// The database.
    pub store: &'a Store,
    /// Seals what the file gives in the open.
    pub vault: &'a Vault,
    /// Says which addresses may be called.
    pub config: &'a Config,
    /// The time.
    pub clock: &'a Clock,
}

impl Provisioner<'_> {
    /// Brings the database to what the file says. Errors leave it as it was.
    pub async fn provision(&self, path: &Path) -> Result<Report, ProvisionError> {
        let text = tokio::fs::read_to_string(path)
            .await
            .map_err(|error| ProvisionError::File {
                path: path.to_owned(),
                error,
            })?;
        let env = |name: &str| std::env::var(name).ok();
        self.provision_text(path, &text, &env).await
    }

    /// Like [`Self::provision`], with the text and the environment given.
    pub(super) async fn provision_text(
        &self,
        path: &Path,
        text: &str,
        env: Env<'_>,
    ) -> Result<Report, ProvisionError> {
        let (setup, mut faults) = self.read(text, env);
        let hashes = if faults.is_empty() {
            self.hashes(&setup).await?
        } else {
            HashMap::new()
        };
        let txn = self.store.begin().await?;
        let known = Known::read(&txn).await?;
        faults.extend(check(&setup, &known, self.vault));
        if !faults.is_empty() {
            return Err(ProvisionError::Faults {
                path: path.to_owned(),
                faults: in_order(faults),
            });
        }
        let apply = Apply {
            txn: &txn,
            vault: self.vault,
            now: self.clock.now(),
            known,
            report: Report::default(),
        };
        let report = apply.setup(&setup, &hashes).await?;
        txn.commit().await?;
        // What waited for a phone or a line that is there now may be read.
        for owner in &report.owners {
            self.store.receipts_release(*owner).await?;
        }
        Ok(report)
    }

    fn read(&self, text: &str, env: Env<'_>) -> (Setup, Vec<Fault>) {
        let (entries, mut faults) = document_read(text);
        let mut setup = Setup::default();
        for entry in &entries {
            let mut take = Take {
                entry,
                faults: &mut faults,
                env,
            };
            match entry.kind {
                Kind::User => user_read(&mut take, &mut setup),
                Kind::Waba => waba_read(&mut take, &mut setup),
                Kind::Portal => portal_read(&mut take, &mut setup, self.config),
                Kind::Phone => phone_read(&mut take, &mut setup),
            }
        }
        (setup, faults)
    }

    /// The hashes of passwords that are not the stored ones, by e-mail. Computed before the
    /// transaction: hashing takes its time.
    async fn hashes(&self, setup: &Setup) -> Result<HashMap<String, String>, ProvisionError> {
        let mut hashes = HashMap::new();
        for user in &setup.users {
            let Some(password) = &user.password else {
                continue;
            };
            let email = user.email.value.as_str();
            let words: &SecretString = password.value.words();
            let same = match self.store.person_by_email(email).await? {
                Some(row) => password_verify(words, Some(row.password_hash)).await?,
                None => false,
            };
            if !same {
                hashes.insert(email.to_owned(), password.value.hash().await?);
            }
        }
        Ok(hashes)
    }
}
