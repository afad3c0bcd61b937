//! The way to Facebook's login dialog and back.
//!
//! What went wrong is told on the WABA page, by the login's id or a word in the address; never by words
//! that came in the address, for anybody could write those.

use crate::accounts::Accounts;
use crate::connect::waba::facebook::{Answer, LoginError, begin, finish};
use crate::state::AppState;
use app::model::LoginId;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

/// What Facebook appends to the address.
#[derive(Default, Deserialize)]
pub(super) struct Brought {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_code: Option<String>,
    error_description: Option<String>,
    error_message: Option<String>,
}

/// `GET /connect/facebook`: begins a login and leads to the dialog.
pub(super) async fn start(State(state): State<AppState>, session: Session) -> Response {
    let Some((person, session)) = visitor(&state, &session).await else {
        return Redirect::to("/sign-in?next=%2Fwabas").into_response();
    };
    match begin(&state, person, &session).await {
        Ok(address) => Redirect::to(address.as_str()).into_response(),
        Err(error) => told(&error).into_response(),
    }
}

/// `GET /connect/facebook/callback`: takes the dialog's answer and leads to what was found.
pub(super) async fn back(
    State(state): State<AppState>,
    session: Session,
    Query(brought): Query<Brought>,
) -> Response {
    let Some((person, session)) = visitor(&state, &session).await else {
        return Redirect::to("/sign-in?next=%2Fwabas%3Flogin%3Dstale").into_response();
    };
    let answer = Answer {
        state: brought.state.unwrap_or_default(),
        code: brought.code.map(Into::into),
        error: brought.error.or(brought.error_code),
        words: brought.error_description.or(brought.error_message),
    };
    match finish(&state, person, &session, answer).await {
        Ok(finished) => {
            let id = LoginId::new(finished.login);
            let path = match finished.trouble {
                None => format!("/wabas/connect/{id}"),
                Some(_) => format!("/wabas?login={id}"),
            };
            Redirect::to(&path).into_response()
        }
        Err(error) => told(&error).into_response(),
    }
}

/// Who is signed in, and the session's id.
async fn visitor(state: &AppState, session: &Session) -> Option<(Uuid, String)> {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let person = accounts.session_person(session).await.ok().flatten()?;
    Some((person.id, session.id()?.to_string()))
}

fn told(error: &LoginError) -> Redirect {
    let word = match error {
        LoginError::NoApp => "missing",
        LoginError::Stale | LoginError::NothingChosen | LoginError::NumberTaken(_) => "stale",
        LoginError::Store(error) => {
            tracing::error!(%error, "A login with Facebook could not go on");
            "broken"
        }
    };
    Redirect::to(&format!("/wabas?login={word}"))
}
