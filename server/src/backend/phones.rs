//! Business numbers for the panel.

use super::Request;
use super::scope::{count, scope_of};
use crate::store::views::{PhoneOrder, PhoneQuestion, PhoneView, Slice};
use app::backend;
use app::model::{
    LinkFilter, LinkState, Moment, Page, PageQuery, Permit, PhoneFilter, PhoneId, PhoneRow,
    PhoneSort, Problem, see,
};
use async_trait::async_trait;

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

fn row(view: PhoneView) -> PhoneRow {
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
