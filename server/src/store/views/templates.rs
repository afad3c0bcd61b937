//! Templates as a page lists them.

use super::query::{Conditions, List, Slice, pattern};
use crate::store::entities::template;
use crate::store::{Scope, Store, StoreError};
use sea_orm::{FromQueryResult, QueryResult};
use uuid::Uuid;

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum TemplateOrder {
    /// By name.
    Name,
    /// By language.
    Language,
    /// By Meta's word for its status.
    Status,
    /// By Meta's word for its category.
    Category,
}

/// What to list.
pub struct TemplateQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// Of this WABA.
    pub waba: Uuid,
    /// Name, language or Meta's id.
    pub search: &'a str,
    /// With one of these statuses; empty for any.
    pub statuses: &'a [&'a str],
    /// Of this category; Meta's word.
    pub category: Option<&'a str>,
    /// In this language, as Meta writes it.
    pub language: Option<&'a str>,
    /// Only those that people are to know something of, or that cannot be read.
    pub noticed: bool,
    /// Sorted by.
    pub order: TemplateOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

/// How many templates of a WABA there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TemplateCounts {
    /// In all.
    pub all: i64,
    /// That can be sent.
    pub approved: i64,
    /// That cannot be read.
    pub unreadable: i64,
    /// That people are to know something of.
    pub noticed: i64,
    /// That are hidden from Bitrix24.
    pub hidden: i64,
}

const FROM: &str = "FROM template t JOIN waba w ON w.id = t.waba_id";

const COLUMNS: &str = "t.id, t.waba_id, t.template_id, t.name, t.language, t.status, t.category, t.quality, \
     t.rejected_reason, t.raw, t.unreadable, t.hidden, t.notice, t.notice_at, t.synced_at, t.created_at";

impl Store {
    /// One slice of the templates asked for, and how many there are in all; none of a WABA that may not be seen.
    pub async fn templates_view(
        &self,
        question: &TemplateQuestion<'_>,
    ) -> Result<(Vec<template::Model>, i64), StoreError> {
        let mut conditions = Conditions::within_wabas(question.scope, "w");
        conditions.and("t.waba_id = ?", [question.waba.into()]);
        if !question.search.trim().is_empty() {
            let like = pattern(question.search);
            conditions.and(
                "(LOWER(t.name) LIKE ? ESCAPE '\\' OR LOWER(t.language) LIKE ? ESCAPE '\\' \
                 OR t.template_id LIKE ? ESCAPE '\\')",
                [(); 3].map(|()| like.as_str().into()),
            );
        }
        if !question.statuses.is_empty() {
            conditions.among("t.status", question.statuses);
        }
        if let Some(category) = question.category {
            conditions.and("t.category = ?", [category.into()]);
        }
        if let Some(language) = question.language {
            conditions.and("t.language = ?", [language.into()]);
        }
        if question.noticed {
            conditions.and("(t.notice IS NOT NULL OR t.unreadable IS NOT NULL)", []);
        }
        let list = List {
            columns: COLUMNS,
            from: FROM,
            count_from: FROM,
            order: match question.order {
                TemplateOrder::Name => "t.name",
                TemplateOrder::Language => "t.language",
                TemplateOrder::Status => "t.status",
                TemplateOrder::Category => "t.category",
            },
            // A name is there once for each language.
            id: match question.order {
                TemplateOrder::Name => "t.language",
                TemplateOrder::Language | TemplateOrder::Status | TemplateOrder::Category => "t.id",
            },
            descending: question.descending,
            slice: question.slice,
        };
        let (rows, total) = self.sliced(&list, &conditions).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
    }

    /// How many templates a WABA has; none of one that may not be seen.
    pub async fn template_counts(
        &self,
        scope: Scope,
        waba: Uuid,
    ) -> Result<TemplateCounts, StoreError> {
        let mut conditions = Conditions::within_wabas(scope, "w");
        conditions.and("t.waba_id = ?", [waba.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT COUNT(*) AS every, COUNT(CASE WHEN t.status = 'APPROVED' THEN 1 END) AS approved, \
             COUNT(t.unreadable) AS unreadable, COUNT(t.notice) AS noticed, \
             COUNT(CASE WHEN t.hidden THEN 1 END) AS hidden {FROM} WHERE {words}"
        );
        let rows = self.rows(&sql, values).await?;
        rows.first()
            .map_or_else(|| Ok(TemplateCounts::default()), counts)
    }

    /// WABAs of whose templates people are to know something, by name: id, name and of how many templates.
    pub async fn templates_news(
        &self,
        scope: Scope,
    ) -> Result<Vec<(Uuid, String, i64)>, StoreError> {
        let mut conditions = Conditions::within_wabas(scope, "w");
        conditions.and("t.notice IS NOT NULL", []);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT w.id, w.name, COUNT(*) AS noticed {FROM} WHERE {words} GROUP BY w.id, w.name ORDER BY w.name"
        );
        let rows = self.rows(&sql, values).await?;
        let news = |row: &QueryResult| {
            let (id, name) = (row.try_get("", "id")?, row.try_get("", "name")?);
            Ok((id, name, row.try_get("", "noticed")?))
        };
        rows.iter().map(news).collect()
    }

    /// The languages of a WABA's templates; none of one that may not be seen.
    pub async fn template_languages(
        &self,
        scope: Scope,
        waba: Uuid,
    ) -> Result<Vec<String>, StoreError> {
        let mut conditions = Conditions::within_wabas(scope, "w");
        conditions.and("t.waba_id = ?", [waba.into()]);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT DISTINCT t.language {FROM} WHERE {words} AND t.language <> '' ORDER BY t.language"
        );
        let rows = self.rows(&sql, values).await?;
        let language = |row: &QueryResult| Ok(row.try_get("", "language")?);
        rows.iter().map(language).collect()
    }

    /// The templates of a WABA that can be chosen for a phone: readable, sendable and not hidden, by name.
    pub async fn templates_sendable(
        &self,
        scope: Scope,
        waba: Uuid,
    ) -> Result<Vec<template::Model>, StoreError> {
        let mut conditions = Conditions::within_wabas(scope, "w");
        conditions.and("t.waba_id = ?", [waba.into()]);
        conditions.and(
            "t.status = 'APPROVED' AND t.unreadable IS NULL AND NOT t.hidden",
            [],
        );
        let (words, values) = conditions.finish([]);
        let sql = format!("SELECT {COLUMNS} {FROM} WHERE {words} ORDER BY t.name, t.language");
        let rows = self.rows(&sql, values).await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &QueryResult) -> Result<template::Model, StoreError> {
    Ok(template::Model::from_query_result(row, "")?)
}

fn counts(row: &QueryResult) -> Result<TemplateCounts, StoreError> {
    Ok(TemplateCounts {
        all: row.try_get("", "every")?,
        approved: row.try_get("", "approved")?,
        unreadable: row.try_get("", "unreadable")?,
        noticed: row.try_get("", "noticed")?,
        hidden: row.try_get("", "hidden")?,
    })
}
