//! Who may be called, as the page lists it.

use super::super::Request;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use crate::store::entities::call_permission;
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
        let now = self.state.clock.now();
        let question = CallPermissionQuestion {
            scope: scope_of(&permit),
            status: query.filter.status.map(PermissionStatus::as_str),
            search: &query.search,
            descending: match query.sort.by {
                CallPermissionSort::Changed => query.sort.descending,
            },
            slice: slice(&query),
            now,
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
            rows: views.into_iter().map(|view| row(view, now)).collect(),
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

/// How long what Meta said of its limits counts, in milliseconds: they are limits of a day.
const DAY: i64 = 86_400_000;

/// What of Meta's limits still counts at a time: requests, calls, and since when one may ask again. Meta says nothing
/// when a limit ends, so it must end here, or nobody could ever ask again.
fn limits(row: &call_permission::Model, now: i64) -> (Option<i64>, Option<i64>, Option<i64>) {
    let is_fresh = row.checked_at.is_some_and(|at| now < at + DAY);
    let again_at = row.again_at.filter(|at| now < *at);
    let stays = |left: &i64| match row.again_at {
        Some(_) if *left == 0 => again_at.is_some(),
        Some(_) | None => is_fresh,
    };
    let requests = row.requests_left.filter(stays);
    (requests, row.calls_left.filter(|_| is_fresh), again_at)
}

fn row(view: CallPermissionView, now: i64) -> CallPermissionRow {
    let (requests_left, calls_left, again_at) = limits(&view.row, now);
    let row = view.row;
    CallPermissionRow {
        id: CallPermissionId::new(row.id),
        phone: view.phone,
        name: view.name,
        customer: view.customer,
        status: status_of(&row.status),
        asked_at: row.asked_at.map(Moment),
        expires_at: row.expires_at.map(Moment),
        requests_left: requests_left.map(count),
        calls_left: calls_left.map(count),
        again_at: again_at.map(Moment),
        unanswered: count(row.unanswered.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn said(left: i64, again_at: Option<i64>) -> call_permission::Model {
        call_permission::Model {
            id: Uuid::nil(),
            phone_id: Uuid::nil(),
            contact_id: Uuid::nil(),
            status: "asked".to_owned(),
            asked_at: Some(0),
            expires_at: None,
            requests_left: Some(left),
            calls_left: Some(9),
            again_at,
            unanswered: 0,
            checked_at: Some(0),
            updated_at: 0,
        }
    }

    #[test]
    fn a_limit_ends_without_word_from_meta() {
        let reached = said(0, Some(3 * DAY));
        assert_eq!(limits(&reached, 1), (Some(0), Some(9), Some(3 * DAY)));
        assert_eq!(limits(&reached, 2 * DAY), (Some(0), None, Some(3 * DAY)));
        assert_eq!(limits(&reached, 3 * DAY), (None, None, None));
        let of_a_day = said(0, None);
        assert_eq!(limits(&of_a_day, DAY - 1), (Some(0), Some(9), None));
        assert_eq!(limits(&of_a_day, DAY), (None, None, None));
    }
}
