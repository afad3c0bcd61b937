//! What the panel asks of the server: the implementations of `app::backend`.
//!
//! One backend is made per request, with its session inside. Promises: whose things a query
//! reaches is what the caller's permit says; errors of other rooms become problems with a
//! stable code, and their words go to the log under the request's id.

mod accounts;
mod calling;
mod calls;
mod checks;
mod deliveries;
mod exchange;
mod interactives;
mod meta_app;
mod overviews;
mod owner;
mod people;
mod phone_form;
mod phone_health;
mod phone_page;
mod phones;
mod portal_form;
mod portals;
mod problem;
mod queue;
mod queue_rows;
mod scope;
mod templates;
mod traffic;
mod wabas;

#[cfg(test)]
mod frame_tests;
#[cfg(test)]
mod link_tests;
#[cfg(test)]
mod portal_tests;
#[cfg(test)]
mod register_tests;
#[cfg(test)]
mod sms_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trunk_tests;

use crate::state::AppState;
use app::backend::Backend;
use axum::http::request::Parts;
use exchange::HttpExchange;
use std::sync::Arc;

/// What one request knows.
#[derive(Clone)]
struct Request {
    state: AppState,
    exchange: Arc<HttpExchange>,
}

/// The backend of the request that leptos is answering now.
pub fn backend_of_request(state: AppState) -> Backend {
    backend_of(state, HttpExchange::of_request())
}

/// The backend of a request that leptos does not answer.
pub fn backend_of_parts(state: AppState, parts: Parts) -> Backend {
    backend_of(state, HttpExchange::of_parts(parts))
}

fn backend_of(state: AppState, exchange: HttpExchange) -> Backend {
    let exchange = Arc::new(exchange.at(&state.config.public_url));
    let request = Arc::new(Request {
        state,
        exchange: exchange.clone(),
    });
    Backend {
        accounts: request.clone(),
        overviews: request.clone(),
        wabas: request.clone(),
        meta_apps: request.clone(),
        phones: request.clone(),
        calling: request.clone(),
        calls: request.clone(),
        portals: request.clone(),
        templates: request.clone(),
        interactives: request.clone(),
        people: request.clone(),
        deliveries: request.clone(),
        queue: request,
        exchange,
    }
}
