//! Graph calls about templates.

use secrecy::SecretString;
use serde_json::Value;

use crate::outside::loose;
use crate::whatsapp::{GraphClient, GraphTrouble};

/// Long-standing fields of a template.
const FIELDS: &str = "id,name,language,status,category,components";

/// Younger fields. One that Meta does not know fails the whole call, which is then asked without them.
const YOUNG_FIELDS: &str =
    "parameter_format,quality_score,rejected_reason,sub_category,previous_category";

/// Templates in one answer; a hundred with all their parts is what Meta gives without complaint.
const PAGE: &str = "100";

/// What Meta says of a template it has just taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Meta's id.
    pub id: String,
    /// Mostly `PENDING`.
    pub status: String,
    /// May be another than asked for.
    pub category: Option<String>,
}

impl Created {
    /// Reads Meta's answer to a template sent in for approval.
    pub fn read(raw: &Value) -> Option<Self> {
        Some(Self {
            id: loose::filled(raw, "id")?,
            status: loose::text(raw, "status").unwrap_or_default(),
            category: loose::filled(raw, "category"),
        })
    }
}

impl GraphClient {
    /// Every template of a WABA, over all pages (R12), each as it came: `Template::read` reads one.
    pub async fn templates(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Vec<Value>, GraphTrouble> {
        let path = [waba_id, "message_templates"];
        let all = format!("{FIELDS},{YOUNG_FIELDS}");
        let query = |fields| [("fields", fields), ("limit", PAGE)];
        match self.all_pages(token, &path, &query(&all)).await {
            Err(trouble) if trouble.is_unknown_field() => {
                self.all_pages(token, &path, &query(FIELDS)).await
            }
            other => other,
        }
    }

    /// One template by Meta's id, as it came.
    pub async fn template(&self, token: &SecretString, id: &str) -> Result<Value, GraphTrouble> {
        let all = format!("{FIELDS},{YOUNG_FIELDS}");
        match self.get(token, &[id], &[("fields", &all)]).await {
            Err(trouble) if trouble.is_unknown_field() => {
                self.get(token, &[id], &[("fields", FIELDS)]).await
            }
            other => other,
        }
    }

    /// Sends a template in for approval: name, language, category and components. A refusal's words
    /// (`error_user_title`, `error_user_msg`) are for the person who wrote it.
    pub async fn template_create(
        &self,
        token: &SecretString,
        waba_id: &str,
        body: Value,
    ) -> Result<Created, GraphTrouble> {
        let path = [waba_id, "message_templates"];
        let answer = self.post(token, &path, body).await?;
        let reason = "Meta's answer names no template".to_owned();
        Created::read(&answer).ok_or(GraphTrouble::Unknown { reason })
    }

    /// Deletes a template: the one language with this id, or all languages of the name.
    pub async fn template_delete(
        &self,
        token: &SecretString,
        waba_id: &str,
        name: &str,
        id: Option<&str>,
    ) -> Result<(), GraphTrouble> {
        let path = [waba_id, "message_templates"];
        let one = id.map(|id| ("hsm_id", id));
        let query: Vec<_> = one.into_iter().chain([("name", name)]).collect();
        self.delete(token, &path, &query).await?;
        Ok(())
    }
}
