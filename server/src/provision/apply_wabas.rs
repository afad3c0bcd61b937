//! Writes `[[waba]]`.

use super::apply::Apply;
use super::entries::Waba;
use super::error::ProvisionError;
use crate::accounts::webhook_key_generate;
use crate::connect::waba::templates::ask_in_txn;
use crate::store::entities::waba;
use crate::vault::Place;
use secrecy::ExposeSecret;
use uuid::Uuid;

impl Apply<'_> {
    pub(super) async fn waba(&mut self, given: &Waba) -> Result<(), ProvisionError> {
        let owner = self.owner(given.owner.value.as_str())?;
        let name = given.waba_id.value.clone();
        let Some(stored) = self.known.wabas.get(&(owner, name.clone())) else {
            return self.waba_create(given, owner).await;
        };
        let stored = stored.clone();
        let mut row = stored.clone();
        if let Some(new) = &given.name
            && *new != row.name
        {
            let old = std::mem::replace(&mut row.name, new.clone());
            self.report
                .changed("waba", &name, "name", Some(&old), Some(new));
        }
        if let Some(new) = &given.app_id
            && Some(new) != row.app_id.as_ref()
        {
            let old = row.app_id.replace(new.clone());
            self.report
                .changed("waba", &name, "app_id", old.as_deref(), Some(new));
        }
        let place = Place::WabaAccessToken;
        if self.reseal(place, row.id, &mut row.access_token, &given.access_token)? {
            self.report.replaced("waba", &name, "access_token");
        }
        if let Some(token) = &given.verify_token
            && self.reseal(Place::WabaVerifyToken, row.id, &mut row.verify_token, token)?
        {
            row.verify_token_hash = self.vault.hash(token.expose_secret());
            self.report.replaced("waba", &name, "verify_token");
        }
        if let Some(secret) = &given.app_secret {
            let replaced = match &mut row.app_secret {
                Some(sealed) => self.reseal(Place::WabaAppSecret, row.id, sealed, secret)?,
                None => {
                    row.app_secret = Some(self.vault.seal(Place::WabaAppSecret, row.id, secret));
                    true
                }
            };
            if replaced {
                self.report.replaced("waba", &name, "app_secret");
            }
        }
        if row != stored {
            row.updated_at = self.now;
            self.txn.waba_update_in_txn(row.clone()).await?;
            ask_in_txn(self.txn, row.id, self.now).await?;
            self.known.wabas.insert((owner, name), row);
        }
        Ok(())
    }

    async fn waba_create(&mut self, given: &Waba, owner: Uuid) -> Result<(), ProvisionError> {
        let id = Uuid::now_v7();
        let name = &given.waba_id.value;
        let verify = given
            .verify_token
            .clone()
            .unwrap_or_else(webhook_key_generate);
        let seal = |place, secret| self.vault.seal(place, id, secret);
        let row = waba::Model {
            id,
            owner_id: owner,
            waba_id: name.clone(),
            name: given.name.clone().unwrap_or_else(|| name.clone()),
            access_token: seal(Place::WabaAccessToken, &given.access_token),
            verify_token: seal(Place::WabaVerifyToken, &verify),
            verify_token_hash: self.vault.hash(verify.expose_secret()),
            app_id: given.app_id.clone(),
            app_secret: given
                .app_secret
                .as_ref()
                .map(|secret| seal(Place::WabaAppSecret, secret)),
            token_kind: None,
            token_scopes: None,
            token_expires_at: None,
            verified_at: None,
            heard_at: None,
            created_at: self.now,
            updated_at: self.now,
        };
        self.txn.waba_insert_in_txn(row.clone()).await?;
        ask_in_txn(self.txn, id, self.now).await?;
        self.report.created("waba", name, "");
        if given.verify_token.is_none() {
            self.report.generated("waba", name, "verify_token", &verify);
        }
        self.known.wabas.insert((owner, name.clone()), row);
        Ok(())
    }
}
