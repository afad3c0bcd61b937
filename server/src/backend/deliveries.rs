//! Deliveries for the panel.

use super::Request;
use super::phones::slice;
use super::scope::{count, scope_of};
use crate::outbox;
use crate::store::views::{AttemptView, DeliveryOrder, DeliveryQuestion, DeliveryView, Slice};
use crate::store::{Scope, StoreError};
use crate::translate::Language;
use crate::whatsapp::errors::reworded;
use app::backend;
use app::model::{
    Attempt, ConversationId, DeliveryCause, DeliveryDetail, DeliveryError, DeliveryFilter,
    DeliveryId, DeliveryPlaces, DeliveryRow, DeliverySort, DeliveryState, Direction, Moment, Page,
    PageQuery, Permit, PhoneId, PortalId, Problem, ProblemCode, StateFilter, see,
};
use app::preferences::language_of_request;
use async_trait::async_trait;

/// How much of a text the panel shows.
const PREVIEW: usize = 280;

/// How many portals and numbers are offered to choose from.
const PLACES: u32 = 100;

#[async_trait]
impl backend::Deliveries for Request {
    async fn list(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<DeliveryFilter>,
    ) -> Result<Page<DeliveryRow>, Problem> {
        let language = Language::of_code(language_of_request());
        let (views, total) = self.asked(&permit, &query, slice(&query)).await?;
        let everything = PageQuery::<DeliveryFilter> {
            filter: DeliveryFilter {
                state: StateFilter::All,
                ..DeliveryFilter::default()
            },
            ..PageQuery::default()
        };
        let nothing_at_all = total == 0 && {
            let one = Slice {
                limit: 1,
                offset: 0,
            };
            self.asked(&permit, &everything, one).await?.0.is_empty()
        };
        Ok(Page {
            rows: views.into_iter().map(|view| row(view, language)).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all,
        })
    }

    async fn find(
        &self,
        permit: Permit<see::Deliveries>,
        id: DeliveryId,
    ) -> Result<DeliveryDetail, Problem> {
        let language = Language::of_code(language_of_request());
        let store = &self.state.store;
        let found = store.delivery_view(scope_of(&permit), id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let (view, ahead) = found.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let attempts = store.attempts_view(view.id).await;
        let attempts = attempts.map_err(|error| self.store_problem(error))?;
        Ok(DeliveryDetail {
            phone: view.phone.clone(),
            preview: view
                .text
                .as_deref()
                .filter(|text| !text.is_empty())
                .map(shortened),
            remote_id: view.wamid.clone(),
            ahead: count(ahead),
            done_at: view.done_at.map(Moment),
            cause: view.cause.map(|cause| DeliveryCause {
                receipt: cause.receipt,
                at: Moment(cause.at),
            }),
            conversation: ConversationId::new(view.conversation_id),
            audit: self.audit_of_delivery(view.id).await?,
            dead: self.dead_letter(scope_of(&permit), view.id).await?,
            timeline: attempts
                .into_iter()
                .map(|view| attempt(view, language))
                .collect(),
            row: row(view, language),
        })
    }

    async fn places(&self, permit: Permit<see::Deliveries>) -> Result<DeliveryPlaces, Problem> {
        let read = self.places_read(scope_of(&permit)).await;
        read.map_err(|error| self.store_problem(error))
    }
}

impl Request {
    async fn places_read(&self, scope: Scope) -> Result<DeliveryPlaces, StoreError> {
        let portals = self.state.store.portals_view(scope, PLACES).await?;
        let mut phones = self.state.store.phones(scope).await?;
        phones.truncate(PLACES as usize);
        let portals = portals.into_iter();
        Ok(DeliveryPlaces {
            portals: portals
                .map(|portal| (PortalId::new(portal.id), portal.domain))
                .collect(),
            phones: phones
                .into_iter()
                .map(|phone| (PhoneId::new(phone.id), phone.phone))
                .collect(),
        })
    }

    async fn asked(
        &self,
        permit: &Permit<see::Deliveries>,
        query: &PageQuery<DeliveryFilter>,
        slice: Slice,
    ) -> Result<(Vec<DeliveryView>, i64), Problem> {
        let sort = query.clone().sorted().sort;
        let states: Vec<_> = query
            .filter
            .state
            .states()
            .iter()
            .copied()
            .map(stored_state)
            .collect();
        let question = DeliveryQuestion {
            scope: scope_of(permit),
            states: &states,
            direction: query.filter.direction.map(|direction| match direction {
                Direction::ToBitrix => outbox::Direction::ToBitrix,
                Direction::ToWhatsApp => outbox::Direction::ToWhatsApp,
            }),
            portal: query.filter.portal.map(PortalId::uuid),
            phone: query.filter.phone.map(PhoneId::uuid),
            conversation: query.filter.conversation.map(ConversationId::uuid),
            code: &query.filter.cause,
            cause: None,
            search: &query.search,
            order: match sort.by {
                DeliverySort::Created => DeliveryOrder::Created,
                DeliverySort::Attempts => DeliveryOrder::Attempts,
            },
            descending: sort.descending,
            slice,
        };
        let found = self.state.store.deliveries_view(&question).await;
        found.map_err(|error| self.store_problem(error))
    }
}

fn stored_state(state: DeliveryState) -> outbox::DeliveryState {
    match state {
        DeliveryState::Waiting => outbox::DeliveryState::Waiting,
        DeliveryState::Sending => outbox::DeliveryState::Sending,
        DeliveryState::Unknown => outbox::DeliveryState::Unknown,
        DeliveryState::Delivered => outbox::DeliveryState::Delivered,
        DeliveryState::Refused => outbox::DeliveryState::Refused,
        DeliveryState::Dead => outbox::DeliveryState::Dead,
        DeliveryState::Discarded => outbox::DeliveryState::Discarded,
    }
}

fn shown_state(state: outbox::DeliveryState) -> DeliveryState {
    match state {
        outbox::DeliveryState::Waiting => DeliveryState::Waiting,
        outbox::DeliveryState::Sending => DeliveryState::Sending,
        outbox::DeliveryState::Unknown => DeliveryState::Unknown,
        outbox::DeliveryState::Delivered => DeliveryState::Delivered,
        outbox::DeliveryState::Refused => DeliveryState::Refused,
        outbox::DeliveryState::Dead => DeliveryState::Dead,
        outbox::DeliveryState::Discarded => DeliveryState::Discarded,
    }
}

pub(super) fn row(view: DeliveryView, language: Language) -> DeliveryRow {
    DeliveryRow {
        id: DeliveryId::new(view.id),
        kind: view.kind,
        direction: match view.direction {
            outbox::Direction::ToBitrix => Direction::ToBitrix,
            outbox::Direction::ToWhatsApp => Direction::ToWhatsApp,
        },
        state: shown_state(view.state),
        destination: view.destination,
        conversation: view.conversation,
        created_at: Moment(view.created_at),
        next_try_at: view.due_at.map(Moment),
        attempts: count(view.attempts.into()),
        last_error: view.error.map(|parts| error(parts, language)),
    }
}

fn attempt(view: AttemptView, language: Language) -> Attempt {
    Attempt {
        at: Moment(view.at),
        outcome: view.outcome,
        http_status: view
            .http_status
            .and_then(|status| u16::try_from(status).ok()),
        error: view.error.map(|parts| error(parts, language)),
        duration_ms: count(view.duration),
    }
}

/// The reason in the reader's language.
pub(super) fn error((code, text): (String, String), language: Language) -> DeliveryError {
    let text = reworded(&code, &text, language);
    DeliveryError { code, text }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(PREVIEW).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
