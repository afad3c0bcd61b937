//! Making a template: checked here, then by Meta, then kept.

use super::super::Request;
use super::super::scope::scope_of;
use super::languages::LANGUAGES;
use super::{components, refused, sample};
use crate::connect::waba::templates::{ask_in_txn, facts_of};
use crate::connect::waba::{Patience, meta_app};
use crate::store::StoreError;
use crate::store::entities::waba;
use app::backend::Sample;
use app::model::{
    Permit, Problem, ProblemCode, TemplateForm, TemplateFormStart, TemplateId, WabaId, change,
};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How long a person waits for a file to be at Meta.
const UPLOAD: Duration = Duration::from_secs(50);

impl Request {
    pub(super) async fn template_start(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
    ) -> Result<TemplateFormStart, Problem> {
        let waba = self.waba_row(scope_of(&permit), waba).await?;
        let languages = LANGUAGES.iter();
        Ok(TemplateFormStart {
            takes_samples: self.sample_app(&waba).await?.is_some(),
            waba_name: waba.name,
            languages: languages
                .map(|(code, name)| ((*code).to_owned(), format!("{name} · {code}")))
                .collect(),
            refused: None,
        })
    }

    pub(super) async fn template_create(
        &self,
        permit: Permit<change::Templates>,
        waba: WabaId,
        form: &mut TemplateForm,
        file: Option<Sample>,
    ) -> Result<TemplateId, Vec<Problem>> {
        let waba = self.waba_row(scope_of(&permit), waba).await;
        let waba = waba.map_err(|problem| vec![problem])?;
        let mut faults = form.faults();
        faults.extend(sample::fault(form, file.as_ref()));
        if !LANGUAGES.iter().any(|(code, _)| *code == form.language) {
            faults.push(Problem::new(ProblemCode::NotChosen).at("language"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let made = self.template_make(&waba, form, file).await;
        made.map_err(|problem| vec![problem])
    }

    async fn template_make(
        &self,
        waba: &waba::Model,
        form: &mut TemplateForm,
        file: Option<Sample>,
    ) -> Result<TemplateId, Problem> {
        let taken = self.template_is_taken(waba, form).await;
        if taken.map_err(|error| self.store_problem(error))? {
            return Err(Problem::new(ProblemCode::TemplateTaken).at("name"));
        }
        let token = self.waba_token(waba)?;
        let graph = &self.state.remotes.graph;
        if let (true, Some(file)) = (form.header.is_media(), file) {
            let app = self.sample_app(waba).await?;
            let app = app.ok_or_else(|| Problem::new(ProblemCode::MetaAppMissing).at("file"))?;
            let kind = sample::kind_of(&file.bytes).unwrap_or_default();
            let call = graph.upload_sample(&token, &app, &file.name, kind, file.bytes);
            let handle = Patience::lasting(UPLOAD).with(call).await;
            form.sample = handle.map_err(|trouble| refused::told(&trouble).at("file"))?;
            form.sample_name = file.name;
        }
        let body = components::request(form);
        let call = graph.template_create(&token, &waba.waba_id, body.clone());
        let created = match Patience::of_a_person().with(call).await {
            Ok(created) => created,
            Err(trouble) => {
                if trouble.is_silence() {
                    // It may be there all the same: the next reading shows it.
                    let asked = self.templates_ask(waba.id).await;
                    asked.map_err(|error| self.store_problem(error))?;
                }
                return Err(refused::new(&trouble));
            }
        };
        let mut raw = body;
        if let Some(fields) = raw.as_object_mut() {
            fields.insert("id".to_owned(), Value::from(created.id));
            fields.insert("status".to_owned(), Value::from(created.status));
            if let Some(category) = created.category {
                fields.insert("category".to_owned(), Value::from(category));
            }
        }
        let kept = self.template_keep(waba, &raw).await;
        let id = kept.map_err(|error| self.store_problem(error))?;
        self.done(true, waba)?;
        Ok(TemplateId::new(id))
    }

    async fn template_is_taken(
        &self,
        waba: &waba::Model,
        form: &TemplateForm,
    ) -> Result<bool, StoreError> {
        let txn = self.state.store.begin().await?;
        let known = txn
            .template_by_name_in_txn(waba.id, &form.name, &form.language)
            .await?;
        Ok(known.is_some())
    }

    /// Keeps what Meta took, and asks for a reading: Meta may have changed something.
    async fn template_keep(&self, waba: &waba::Model, raw: &Value) -> Result<Uuid, StoreError> {
        let now = self.state.clock.now();
        let txn = self.state.store.begin().await?;
        let id = txn
            .template_keep_in_txn(waba.id, facts_of(0, raw), now)
            .await?;
        ask_in_txn(&txn, waba.id, now).await?;
        txn.commit().await?;
        self.state.bus.errand_came();
        Ok(id)
    }

    async fn templates_ask(&self, waba: Uuid) -> Result<(), StoreError> {
        let txn = self.state.store.begin().await?;
        ask_in_txn(&txn, waba, self.state.clock.now()).await?;
        txn.commit().await
    }

    /// The Meta app under which samples are uploaded: the token's, else the installation's.
    async fn sample_app(&self, waba: &waba::Model) -> Result<Option<String>, Problem> {
        if waba.app_id.is_some() {
            return Ok(waba.app_id.clone());
        }
        let app = meta_app(&self.state).await;
        let app = app.map_err(|error| self.store_problem(error))?;
        Ok(app.map(|app| app.app_id))
    }
}
