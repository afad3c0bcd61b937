//! What the person said, carried back to the app.

use super::ask::{self, Ask};
use crate::params;
use crate::state::Shared;
use crate::words::{now, random_hex};
use crate::world::{GraphToken, LoginCode, TokenState};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use url::form_urlencoded;

/// `POST`: a redirect to the app, with a code or with the refusal.
pub async fn take(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let input = params::parse(query.unwrap_or_default().as_bytes());
    let ask = match ask::read(&shared, &input) {
        Ok(ask) => ask,
        Err((title, words)) => {
            return (StatusCode::BAD_REQUEST, format!("{title}: {words}")).into_response();
        }
    };
    let trouble = shared.faults(|faults| faults.refuse.dialog);
    if trouble != 0 {
        // Facebook's own troubles come under other names than a person's no.
        let code = trouble.to_string();
        let words = "This app is not available right now.";
        return back(&ask, &[("error_code", &code), ("error_message", words)]);
    }
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let all = |name: &str| {
        let found = form.iter().filter(|(key, _)| key == name);
        found
            .map(|(_, value)| value.clone())
            .collect::<Vec<String>>()
    };
    if !all("answer").iter().any(|answer| answer == "continue") {
        return back(
            &ask,
            &[
                ("error", "access_denied"),
                ("error_code", "200"),
                ("error_description", "Permissions error"),
                ("error_reason", "user_denied"),
            ],
        );
    }
    let person = all("person").into_iter().next().unwrap_or_default();
    let code = format!("AQ{}", random_hex(40));
    let scopes = all("permission");
    let known = shared.world(|world| {
        let found = world.persons.iter().find(|it| it.id == person)?;
        let wabas = all("waba")
            .into_iter()
            .filter(|id| found.wabas.contains(id));
        let wabas = wabas.collect();
        let life = if ask.configured {
            0
        } else {
            world.behaviour.login_token_seconds
        };
        let token = GraphToken {
            text: format!("EAA{}", random_hex(48)),
            app: ask.app.id.clone(),
            kind: if ask.configured {
                "SYSTEM_USER"
            } else {
                "USER"
            }
            .to_string(),
            scopes: scopes
                .into_iter()
                .filter(|it| ask.scopes.contains(it))
                .collect(),
            wabas,
            user_id: person.clone(),
            expires_at: if life == 0 { 0 } else { now() + life },
            issued_at: now(),
            state: TokenState::Good,
        };
        world.codes.push(LoginCode {
            code: code.clone(),
            redirect_uri: ask.redirect_uri.clone(),
            until: now() + world.behaviour.code_seconds,
            used: false,
            token,
        });
        Some(())
    });
    match known {
        Some(()) => back(&ask, &[("code", &code)]),
        None => (StatusCode::BAD_REQUEST, "Nobody is logged in.").into_response(),
    }
}

fn back(ask: &Ask, pairs: &[(&str, &str)]) -> Response {
    let mut words = form_urlencoded::Serializer::new(String::new());
    words.extend_pairs(pairs).append_pair("state", &ask.state);
    let sign = if ask.redirect_uri.contains('?') {
        '&'
    } else {
        '?'
    };
    let location = format!("{}{sign}{}#_=_", ask.redirect_uri, words.finish());
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}
