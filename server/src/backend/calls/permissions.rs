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

/// A request may be sent a day after the last one, where Meta did not say when.
const DAY: i64 = 24 * 60 * 60 * 1000;

fn row(view: CallPermissionView, now: i64) -> CallPermissionRow {
    let row = view.row;
    let (requests_left, again_at) = left(&row, now);
    CallPermissionRow {
        id: CallPermissionId::new(row.id),
        phone: view.phone,
        name: view.name,
        customer: view.customer,
        status: status_of(&row.status),
        asked_at: row.asked_at.map(Moment),
        expires_at: row.expires_at.map(Moment),
        requests_left: requests_left.map(count),
        calls_left: row.calls_left.map(count),
        again_at: again_at.map(Moment),
        unanswered: count(row.unanswered.into()),
    }
}

/// How many requests are left and when there are more. A limit that has run out of time is none: how many are left now
/// is known when Meta is asked again.
fn left(row: &call_permission::Model, now: i64) -> (Option<i64>, Option<i64>) {
    let last = row.asked_at.max(row.checked_at);
    let again = row.again_at.or(last.map(|at| at.saturating_add(DAY)));
    if row.requests_left == Some(0) && again.is_none_or(|again| again <= now) {
        return (None, None);
    }
    (row.requests_left, row.again_at.filter(|at| *at > now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_limit_ends_with_its_time() {
        let row = |left, again_at| call_permission::Model {
            id: Uuid::nil(),
            phone_id: Uuid::nil(),
            contact_id: Uuid::nil(),
            status: "asked".to_owned(),
            asked_at: Some(100),
            expires_at: None,
            requests_left: left,
            calls_left: None,
            again_at,
            unanswered: 0,
            checked_at: Some(50),
            updated_at: 100,
        };
        let used_up = row(Some(0), Some(900));
        assert_eq!(left(&used_up, 899), (Some(0), Some(900)));
        assert_eq!(left(&used_up, 900), (None, None));
        let unsaid = row(Some(0), None);
        assert_eq!(left(&unsaid, 100 + DAY - 1), (Some(0), None));
        assert_eq!(left(&unsaid, 100 + DAY), (None, None));
        assert_eq!(left(&row(Some(1), Some(900)), 901), (Some(1), None));
    }
}
