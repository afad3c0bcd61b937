//! The installation's Meta app for the panel.

use super::Request;
use crate::connect::waba::{Patience, meta_app};
use crate::store::StoreError;
use crate::store::entities::meta_app as entity;
use crate::vault::Place;
use crate::whatsapp::{TokenFacts, app_token};
use app::backend;
use app::model::{MetaAppSettings, Moment, Permit, Problem, ProblemCode, change, see};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

#[async_trait]
impl backend::MetaApps for Request {
    async fn read(&self, _permit: Permit<see::Settings>) -> Result<MetaAppSettings, Problem> {
        let row = self.state.store.meta_app().await;
        let row = row.map_err(|error| self.store_problem(error))?;
        let redirect_uri = self.redirect_uri();
        Ok(row.map_or_else(
            || MetaAppSettings {
                redirect_uri: redirect_uri.clone(),
                ..MetaAppSettings::default()
            },
            |row| MetaAppSettings {
                app_id: row.app_id,
                config_id: row.config_id.unwrap_or_default(),
                has_secret: true,
                saved_at: Some(Moment(row.updated_at)),
                redirect_uri: redirect_uri.clone(),
            },
        ))
    }

    async fn save(
        &self,
        _permit: Permit<change::Settings>,
        app_id: &str,
        app_secret: &str,
        config_id: &str,
    ) -> Result<(), Problem> {
        let (app_id, config_id) = (app_id.trim(), config_id.trim());
        let kept = |problem: Problem| problem.keep("app_id", app_id).keep("config_id", config_id);
        well_formed(app_id, app_secret, config_id).map_err(kept)?;
        let known = meta_app(&self.state).await;
        let known = known.map_err(|error| self.store_problem(error))?;
        let secret = match (app_secret.trim(), known) {
            ("", Some(known)) if known.app_id == app_id => known.app_secret,
            ("", _) => {
                return Err(kept(Problem::new(ProblemCode::FieldEmpty).at("app_secret")));
            }
            (typed, _) => typed.into(),
        };
        self.prove(app_id, &secret).await.map_err(kept)?;
        let saved = self.meta_app_write(app_id, &secret, config_id).await;
        saved.map_err(|error| self.store_problem(error))
    }
}

impl Request {
    /// Asks Meta whether id and secret belong together. Silence is no refusal.
    async fn prove(&self, app_id: &str, secret: &SecretString) -> Result<(), Problem> {
        let token = app_token(app_id, secret);
        let asked = self.state.remotes.graph.debug_token(&token, &token);
        match Patience::of_a_person().with(asked).await {
            Ok(TokenFacts { .. }) => Ok(()),
            // The app may ask; what Meta thinks of the question is all the same.
            Err(trouble) if trouble.is_silence() || trouble.code() == Some(100) => Ok(()),
            Err(trouble) => Err(Problem::new(ProblemCode::AppSecretRefused)
                .at("app_secret")
                .arg("reason", trouble.words())),
        }
    }

    /// Writes it. WABAs that check signatures with the same app's secret get the new one.
    async fn meta_app_write(
        &self,
        app_id: &str,
        secret: &SecretString,
        config_id: &str,
    ) -> Result<(), StoreError> {
        let (store, vault) = (&self.state.store, &self.state.vault);
        let now = self.state.clock.now();
        let txn = store.begin().await?;
        let known = txn.meta_app_in_txn().await?;
        let id = known.map_or_else(Uuid::now_v7, |known| known.id);
        txn.meta_app_put_in_txn(entity::Model {
            id,
            app_id: app_id.to_owned(),
            app_secret: vault.seal(Place::MetaAppSecret, id, secret),
            config_id: Some(config_id.to_owned()).filter(|id| !id.is_empty()),
            updated_at: now,
        })
        .await?;
        for mut waba in txn.wabas_in_txn().await? {
            if waba.app_id.as_deref() != Some(app_id) {
                continue;
            }
            let Some(sealed) = &waba.app_secret else {
                continue;
            };
            let same = vault
                .open(Place::WabaAppSecret, waba.id, sealed)
                .is_ok_and(|old| old.expose_secret() == secret.expose_secret());
            if !same {
                waba.app_secret = Some(vault.seal(Place::WabaAppSecret, waba.id, secret));
                waba.updated_at = now;
                txn.waba_edit_in_txn(&waba).await?;
            }
        }
        txn.commit().await
    }
}

fn well_formed(app_id: &str, app_secret: &str, config_id: &str) -> Result<(), Problem> {
    if app_id.is_empty() {
        return Err(Problem::new(ProblemCode::FieldEmpty).at("app_id"));
    }
    for (field, words, most) in [
        ("app_id", app_id, 64),
        ("app_secret", app_secret, 500),
        ("config_id", config_id, 64),
    ] {
        if words.chars().count() > most {
            return Err(Problem::new(ProblemCode::TooLong)
                .at(field)
                .arg("most", most));
        }
        if field != "app_secret" && !words.chars().all(|sign| sign.is_ascii_digit()) {
            return Err(Problem::new(ProblemCode::DigitsOnly).at(field));
        }
    }
    Ok(())
}
