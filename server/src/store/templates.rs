//! Message templates: found for sending, and changed as Meta's webhooks and people say.

use super::entities::template;
use super::views::query::Conditions;
use super::{Scope, Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What people are to know of a template until they dismiss it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which sentence tells it: `paused`, `disabled`, `flagged`, `rejected`, `recategorised`, `category_coming`.
    pub code: &'static str,
    /// Values for the sentence.
    pub args: BTreeMap<String, String>,
    /// When it happened, milliseconds.
    pub at: i64,
}

/// What a webhook changes of a template; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateChange {
    /// Meta's word.
    pub status: Option<String>,
    /// Meta's word.
    pub category: Option<String>,
    /// Meta's word.
    pub quality: Option<String>,
    /// Meta's word; an empty one forgets the reason.
    pub rejected_reason: Option<String>,
}

impl Notice {
    /// Code and values as they are kept: pages put them into the reader's language.
    fn kept(&self) -> String {
        serde_json::json!({ "code": self.code, "args": self.args }).to_string()
    }
}

impl Store {
    /// The template with this id of ours, if its WABA may be seen.
    pub async fn template_of(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<template::Model>, StoreError> {
        let (words, values) = of_scope(scope, id);
        let sql = format!("SELECT t.id FROM template t WHERE {words}");
        if self.rows(&sql, values).await?.is_empty() {
            return Ok(None);
        }
        Ok(template::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// Shows a template to Bitrix24 or hides it there. False when it may not be seen or is gone.
    pub async fn template_hide(
        &self,
        scope: Scope,
        id: Uuid,
        hidden: bool,
    ) -> Result<bool, StoreError> {
        self.template_set(scope, id, "hidden = ?", hidden.into())
            .await
    }

    /// Forgets what people were to know of a template. When it happened stays: the same news again is no news.
    pub async fn template_notice_dismiss(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<bool, StoreError> {
        let none = sea_orm::Value::String(None);
        self.template_set(scope, id, "notice = ?", none).await
    }

    async fn template_set(
        &self,
        scope: Scope,
        id: Uuid,
        set: &str,
        value: sea_orm::Value,
    ) -> Result<bool, StoreError> {
        let (words, mut values) = of_scope(scope, id);
        values.insert(0, value);
        let sql = format!(
            "UPDATE template SET {set} WHERE id IN (SELECT t.id FROM template t WHERE {words})"
        );
        let txn = self.begin().await?;
        let touched = txn.run_of(&sql, values).await?;
        txn.commit().await?;
        Ok(touched == 1)
    }
}

/// The condition for the template `t` with this id, as far as its WABA may be seen.
fn of_scope(scope: Scope, id: Uuid) -> (String, Vec<sea_orm::Value>) {
    let mut conditions = Conditions::within_wabas(scope, "w");
    conditions.and("w.id = t.waba_id", []);
    let (words, values) = conditions.finish([id.into()]);
    let words = format!("EXISTS (SELECT 1 FROM waba w WHERE {words}) AND t.id = ?");
    (words, values)
}

impl Txn {
    /// A template of a WABA by name and language, written as Meta writes them.
    pub async fn template_by_name_in_txn(
        &self,
        waba: Uuid,
        name: &str,
        language: &str,
    ) -> Result<Option<template::Model>, StoreError> {
        Ok(template::Entity::find()
            .filter(template::Column::WabaId.eq(waba))
            .filter(template::Column::Name.eq(name))
            .filter(template::Column::Language.eq(language))
            .one(&self.0)
            .await?)
    }

    /// A template of a WABA by Meta's id.
    pub async fn template_by_meta_id_in_txn(
        &self,
        waba: Uuid,
        template_id: &str,
    ) -> Result<Option<template::Model>, StoreError> {
        Ok(template::Entity::find()
            .filter(template::Column::WabaId.eq(waba))
            .filter(template::Column::TemplateId.eq(template_id))
            .one(&self.0)
            .await?)
    }

    /// A template by Meta's id among all WABAs of an owner, for webhooks that name no WABA.
    pub async fn template_of_owner_in_txn(
        &self,
        owner: Uuid,
        template_id: &str,
    ) -> Result<Option<template::Model>, StoreError> {
        let row = self
            .row(
                "SELECT t.id FROM template t JOIN waba w ON w.id = t.waba_id \
                 WHERE w.owner_id = ? AND t.template_id = ? ORDER BY t.id LIMIT 1",
                [owner.into(), template_id.into()],
            )
            .await?;
        match row {
            Some(row) => self.template_find_in_txn(row.try_get("", "id")?).await,
            None => Ok(None),
        }
    }

    /// The template a row of the server's own refers to.
    pub async fn template_find_in_txn(
        &self,
        id: Uuid,
    ) -> Result<Option<template::Model>, StoreError> {
        Ok(template::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// The languages a WABA has a template of this name in.
    pub async fn template_languages_in_txn(
        &self,
        waba: Uuid,
        name: &str,
    ) -> Result<Vec<String>, StoreError> {
        let found = template::Entity::find()
            .filter(template::Column::WabaId.eq(waba))
            .filter(template::Column::Name.eq(name))
            .order_by_asc(template::Column::Language)
            .all(&self.0)
            .await?;
        Ok(found.into_iter().map(|row| row.language).collect())
    }

    /// Writes what a webhook says, true as of `as_of`. False when what is known is younger.
    pub async fn template_change_in_txn(
        &self,
        id: Uuid,
        change: &TemplateChange,
        as_of: i64,
    ) -> Result<bool, StoreError> {
        let reason = change.rejected_reason.as_deref();
        let touched = self
            .run(
                "UPDATE template SET status = COALESCE(?, status), category = COALESCE(?, category), \
                 quality = COALESCE(?, quality), rejected_reason = NULLIF(COALESCE(?, rejected_reason), ''), \
                 synced_at = ? WHERE id = ? AND synced_at <= ?",
                [
                    change.status.as_deref().into(),
                    change.category.as_deref().into(),
                    change.quality.as_deref().into(),
                    reason.into(),
                    as_of.into(),
                    id.into(),
                    as_of.into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }

    /// Raises a notice, unless it is an old one or was dismissed already.
    pub async fn template_notice_in_txn(
        &self,
        id: Uuid,
        notice: &Notice,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE template SET notice = ?, notice_at = ? WHERE id = ? AND (notice_at IS NULL OR notice_at < ? \
             OR (notice IS NOT NULL AND notice_at = ?))",
            [
                notice.kept().into(),
                notice.at.into(),
                id.into(),
                notice.at.into(),
                notice.at.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Deletes a template; phones that had chosen it choose none.
    pub async fn template_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET default_template = NULL, template_when_closed = ? WHERE default_template = ?",
            [false.into(), id.into()],
        )
        .await?;
        self.run("DELETE FROM template WHERE id = ?", [id.into()])
            .await?;
        Ok(())
    }
}
