//! The Contact Center: a tile for each connector, grey or green, and the lines behind it.

use super::Here;
use super::chrome::{center, page};
use super::viewer::viewer;
use crate::operator;
use crate::pages::escape;
use crate::params;
use crate::words::text_of;
use crate::world::{Portal, User};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use std::fmt::Write as _;

/// `GET /contact_center/`
pub async fn tiles(State(here): State<Here>, headers: HeaderMap) -> Response {
    let error = here.0.faults(|faults| faults.refuse.status_error);
    with(&here, &headers, |portal, me| {
        let mut list = String::new();
        for (id, connector) in &portal.connectors {
            if !portal.connector_shown(id) {
                continue;
            }
            let on = connector
                .channels
                .keys()
                .any(|line| works(portal, id, *line))
                && !error;
            let _ = write!(
                list,
                "<li><form action=\"/contact_center/connector/{}/\"><button class=\"tile{}\"><strong>{}</strong> <span>{}</span></button></form></li>",
                escape(id),
                if on { " on" } else { "" },
                escape(&connector.name),
                if on { "Connected" } else { "Not connected" }
            );
        }
        if list.is_empty() {
            list.push_str("<li>No connector is registered.</li>");
        }
        let mut lines = String::new();
        for line in portal.lines.values() {
            let _ = write!(
                lines,
                "<li><span>{}</span> <form method=\"post\" action=\"/contact_center/lines/{}/delete\"><button class=\"button danger\" aria-label=\"Delete {}\">Delete</button></form></li>",
                escape(&line.name()),
                line.id,
                escape(&line.name())
            );
        }
        let main = format!(
            "<ul class=\"tiles\" aria-label=\"Connectors\">{list}</ul>\
             <section class=\"card\" aria-label=\"Open Lines\"><h2>Open Lines</h2><ul class=\"rows\">{lines}</ul>\
             <form method=\"post\" action=\"/contact_center/lines\" class=\"row\"><label>New line <input name=\"name\"></label>\
             <button class=\"button\">Create Open Line</button></form></section>"
        );
        center(portal, me, "/contact_center/", "Contact Center", &main)
    })
}

fn works(portal: &Portal, connector: &str, line: i64) -> bool {
    let channel = portal
        .connectors
        .get(connector)
        .and_then(|it| it.channels.get(&line));
    portal.channel_works(connector, line) && channel.is_some_and(|it| it.data.is_some())
}

/// `GET /contact_center/connector/{id}/`: the lines, and where the connector is on.
pub async fn lines(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    with(&here, &headers, |portal, me| {
        let path = format!("/contact_center/connector/{id}/");
        let found = portal
            .connectors
            .get(&id)
            .filter(|_| portal.connector_shown(&id));
        let Some(connector) = found else {
            return page(
                portal,
                me,
                &path,
                "Connector",
                "<p>It is not registered.</p>",
            );
        };
        let mut rows = String::new();
        for line in portal.lines.values() {
            let active = connector.channels.get(&line.id).is_some_and(|it| it.active);
            let (name, number) = (escape(&line.name()), line.id);
            let connect = if active { "Settings" } else { "Connect" };
            let _ = write!(
                rows,
                "<li><strong>{name}</strong> <span>{}</span><form action=\"{path}{number}/\"><button class=\"button\" aria-label=\"{connect} {name}\">{connect}</button></form>",
                if works(portal, &id, number) {
                    "Connected"
                } else {
                    "Not connected"
                }
            );
            if active {
                let _ = write!(
                    rows,
                    "<form method=\"post\" action=\"{path}{number}/off\"><button class=\"button danger\" aria-label=\"Disconnect {name}\">Disconnect</button></form>"
                );
            }
            rows.push_str("</li>");
        }
        let main = format!(
            "<p>Choose the Open Line that gets the messages.</p><ul class=\"rows\" aria-label=\"Open Lines\">{rows}</ul>"
        );
        center(portal, me, &path, &connector.name, &main)
    })
}

fn with(
    (shared, member): &Here,
    headers: &HeaderMap,
    draw: impl FnOnce(&Portal, &User) -> Html<String>,
) -> Response {
    shared.world(|world| {
        let Some(portal) = world.portal(member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, headers);
        if me.lines {
            return draw(portal, &me).into_response();
        }
        let words = "<p role=\"alert\">You have no right to set up Open Lines.</p>";
        let denied = page(portal, &me, "/contact_center/", "Contact Center", words);
        (StatusCode::FORBIDDEN, denied).into_response()
    })
}

fn may(here: &Here, headers: &HeaderMap) -> bool {
    let (shared, member) = here;
    shared.world(|world| {
        let portal = world.portal(member);
        portal.is_some_and(|portal| viewer(portal, headers).lines)
    })
}

/// `POST .../off`: "Disconnect", which fires ONIMCONNECTORSTATUSDELETE.
pub async fn off(
    State(here): State<Here>,
    Path((id, line)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Response {
    if may(&here, &headers) {
        let _ = operator::channel_off(&here.0, &here.1, line, &id);
    }
    Redirect::to(&format!("/contact_center/connector/{id}/")).into_response()
}

/// `POST /contact_center/lines`
pub async fn line_add(State(here): State<Here>, headers: HeaderMap, body: Bytes) -> Response {
    let name = text_of(params::parse(&body).get("name")).unwrap_or_default();
    if may(&here, &headers) && !name.trim().is_empty() {
        here.0.world(|world| {
            let portal = world.portal_mut(&here.1)?;
            Some(portal.line_add(name.trim()))
        });
    }
    Redirect::to("/contact_center/").into_response()
}

/// `POST /contact_center/lines/{line}/delete`, which fires ONIMCONNECTORLINEDELETE.
pub async fn line_delete(
    State(here): State<Here>,
    Path(line): Path<i64>,
    headers: HeaderMap,
) -> Response {
    if may(&here, &headers) {
        let _ = operator::line_delete(&here.0, &here.1, line);
    }
    Redirect::to("/contact_center/").into_response()
}
