//! Calls as the page lists them, with the last days.

use super::super::Request;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use crate::inbox::{CallFailure, outcome_of};
use crate::store::Scope;
use crate::store::views::{CallCount, CallOrder, CallQuestion, CallView, Slice};
use crate::translate::Language;
use crate::whatsapp::errors::explain;
use app::model::{
    CallDay, CallDirection, CallFilter, CallId, CallOutcome, CallRow, CallSort, CallsPage, Moment,
    Page, PageQuery, Permit, Problem, see,
};
use app::preferences::language_of_request;

/// Days in the chart.
const DAYS: i64 = 14;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

impl Request {
    pub(super) async fn calls_page(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<CallsPage, Problem> {
        let scope = scope_of(&permit);
        let (views, total) = self.calls_asked(scope, &query, slice(&query)).await?;
        let nothing_at_all = total == 0 && {
            let one = Slice {
                limit: 1,
                offset: 0,
            };
            let every = PageQuery::<CallFilter>::default();
            self.calls_asked(scope, &every, one).await?.1 == 0
        };
        let today = self.state.clock.now().div_euclid(DAY);
        let store = &self.state.store;
        let counts = store.calls_by_day(scope, (today - DAYS + 1) * DAY).await;
        let counts = counts.map_err(|error| self.store_problem(error))?;
        let language = Language::of_code(language_of_request());
        Ok(CallsPage {
            list: Page {
                rows: views.into_iter().map(|view| row(view, language)).collect(),
                page: query.page.max(1),
                per_page: query.rows(),
                total: count(total),
                nothing_at_all,
            },
            days: days(&counts, today),
        })
    }

    /// One slice of what a query asks for, and how many there are.
    pub(super) async fn calls_asked(
        &self,
        scope: Scope,
        query: &PageQuery<CallFilter>,
        slice: Slice,
    ) -> Result<(Vec<CallView>, i64), Problem> {
        let question = CallQuestion {
            scope,
            direction: query.filter.direction.map(CallDirection::as_str),
            outcome: query.filter.outcome.map(CallOutcome::as_str),
            search: &query.search,
            order: match query.sort.by {
                CallSort::Started => CallOrder::Started,
                CallSort::Duration => CallOrder::Duration,
            },
            descending: query.sort.descending,
            slice,
        };
        let found = self.state.store.calls_view(&question).await;
        found.map_err(|error| self.store_problem(error))
    }
}

/// A call as a page shows it.
pub(super) fn row(view: CallView, language: Language) -> CallRow {
    let failure = view.error.as_deref().and_then(CallFailure::read);
    CallRow {
        id: CallId::new(view.id),
        wacid: view.wacid,
        phone: view.phone,
        name: view.name,
        customer: view.customer,
        direction: if view.direction == CallDirection::Out.as_str() {
            CallDirection::Out
        } else {
            CallDirection::In
        },
        outcome: outcome_of(&view.outcome),
        started_at: Moment(view.started_at),
        duration: view.duration.map(count),
        error: failure.map(|failure| explain(&failure.as_error(), language)),
        in_crm: view.in_portal,
    }
}

/// One entry for each day up to today, oldest first.
pub(super) fn days(counts: &[CallCount], today: i64) -> Vec<CallDay> {
    let of_day = |day: i64| {
        let mut shown = CallDay {
            day: Moment(day * DAY),
            answered: 0,
            missed: 0,
            failed: 0,
        };
        for found in counts.iter().filter(|found| found.day == day) {
            match outcome_of(&found.outcome) {
                CallOutcome::Answered => shown.answered += count(found.count),
                CallOutcome::Missed | CallOutcome::Declined => shown.missed += count(found.count),
                CallOutcome::Failed => shown.failed += count(found.count),
                CallOutcome::Ringing | CallOutcome::Talking | CallOutcome::Unknown => {}
            }
        }
        shown
    };
    (today - DAYS + 1..=today).map(of_day).collect()
}
