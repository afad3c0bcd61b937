//! Templates as lists and pages show them.

use super::super::Request;
use super::super::checks::check;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use super::preview::{beginning, preview, variables};
use crate::connect::name;
use crate::errands::Errand;
use crate::store::entities::{template, waba};
use crate::store::views::{Slice, TemplateOrder, TemplateQuestion};
use crate::store::{Scope, StoreError};
use crate::translate::Language;
use crate::translate::template::signature;
use crate::whatsapp::templates::Template;
use app::model::{
    Moment, Page, PageQuery, Permit, PhoneId, Problem, TemplateCategory, TemplateDetail,
    TemplateFilter, TemplateId, TemplateNotice, TemplatePhone, TemplateQuality, TemplateRow,
    TemplateSort, TemplateStatus, TemplatesPage, WabaId, see,
};
use app::preferences::language_of_request;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most notices and unreadable templates that are named at once.
const NAMED: u32 = 50;

impl Request {
    pub(super) async fn templates_page(
        &self,
        permit: Permit<see::Templates>,
        id: WabaId,
        query: PageQuery<TemplateFilter>,
    ) -> Result<TemplatesPage, Problem> {
        let scope = scope_of(&permit);
        let waba = self.waba_row(scope, id).await?;
        let read = self.templates_read(scope, waba, query).await;
        read.map_err(|error| self.store_problem(error))
    }

    async fn templates_read(
        &self,
        scope: Scope,
        waba: waba::Model,
        query: PageQuery<TemplateFilter>,
    ) -> Result<TemplatesPage, StoreError> {
        let store = &self.state.store;
        let category = query.filter.category.map(TemplateCategory::as_str);
        let language = Some(query.filter.language.as_str()).filter(|code| !code.is_empty());
        let question = TemplateQuestion {
            search: &query.search,
            statuses: query.filter.status.words(),
            category,
            language,
            order: match query.sort.by {
                TemplateSort::Name => TemplateOrder::Name,
                TemplateSort::Language => TemplateOrder::Language,
                TemplateSort::Category => TemplateOrder::Category,
                TemplateSort::Status => TemplateOrder::Status,
            },
            descending: query.sort.descending,
            slice: slice(&query),
            ..every(scope, waba.id)
        };
        let (rows, total) = store.templates_view(&question).await?;
        let news = TemplateQuestion {
            noticed: true,
            ..every(scope, waba.id)
        };
        let (news, _) = store.templates_view(&news).await?;
        let counts = store.template_counts(scope, waba.id).await?;
        let (synced_at, _) = store.waba_templates_read(waba.id).await?;
        let checks = self.checks_now(&[waba.id]).await?;
        let asked = checks
            .into_iter()
            .find(|found| found.name == name::TEMPLATES);
        let unreadable = news.iter().filter(|row| row.unreadable.is_some());
        let unreadable = unreadable.map(|row| {
            let named = format!("{} {}", row.name, row.language);
            (TemplateId::new(row.id), named.trim_end().to_owned())
        });
        Ok(TemplatesPage {
            waba: WabaId::new(waba.id),
            page: Page {
                rows: rows.iter().map(row).collect(),
                page: query.page.max(1),
                per_page: query.rows(),
                total: count(total),
                nothing_at_all: counts.all == 0,
            },
            synced_at: synced_at.map(Moment),
            is_syncing: self.is_syncing(waba.id).await?,
            check: asked.map(check),
            unreadable: unreadable.collect(),
            languages: store.template_languages(scope, waba.id).await?,
            notices: news.iter().filter_map(notice).collect(),
            waba_name: waba.name,
        })
    }

    /// Whether Meta is being asked now, or will be in a moment.
    async fn is_syncing(&self, waba: Uuid) -> Result<bool, StoreError> {
        let kind = Errand::TemplatesSync { waba }.kind();
        let errand = self.state.store.errand_find(kind, waba).await?;
        let now = self.state.clock.now();
        Ok(errand.is_some_and(|errand| errand.due_at <= now))
    }

    pub(super) async fn template_detail(
        &self,
        permit: Permit<see::Templates>,
        id: TemplateId,
    ) -> Result<TemplateDetail, Problem> {
        let scope = scope_of(&permit);
        let (template, waba) = self.template_row(scope, id).await?;
        let read = self.template_read(scope, template, waba).await;
        read.map_err(|error| self.store_problem(error))
    }

    async fn template_read(
        &self,
        scope: Scope,
        template: template::Model,
        waba: waba::Model,
    ) -> Result<TemplateDetail, StoreError> {
        let store = &self.state.store;
        let read = readable(&template);
        let mut phones = Vec::new();
        for phone in store.phones(scope).await? {
            if phone.waba_id != waba.id {
                continue;
            }
            let choices = store.phone_choices(phone.id).await?;
            phones.push(TemplatePhone {
                id: PhoneId::new(phone.id),
                phone: format!("+{}", phone.phone.trim_start_matches('+')),
                is_default: choices.default_template == Some(template.id),
                has_other: choices
                    .default_template
                    .is_some_and(|other| other != template.id),
                when_closed: choices.template_when_closed,
            });
        }
        let named = TemplateQuestion {
            search: &template.name,
            ..every(scope, waba.id)
        };
        let (named, _) = store.templates_view(&named).await?;
        let siblings = named.into_iter();
        let siblings =
            siblings.filter(|other| other.name == template.name && other.id != template.id);
        Ok(TemplateDetail {
            row: row(&template),
            waba: WabaId::new(waba.id),
            waba_name: waba.name,
            preview: read.as_ref().map(preview),
            codes: read.as_ref().map(codes),
            variables: read.as_ref().map(variables).unwrap_or_default(),
            notice: notice(&template),
            phones,
            siblings: siblings
                .map(|other| (TemplateId::new(other.id), other.language))
                .collect(),
            synced_at: Moment(template.synced_at),
            template_id: template.template_id,
        })
    }
}

/// All templates of a WABA, as far as they are named at once.
const fn every(scope: Scope, waba: Uuid) -> TemplateQuestion<'static> {
    TemplateQuestion {
        scope,
        waba,
        search: "",
        statuses: &[],
        category: None,
        language: None,
        noticed: false,
        order: TemplateOrder::Name,
        descending: false,
        slice: Slice {
            limit: NAMED,
            offset: 0,
        },
    }
}

/// The template, where it can be read.
fn readable(row: &template::Model) -> Option<Template> {
    let raw = serde_json::from_str(&row.raw).ok()?;
    let read = Template::read(&raw).ok()?;
    row.unreadable.is_none().then_some(read)
}

/// Why it cannot be read, in the reader's language; as it was kept where this version can read it.
fn why_unreadable(row: &template::Model, kept: &str) -> String {
    let raw = serde_json::from_str(&row.raw).ok();
    let why = raw.and_then(|raw| Template::read(&raw).err());
    let language = Language::of_code(language_of_request());
    why.map_or_else(|| kept.to_owned(), |why| why.words(language).to_owned())
}

/// The code as it is written in a chat, and in the SMS field, where nothing else begins so.
fn codes(template: &Template) -> (String, String) {
    let chat = signature(template);
    let sms = chat.strip_prefix("template-").unwrap_or(&chat).to_owned();
    (chat, sms)
}

fn row(row: &template::Model) -> TemplateRow {
    TemplateRow {
        id: TemplateId::new(row.id),
        name: row.name.clone(),
        language: row.language.clone(),
        status: TemplateStatus::of(&row.status),
        status_word: row.status.clone(),
        category: TemplateCategory::of(&row.category),
        quality: row.quality.as_deref().and_then(TemplateQuality::of),
        rejection: row.rejected_reason.clone(),
        beginning: readable(row).as_ref().map(beginning).unwrap_or_default(),
        offered: !row.hidden,
        unreadable: row
            .unreadable
            .as_deref()
            .map(|kept| why_unreadable(row, kept)),
    }
}

/// What happened to it and was not seen yet.
fn notice(row: &template::Model) -> Option<TemplateNotice> {
    #[derive(serde::Deserialize)]
    struct Kept {
        code: String,
        #[serde(default)]
        args: BTreeMap<String, String>,
    }
    let kept: Kept = serde_json::from_str(row.notice.as_deref()?).ok()?;
    Some(TemplateNotice {
        id: TemplateId::new(row.id),
        name: row.name.clone(),
        language: row.language.clone(),
        code: kept.code,
        args: kept.args,
        at: Moment(row.notice_at.unwrap_or(row.synced_at)),
    })
}
