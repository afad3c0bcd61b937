//! All templates of a WABA, as Meta listed them.

use super::entities::template;
use super::sql::placeholders;
use super::{Notice, Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows one statement names; below the least number of values an engine takes.
const TOGETHER: usize = 400;

/// What Meta says of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFacts {
    /// Meta's id, one per language.
    pub template_id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its language, as Meta writes it.
    pub language: String,
    /// Meta's word.
    pub status: String,
    /// Meta's word.
    pub category: String,
    /// Meta's word.
    pub quality: Option<String>,
    /// Meta's word, where it was rejected.
    pub rejected_reason: Option<String>,
    /// Meta's whole answer.
    pub raw: String,
    /// Why it cannot be read, where it cannot.
    pub unreadable: Option<String>,
}

impl TemplateFacts {
    fn is_in(&self, row: &template::Model) -> bool {
        let known = Self {
            template_id: row.template_id.clone(),
            name: row.name.clone(),
            language: row.language.clone(),
            status: row.status.clone(),
            category: row.category.clone(),
            quality: row.quality.clone(),
            rejected_reason: row.rejected_reason.clone(),
            raw: row.raw.clone(),
            unreadable: row.unreadable.clone(),
        };
        *self == known
    }

    fn row(self, waba: Uuid, as_of: i64) -> template::Model {
        template::Model {
            id: Uuid::now_v7(),
            waba_id: waba,
            template_id: self.template_id,
            name: self.name,
            language: self.language,
            status: self.status,
            category: self.category,
            quality: self.quality,
            rejected_reason: self.rejected_reason,
            raw: self.raw,
            unreadable: self.unreadable,
            hidden: false,
            notice: None,
            notice_at: None,
            synced_at: as_of,
            created_at: as_of,
        }
    }
}

impl Txn {
    /// Keeps these templates of a WABA, true as of `as_of`, and forgets all others. What webhooks said later than that
    /// stays, and so does what people chose: whether a template is hidden, and which one a phone falls back on.
    /// `tell` says what people are to know of a change.
    pub async fn templates_put_in_txn(
        &self,
        waba: Uuid,
        listed: Vec<TemplateFacts>,
        as_of: i64,
        tell: impl Fn(&template::Model, &TemplateFacts) -> Option<Notice>,
    ) -> Result<(), StoreError> {
        let known = template::Entity::find()
            .filter(template::Column::WabaId.eq(waba))
            .all(&self.0)
            .await?;
        let mut known: HashMap<(String, String), template::Model> = known
            .into_iter()
            .map(|row| ((row.name.clone(), row.language.clone()), row))
            .collect();
        let mut seen: HashMap<(String, String), TemplateFacts> = HashMap::new();
        for facts in listed {
            seen.insert((facts.name.clone(), facts.language.clone()), facts);
        }
        let mut same: Vec<Uuid> = Vec::new();
        for (key, facts) in seen {
            let Some(row) = known.remove(&key) else {
                let row = facts.row(waba, as_of).into_active_model();
                template::Entity::insert(row)
                    .exec_without_returning(&self.0)
                    .await?;
                continue;
            };
            if row.synced_at > as_of {
                continue;
            }
            if facts.is_in(&row) {
                same.push(row.id);
                continue;
            }
            if let Some(notice) = tell(&row, &facts) {
                self.template_notice_in_txn(row.id, &notice).await?;
            }
            self.template_put_in_txn(row.id, facts, as_of).await?;
        }
        for ids in same.chunks(TOGETHER) {
            let mut values: Vec<Value> = vec![as_of.into()];
            values.extend(ids.iter().map(|id| Value::from(*id)));
            let marks = placeholders(ids.len());
            let sql = format!("UPDATE template SET synced_at = ? WHERE id IN ({marks})");
            self.run_of(&sql, values).await?;
        }
        // What is known of later than this list cannot be missing from it.
        let gone = known.into_values().filter(|row| row.synced_at <= as_of);
        for row in gone {
            self.template_delete_in_txn(row.id).await?;
        }
        Ok(())
    }

    async fn template_put_in_txn(
        &self,
        id: Uuid,
        facts: TemplateFacts,
        as_of: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE template SET template_id = ?, status = ?, category = ?, quality = ?, rejected_reason = ?, \
             raw = ?, unreadable = ?, synced_at = ? WHERE id = ?",
            [
                facts.template_id.into(),
                facts.status.into(),
                facts.category.into(),
                facts.quality.into(),
                facts.rejected_reason.into(),
                facts.raw.into(),
                facts.unreadable.into(),
                as_of.into(),
                id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Keeps one template as Meta has just made or changed it; answers its id here.
    pub async fn template_keep_in_txn(
        &self,
        waba: Uuid,
        facts: TemplateFacts,
        as_of: i64,
    ) -> Result<Uuid, StoreError> {
        let known = self
            .template_by_name_in_txn(waba, &facts.name, &facts.language)
            .await?;
        if let Some(row) = known {
            self.template_put_in_txn(row.id, facts, as_of).await?;
            return Ok(row.id);
        }
        let row = facts.row(waba, as_of);
        let id = row.id;
        template::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(id)
    }

    /// Notes when all templates of a WABA were read, and how many could not be understood.
    pub async fn waba_templates_note_in_txn(
        &self,
        waba: Uuid,
        at: i64,
        unreadable: usize,
    ) -> Result<(), StoreError> {
        let unreadable = i32::try_from(unreadable).unwrap_or(i32::MAX);
        self.run(
            "UPDATE waba SET templates_at = ?, templates_unreadable = ? WHERE id = ?",
            [at.into(), unreadable.into(), waba.into()],
        )
        .await?;
        Ok(())
    }
}

impl Store {
    /// When all templates of a WABA were last read (milliseconds), and how many could not be understood. Whoever asks
    /// has found the WABA with its owner.
    pub async fn waba_templates_read(&self, waba: Uuid) -> Result<(Option<i64>, i32), StoreError> {
        let row = self
            .row(
                "SELECT templates_at, templates_unreadable FROM waba WHERE id = ?",
                [waba.into()],
            )
            .await?;
        row.map_or(Ok((None, 0)), |row| {
            Ok((
                row.try_get("", "templates_at")?,
                row.try_get("", "templates_unreadable")?,
            ))
        })
    }
}
