//! The dialog as a page: plain HTML, which works without script.

use super::ask::{self, Ask};
use crate::pages::{document, escape};
use crate::params;
use crate::state::Shared;
use crate::words::text_of;
use crate::world::{Person, Waba};
use axum::extract::{RawQuery, State};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use std::fmt::Write as _;

/// `GET`: who are you, then what do you share, or why not.
pub async fn show(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let input = params::parse(query.as_bytes());
    let ask = match ask::read(&shared, &input) {
        Ok(ask) => ask,
        Err((title, words)) => {
            shared.journal(|journal| {
                journal.write(
                    "graph",
                    "dialog/oauth".to_string(),
                    400,
                    "refused",
                    title,
                    Vec::new(),
                );
            });
            return (StatusCode::BAD_REQUEST, blocked(title, &words)).into_response();
        }
    };
    let (persons, wabas) = shared.world(|world| (world.persons.clone(), world.wabas.clone()));
    let chosen = text_of(input.get("person"));
    let only = persons.first().filter(|_| persons.len() == 1);
    let person = persons
        .iter()
        .find(|person| Some(&person.id) == chosen.as_ref())
        .or(only);
    match person {
        Some(person) => consent(&ask, &query, person, &wabas).into_response(),
        None => who(&ask, &query, &persons).into_response(),
    }
}

fn blocked(title: &str, words: &str) -> Html<String> {
    let body = format!(
        "<main class=\"wrap narrow\"><div class=\"card\"><h1>{}</h1><p role=\"alert\">{}</p></div></main>",
        escape(title),
        escape(words)
    );
    document("dialog", "Facebook", &body)
}

fn who(ask: &Ask, query: &str, persons: &[Person]) -> Html<String> {
    let mut list = String::new();
    for person in persons {
        let id: String = url::form_urlencoded::byte_serialize(person.id.as_bytes()).collect();
        let _ = write!(
            list,
            "<li><a class=\"button\" href=\"?{}&amp;person={id}\">Continue as {}</a></li>",
            escape(query),
            escape(&person.name)
        );
    }
    let body = format!(
        "<main class=\"wrap narrow\"><div class=\"card\"><h1>Log in to Facebook</h1>\
         <p>{} wants to know who you are.</p><ul class=\"plain\">{list}</ul></div></main>",
        escape(&ask.app.name)
    );
    document("dialog", "Log in to Facebook", &body)
}

fn consent(ask: &Ask, query: &str, person: &Person, wabas: &[Waba]) -> Html<String> {
    let mut assets = String::new();
    for waba in wabas.iter().filter(|waba| person.wabas.contains(&waba.id)) {
        let _ = write!(
            assets,
            "<label class=\"switch\"><input type=\"checkbox\" name=\"waba\" value=\"{}\" checked> {} <code>{}</code></label>",
            escape(&waba.id),
            escape(&waba.name),
            escape(&waba.id)
        );
    }
    let mut permissions = String::new();
    for scope in &ask.scopes {
        let _ = write!(
            permissions,
            "<label class=\"switch\"><input type=\"checkbox\" name=\"permission\" value=\"{0}\" checked> {0}</label>",
            escape(scope)
        );
    }
    let body = format!(
        "<main class=\"wrap narrow\"><form class=\"card\" method=\"post\" action=\"?{}\">\
         <h1>{} would like to manage your WhatsApp accounts</h1>\
         <p>You are {}.</p><input type=\"hidden\" name=\"person\" value=\"{}\">\
         <fieldset><legend>WhatsApp accounts</legend>{assets}</fieldset>\
         <fieldset><legend>Permissions</legend>{permissions}</fieldset>\
         <div class=\"row\"><button class=\"button primary\" name=\"answer\" value=\"continue\">Continue</button>\
         <button class=\"button\" name=\"answer\" value=\"cancel\">Cancel</button></div></form></main>",
        escape(query),
        escape(&ask.app.name),
        escape(&person.name),
        escape(&person.id)
    );
    document("dialog", "Log in with Facebook", &body)
}
