//! What people do to the queue, for the panel.

use super::Request;
use super::deliveries;
use super::phones::slice;
use super::queue_rows::{cause_row, choices, destination_row, stored_cause};
use super::scope::{count, scope_of};
use crate::outbox::DeliveryState;
use crate::queue::{Act, Order, QueueDesk, REASON_LENGTH_MAX};
use crate::store::views::{DeliveryOrder, DeliveryQuestion, Slice};
use crate::store::{Actor, AuditView, CauseView, DeathCause, Scope, StoreError};
use crate::translate::Language;
use app::backend;
use app::model::{
    AuditRow, Caller, CauseDetail, CauseFilter, CauseKey, CauseRow, DeadLetter, DeadLetterAct,
    DeadLetterDone, DeliveryId, DeliveryRow, DestinationFilter, DestinationId, DestinationRow,
    DestinationStep, Moment, Page, PageQuery, Permit, PhoneId, Problem, ProblemCode, UserId, Which,
    change, see,
};
use app::preferences::language_of_request;
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl backend::Queue for Request {
    async fn causes(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<CauseFilter>,
    ) -> Result<Page<CauseRow>, Problem> {
        let language = Language::of_code(language_of_request());
        let (views, total) = self
            .state
            .store
            .causes_view(scope_of(&permit), slice(&query))
            .await
            .map_err(|error| self.store_problem(error))?;
        Ok(Page {
            rows: views
                .into_iter()
                .map(|view| cause_row(view, language))
                .collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: total == 0,
        })
    }

    async fn cause(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<CauseFilter>,
    ) -> Result<CauseDetail, Problem> {
        let missing = || Problem::new(ProblemCode::NotFound);
        let key = query.filter.cause.as_ref().ok_or_else(missing)?;
        let cause = stored_cause(key);
        let scope = scope_of(&permit);
        let found = self.cause_read(scope, &cause, slice(&query)).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let (view, doubles, rows) = found.ok_or_else(missing)?;
        let targets = self.targets(scope, &cause).await;
        Ok(CauseDetail {
            doubles: count(doubles),
            targets: targets.map_err(|error| self.store_problem(error))?,
            letters: Page {
                rows,
                page: query.page.max(1),
                per_page: query.rows(),
                total: count(view.total),
                nothing_at_all: false,
            },
            row: cause_row(view, Language::of_code(language_of_request())),
        })
    }

    async fn act(
        &self,
        permit: Permit<change::Deliveries>,
        caller: &Caller,
        which: Which,
        act: DeadLetterAct,
        reason: String,
    ) -> Result<DeadLetterDone, Problem> {
        let scope = scope_of(&permit);
        let actor = actor_of(caller);
        short(&reason)?;
        let order = Order {
            scope,
            actor: &actor,
            act: match act {
                DeadLetterAct::Replay { to } => Act::Replay {
                    to: to.map(PhoneId::uuid),
                },
                DeadLetterAct::Discard => Act::Discard,
            },
            reason: &reason,
        };
        let desk = QueueDesk::of(&self.state);
        let (done, more) = match which {
            Which::Chosen(ids) => {
                let ids: Vec<Uuid> = ids.into_iter().map(DeliveryId::uuid).collect();
                self.all_owned(scope, &ids).await?;
                let done = desk.act(&order, &ids).await;
                (done.map_err(|error| self.store_problem(error))?, false)
            }
            Which::All(key) => {
                let cause = stored_cause(&key);
                if !scope.covers(cause.owner) {
                    return Err(Problem::new(ProblemCode::NotFound));
                }
                let done = desk.act_on_cause(&order, &cause).await;
                done.map_err(|error| self.store_problem(error))?
            }
        };
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Ok(DeadLetterDone {
            done: number(done.done),
            left: number(done.left),
            more,
        })
    }

    async fn destinations(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<DestinationFilter>,
    ) -> Result<Page<DestinationRow>, Problem> {
        let found = self
            .state
            .store
            .destinations_view(scope_of(&permit), &query.search, slice(&query))
            .await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        let now = self.state.clock.now();
        Ok(Page {
            rows: views
                .into_iter()
                .map(|view| destination_row(view, Vec::new(), now))
                .collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: total == 0 && query.search.is_empty(),
        })
    }

    async fn destination(
        &self,
        permit: Permit<see::Deliveries>,
        id: DestinationId,
    ) -> Result<DestinationRow, Problem> {
        let store = &self.state.store;
        let found = store.destination_view(scope_of(&permit), id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let view = found.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let audit = store.audits_of_destination(view.row.id).await;
        let audit = audit.map_err(|error| self.store_problem(error))?;
        let audit = audit.into_iter().map(audit_row).collect();
        Ok(destination_row(view, audit, self.state.clock.now()))
    }

    async fn step(
        &self,
        permit: Permit<change::Deliveries>,
        caller: &Caller,
        id: DestinationId,
        step: DestinationStep,
        reason: String,
    ) -> Result<(), Problem> {
        short(&reason)?;
        let (scope, actor) = (scope_of(&permit), actor_of(caller));
        let desk = QueueDesk::of(&self.state);
        let done = match step {
            DestinationStep::Hold => desk.hold(scope, &actor, id.uuid(), &reason).await,
            DestinationStep::Resume => desk.resume(scope, &actor, id.uuid()).await,
            DestinationStep::Probe => desk.probe(scope, &actor, id.uuid()).await,
        };
        let done = done.map_err(|error| self.store_problem(error))?;
        done.map(|_| ())
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }
}

impl Request {
    /// What was done to a delivery that the caller may see.
    pub(super) async fn audit_of_delivery(&self, id: Uuid) -> Result<Vec<AuditRow>, Problem> {
        let audit = self.state.store.audits_of_delivery(id).await;
        let audit = audit.map_err(|error| self.store_problem(error))?;
        Ok(audit.into_iter().map(audit_row).collect())
    }

    /// What can be done with a delivery, when it is a dead letter.
    pub(super) async fn dead_letter(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<DeadLetter>, Problem> {
        let read = self.dead_letter_read(scope, id).await;
        read.map_err(|error| self.store_problem(error))
    }

    async fn dead_letter_read(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<DeadLetter>, StoreError> {
        let store = &self.state.store;
        let Some(cause) = store.cause_of(scope, id).await? else {
            return Ok(None);
        };
        Ok(Some(DeadLetter {
            may_double: store.delivery_may_double(id).await?,
            targets: self.targets(scope, &cause).await?,
            cause: CauseKey {
                owner: UserId::new(cause.owner),
                destination: DestinationId::new(cause.destination),
                code: cause.code,
                words: cause.words,
            },
        }))
    }

    async fn cause_read(
        &self,
        scope: Scope,
        cause: &DeathCause,
        slice: Slice,
    ) -> Result<Option<(CauseView, i64, Vec<DeliveryRow>)>, StoreError> {
        let store = &self.state.store;
        let Some(view) = store.cause_view(scope, cause).await? else {
            return Ok(None);
        };
        let question = DeliveryQuestion {
            scope,
            states: &[DeliveryState::Refused, DeliveryState::Dead],
            direction: None,
            portal: None,
            phone: None,
            conversation: None,
            code: "",
            cause: Some(cause),
            search: "",
            order: DeliveryOrder::Created,
            descending: false,
            slice,
        };
        let (views, _) = store.deliveries_view(&question).await?;
        let language = Language::of_code(language_of_request());
        let rows = views.into_iter();
        let rows = rows.map(|view| deliveries::row(view, language)).collect();
        let doubles = store.cause_doubles(scope, cause).await?;
        Ok(Some((view, doubles, rows)))
    }

    /// The phones of the owner to which what died of a cause can go.
    async fn targets(
        &self,
        scope: Scope,
        cause: &DeathCause,
    ) -> Result<Vec<app::model::TargetChoice>, StoreError> {
        let store = &self.state.store;
        let Some(destination) = store.destination_view(scope, cause.destination).await? else {
            return Ok(Vec::new());
        };
        let phones = store.phones_of_owner(cause.owner).await?;
        let portals = store.portals(Scope::Owner(cause.owner)).await?;
        Ok(choices(&destination, &phones, &portals))
    }

    /// Refuses what is not all the caller's.
    async fn all_owned(&self, scope: Scope, ids: &[Uuid]) -> Result<(), Problem> {
        let found = self.state.store.deliveries_are_within(scope, ids).await;
        if !found.map_err(|error| self.store_problem(error))? {
            return Err(Problem::new(ProblemCode::NotFound));
        }
        Ok(())
    }
}

fn actor_of(caller: &Caller) -> Actor {
    Actor {
        person: Some(caller.user.uuid()),
        name: caller.email.clone(),
    }
}

fn short(reason: &str) -> Result<(), Problem> {
    if reason.chars().count() > REASON_LENGTH_MAX {
        let problem = Problem::new(ProblemCode::TooLong).at("reason");
        return Err(problem.arg("most", REASON_LENGTH_MAX));
    }
    Ok(())
}

fn audit_row(view: AuditView) -> AuditRow {
    AuditRow {
        person: view.person,
        action: view.action,
        reason: view.reason,
        detail: view.detail,
        at: Moment(view.at),
    }
}
