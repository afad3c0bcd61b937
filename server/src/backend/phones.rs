//! Business numbers for the panel.

use super::Request;
use super::phone_form::left;
use super::scope::{count, scope_of};
use crate::bus::Topic;
use crate::errands::Errand;
use crate::store::entities::phone;
use crate::store::views::{PhoneOrder, PhoneQuestion, PhoneView, Slice};
use app::backend;
use app::model::{
    LineChoice, LinePage, LinkFilter, LinkState, Moment, Page, PageQuery, Permit, PhoneChoices,
    PhoneDetail, PhoneFilter, PhoneForm, PhoneId, PhoneLoss, PhoneRow, PhoneSort, PortalId,
    Problem, ProblemCode, change, see,
};
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl backend::Phones for Request {
    async fn list(
        &self,
        permit: Permit<see::Phones>,
        query: PageQuery<PhoneFilter>,
    ) -> Result<Page<PhoneRow>, Problem> {
        let question = PhoneQuestion {
            scope: scope_of(&permit),
            linked: match query.filter.link {
                LinkFilter::All => None,
                LinkFilter::Linked => Some(true),
                LinkFilter::Attention => Some(false),
            },
            search: &query.search,
            order: match query.sort.by {
                PhoneSort::Phone => PhoneOrder::Phone,
                PhoneSort::Waba => PhoneOrder::Waba,
                PhoneSort::Checked => PhoneOrder::Checked,
            },
            descending: query.sort.descending,
            slice: slice(&query),
        };
        let found = self.state.store.phones_view(&question).await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        Ok(Page {
            rows: views.into_iter().map(row).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: total == 0 && !query.is_narrowed(),
        })
    }

    async fn find(&self, permit: Permit<see::Phones>, id: PhoneId) -> Result<PhoneDetail, Problem> {
        self.phone_detail(permit, id).await
    }

    async fn choices(&self, permit: Permit<see::Phones>) -> Result<PhoneChoices, Problem> {
        self.phone_offers(permit).await
    }

    async fn save(
        &self,
        permit: Permit<change::Phones>,
        id: Option<PhoneId>,
        form: PhoneForm,
    ) -> Result<PhoneId, Problem> {
        self.phone_save(permit, id, form).await
    }

    async fn loss(&self, permit: Permit<see::Phones>, id: PhoneId) -> Result<PhoneLoss, Problem> {
        self.phone_losses(permit, id).await
    }

    async fn delete(&self, permit: Permit<change::Phones>, id: PhoneId) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let gone = phone::Model {
            line_id: None,
            ..phone.clone()
        };
        let now = self.state.clock.now();
        let deleted = async {
            let txn = self.state.store.begin().await?;
            txn.phone_delete_in_txn(phone.id).await?;
            if let Some(off) = left(&phone, &gone) {
                txn.errand_put_in_txn(&off.row(now, now)?).await?;
            }
            txn.commit().await
        };
        deleted.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.errand_came();
        for topic in [Topic::Phones, Topic::Portals, Topic::Overview, Topic::Wabas] {
            self.state.bus.changed(phone.owner_id, topic);
        }
        Ok(())
    }

    async fn check(&self, permit: Permit<change::Phones>, id: PhoneId) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let mut errands = vec![
            Errand::PhoneCheck { phone: phone.id },
            Errand::WabaCheck {
                waba: phone.waba_id,
            },
        ];
        errands.extend(phone.portal_id.map(|portal| Errand::PortalCheck { portal }));
        self.phone_errand(&phone, &errands).await
    }

    async fn link(
        &self,
        permit: Permit<change::Phones>,
        id: PhoneId,
        line: Option<i64>,
    ) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let portal = match (phone.portal_id, self.frame_portal().await?) {
            (Some(portal), _) => portal,
            // Chosen for a line in the contact centre: that portal is meant.
            (None, Some(portal)) if line.is_some() => portal,
            (None, _) => return Err(Problem::new(ProblemCode::PortalNotReady)),
        };
        let portal = self
            .portal(scope_of(&permit), PortalId::new(portal))
            .await?;
        if portal.owner_id != phone.owner_id {
            return Err(Problem::new(ProblemCode::NotFound));
        }
        let mut wanted = phone.clone();
        wanted.portal_id = Some(portal.id);
        if line.is_some() && line != phone.line_id {
            wanted.line_wanted = line;
            wanted.line_id = None;
            wanted.connector = None;
        }
        wanted.link_state = "linking".to_owned();
        let off = left(&phone, &wanted);
        let written = async {
            let txn = self.state.store.begin().await?;
            txn.phone_update_in_txn(wanted).await?;
            txn.commit().await
        };
        written.await.map_err(|error| self.store_problem(error))?;
        let mut errands = vec![Errand::PhoneLink { phone: phone.id }];
        errands.extend(off);
        self.phone_errand(&phone, &errands).await
    }

    async fn lines(
        &self,
        permit: Permit<see::Phones>,
        id: PhoneId,
    ) -> Result<Vec<LineChoice>, Problem> {
        self.portal_lines(permit, id).await
    }

    async fn line_page(&self, permit: Permit<see::Phones>, line: i64) -> Result<LinePage, Problem> {
        self.line_of_frame(permit, line).await
    }
}

impl Request {
    /// The portal around the page, where there is one.
    async fn frame_portal(&self) -> Result<Option<Uuid>, Problem> {
        let Some(key) = self.exchange.frame_key() else {
            return Ok(None);
        };
        let framed = self.accounts().frame_find(&key).await;
        let framed = framed.map_err(|error| self.account_problem(error))?;
        Ok(framed.map(|framed| framed.portal))
    }
}

/// The slice of a list that a page shows.
pub(super) fn slice<F: app::model::Filter>(query: &PageQuery<F>) -> Slice {
    Slice {
        limit: query.rows(),
        offset: u32::try_from(query.offset()).unwrap_or(u32::MAX),
    }
}

/// The state of a link, from its word in the database.
pub(super) fn link_state(word: &str, reason: Option<String>) -> LinkState {
    match word {
        "linked" => LinkState::Linked,
        "failed" => LinkState::Failed(reason.unwrap_or_default()),
        "not_linked" => LinkState::NotLinked,
        _ => LinkState::Unchecked,
    }
}

pub(super) fn row(view: PhoneView) -> PhoneRow {
    PhoneRow {
        id: PhoneId::new(view.id),
        phone: view.phone,
        phone_id: view.phone_id,
        waba_name: view.waba,
        portal: view.portal,
        line_id: view.line_id,
        connector: view.connector,
        sms_service: view.sms_service,
        link: link_state(&view.link_state, view.link_reason),
        checked_at: view.checked_at.map(Moment),
    }
}
