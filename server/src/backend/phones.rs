//! Business numbers for the panel.

use super::Request;
use super::scope::{count, scope_of};
use crate::bus::Topic;
use crate::connect::phone::{ask_in_txn, leave_in_txn, leave_sender_in_txn};
use crate::store::views::{PhoneOrder, PhoneQuestion, PhoneView, Slice};
use app::backend;
use app::model::{
    LineChoice, LinePage, LinkFilter, Moment, Page, PageQuery, Permit, PhoneChoices, PhoneDetail,
    PhoneFilter, PhoneForm, PhoneId, PhoneLoss, PhoneRow, PhoneSort, PortalId, Problem,
    ProblemCode, change, see,
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
            rows: views.into_iter().map(|view| self.phone_row(view)).collect(),
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
        let now = self.state.clock.now();
        let deleted = async {
            let txn = self.state.store.begin().await?;
            // As it is now: it may have been linked while this was asked.
            if let Some(phone) = txn.phone_find_in_txn(phone.id).await? {
                leave_in_txn(&txn, &phone, now).await?;
                leave_sender_in_txn(&txn, phone.id, now).await?;
            }
            txn.phone_delete_in_txn(phone.id).await?;
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
        self.phone_check_ask(&phone).await
    }

    async fn register(
        &self,
        permit: Permit<change::Phones>,
        id: PhoneId,
        pin: String,
    ) -> Result<(), Problem> {
        self.phone_register(permit, id, &pin).await
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
        let now = self.state.clock.now();
        let asked = async {
            let txn = self.state.store.begin().await?;
            let is_there = ask_in_txn(&txn, phone.id, portal.id, line, now).await?;
            txn.commit().await?;
            Ok(is_there)
        };
        if !asked.await.map_err(|error| self.store_problem(error))? {
            return Err(Problem::new(ProblemCode::NotFound));
        }
        self.state.bus.errand_came();
        for topic in [Topic::Phones, Topic::Overview] {
            self.state.bus.changed(phone.owner_id, topic);
        }
        Ok(())
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
    /// A phone as a list shows it.
    pub(super) fn phone_row(&self, view: PhoneView) -> PhoneRow {
        let reason = view.link_reason.as_deref();
        PhoneRow {
            id: PhoneId::new(view.id),
            phone: view.phone,
            phone_id: view.phone_id,
            waba_name: view.waba,
            portal: view.portal,
            line_id: view.line_id,
            connector: view.connector,
            sms_service: view.sms_service,
            link: self.link_now(&view.link_state, reason, view.checked_at),
            checked_at: view.checked_at.map(Moment),
        }
    }

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
