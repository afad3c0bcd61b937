//! What is done with a template: offered, chosen, seen, deleted.

use super::super::Request;
use super::super::scope::scope_of;
use super::refused;
use crate::bus::Topic;
use crate::connect::waba::Patience;
use crate::connect::waba::templates::templates_sync_ask;
use crate::store::entities::{template, waba};
use crate::store::{PhoneChoices, Scope};
use crate::vault::Place;
use app::model::{Permit, PhoneId, Problem, ProblemCode, TemplateEnd, TemplateId, WabaId, change};
use secrecy::SecretString;

impl Request {
    pub(super) async fn template_sync(
        &self,
        permit: Permit<change::Templates>,
        id: WabaId,
    ) -> Result<(), Problem> {
        let waba = self.waba_row(scope_of(&permit), id).await?;
        let asked = templates_sync_ask(&self.state, waba.id).await;
        asked.map_err(|error| self.store_problem(error))
    }

    pub(super) async fn template_offer(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        offered: bool,
    ) -> Result<(), Problem> {
        let scope = scope_of(&permit);
        let (_, waba) = self.template_row(scope, id).await?;
        let hidden = self
            .state
            .store
            .template_hide(scope, id.uuid(), !offered)
            .await;
        self.done(hidden.map_err(|error| self.store_problem(error))?, &waba)
    }

    /// Makes it a phone's default; `choice` says whether it is sent by itself, none makes it the default no longer.
    pub(super) async fn template_choose(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        phone: PhoneId,
        choice: Option<bool>,
    ) -> Result<(), Problem> {
        let scope = scope_of(&permit);
        let (template, waba) = self.template_row(scope, id).await?;
        let phone = self.phone(scope, phone).await?;
        let not_chosen = || Problem::new(ProblemCode::NotChosen).at("phone");
        let store = &self.state.store;
        let known = store.phone_choices(phone.id).await;
        let known = known.map_err(|error| self.store_problem(error))?;
        let fits = template.status == "APPROVED" && template.unreadable.is_none();
        let choices = match choice {
            Some(_) if phone.waba_id != waba.id || !fits => return Err(not_chosen()),
            Some(when_closed) => PhoneChoices {
                default_template: Some(template.id),
                template_when_closed: when_closed,
                ..known
            },
            None if known.default_template != Some(template.id) => return Ok(()),
            None => PhoneChoices {
                default_template: None,
                template_when_closed: false,
                ..known
            },
        };
        let chosen = store.phone_choose(scope, phone.id, choices).await;
        if !chosen.map_err(|error| self.store_problem(error))? {
            return Err(not_chosen());
        }
        self.state.bus.changed(waba.owner_id, Topic::Phones);
        self.done(true, &waba)
    }

    pub(super) async fn template_seen(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
    ) -> Result<WabaId, Problem> {
        let scope = scope_of(&permit);
        let (_, waba) = self.template_row(scope, id).await?;
        let seen = self
            .state
            .store
            .template_notice_dismiss(scope, id.uuid())
            .await;
        self.done(seen.map_err(|error| self.store_problem(error))?, &waba)?;
        Ok(WabaId::new(waba.id))
    }

    /// Deletes it at Meta first: what Meta keeps stays here too.
    pub(super) async fn template_delete(
        &self,
        permit: Permit<change::Templates>,
        id: TemplateId,
        end: TemplateEnd,
    ) -> Result<WabaId, Problem> {
        let (template, waba) = self.template_row(scope_of(&permit), id).await?;
        let token = self.waba_token(&waba)?;
        let one = match end {
            TemplateEnd::Language => template.template_id.as_deref(),
            TemplateEnd::Name => None,
        };
        if end == TemplateEnd::Language && one.is_none() {
            // Without Meta's id only the whole name could be deleted.
            return Err(Problem::new(ProblemCode::NotChosen).at("end"));
        }
        let graph = &self.state.remotes.graph;
        let call = graph.template_delete(&token, &waba.waba_id, &template.name, one);
        let gone = Patience::of_a_person().with(call).await;
        gone.map_err(|trouble| refused::told(&trouble))?;
        let forgotten = self.template_forget(&template, &waba, end).await;
        forgotten.map_err(|error| self.store_problem(error))?;
        self.done(true, &waba)?;
        Ok(WabaId::new(waba.id))
    }

    async fn template_forget(
        &self,
        template: &template::Model,
        waba: &waba::Model,
        end: TemplateEnd,
    ) -> Result<(), crate::store::StoreError> {
        let txn = self.state.store.begin().await?;
        let languages = match end {
            TemplateEnd::Language => vec![template.language.clone()],
            TemplateEnd::Name => {
                txn.template_languages_in_txn(waba.id, &template.name)
                    .await?
            }
        };
        for language in languages {
            let found = txn
                .template_by_name_in_txn(waba.id, &template.name, &language)
                .await?;
            if let Some(found) = found {
                txn.template_delete_in_txn(found.id).await?;
            }
        }
        txn.commit().await
    }

    /// A template that may be seen, and its WABA.
    pub(super) async fn template_row(
        &self,
        scope: Scope,
        id: TemplateId,
    ) -> Result<(template::Model, waba::Model), Problem> {
        let found = self.state.store.template_of(scope, id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let template = found.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let waba = self.waba_row(scope, WabaId::new(template.waba_id)).await?;
        Ok((template, waba))
    }

    /// The token of a WABA.
    pub(super) fn waba_token(&self, waba: &waba::Model) -> Result<SecretString, Problem> {
        let sealed = &waba.access_token;
        let token = self
            .state
            .vault
            .open(Place::WabaAccessToken, waba.id, sealed);
        token.map_err(|error| {
            tracing::error!(%error, waba = %waba.id, "An access token cannot be opened");
            Problem::new(ProblemCode::Internal)
        })
    }

    /// Tells open pages; `found` is whether it was still there.
    pub(super) fn done(&self, found: bool, waba: &waba::Model) -> Result<(), Problem> {
        if !found {
            return Err(Problem::new(ProblemCode::NotFound));
        }
        self.state.bus.changed(waba.owner_id, Topic::Templates);
        Ok(())
    }
}
