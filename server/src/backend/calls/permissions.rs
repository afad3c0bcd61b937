//! Who may be called, as the page lists it.

use super::super::Request;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use crate::store::views::{CallPermissionQuestion, CallPermissionView, Slice};
use app::model::{
    CallPermissionFilter, CallPermissionId, CallPermissionRow, CallPermissionSort, Moment, Page,
    PageQuery, PermissionStatus, Permit, Problem, see,
};

impl Request {
    pub(super) async fn call_permissions_page(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallPermissionFilter>,
    ) -> Result<Page<CallPermissionRow>, Problem> {
        let question = CallPermissionQuestion {
            scope: scope_of(&permit),
            status: query.filter.status.map(PermissionStatus::as_str),
            search: &query.search,
            descending: match query.sort.by {
                CallPermissionSort::Changed => query.sort.descending,
            },
            slice: slice(&query),
            now: self.state.clock.now(),
        };
        let store = &self.state.store;
        let found = store.call_permissions_view(&question).await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        let nothing_at_all = total == 0 && {
            let every = CallPermissionQuestion {
                status: None,
                search: "",
                slice: Slice {
                    limit: 1,
                    offset: 0,
                },
                ..question
            };
            let every = store.call_permissions_view(&every).await;
            every.map_err(|error| self.store_problem(error))?.1 == 0
        };
        Ok(Page {
            rows: views.into_iter().map(row).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all,
        })
    }
}

fn status_of(word: &str) -> PermissionStatus {
    let known = PermissionStatus::ALL.into_iter();
    let mut known = known.filter(|status| status.as_str() == word);
    known.next().unwrap_or(PermissionStatus::None)
}

fn row(view: CallPermissionView) -> CallPermissionRow {
    let row = view.row;
    CallPermissionRow {
        id: CallPermissionId::new(row.id),
        phone: view.phone,
        name: view.name,
        customer: view.customer,
        status: status_of(&row.status),
        asked_at: row.asked_at.map(Moment),
        expires_at: row.expires_at.map(Moment),
        requests_left: row.requests_left.map(count),
        calls_left: row.calls_left.map(count),
        again_at: row.again_at.map(Moment),
        unanswered: count(row.unanswered.into()),
    }
}
