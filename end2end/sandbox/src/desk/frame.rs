//! An app's page in an iframe, opened by a POST with the parameters Bitrix24 gives.

use super::Here;
use super::chrome::{framed, page};
use super::viewer::viewer;
use crate::operator;
use crate::pages::escape;
use crate::state::Shared;
use crate::words::random_hex;
use crate::world::{Frame, Owner, Portal, User};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// What a frame is opened with.
struct Opening<'a> {
    client_id: &'a str,
    url: &'a str,
    installing: bool,
    placement: &'a str,
    options: Option<Value>,
    path: &'a str,
    title: &'a str,
}

/// What holds for every frame of the moment.
struct Around {
    oauth: String,
    /// Seconds an access token lives.
    life: i64,
    hide_token: bool,
    spoil_options: bool,
}

impl Around {
    fn of(shared: &Shared) -> Self {
        let (hide_token, spoil_options) =
            shared.faults(|faults| (faults.refuse.page_token, faults.refuse.options));
        Self {
            oauth: shared.ports.oauth(),
            life: shared.world(|world| world.behaviour.token_seconds),
            hide_token,
            spoil_options,
        }
    }
}

/// `GET /marketplace/app/{app}/`: the installation page until it is finished, then the handler.
pub async fn app(
    State((shared, member)): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let around = Around::of(&shared);
    shared.world(|world| {
        let Some(portal) = world.portal_mut(&member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, &headers);
        let path = format!("/marketplace/app/{id}/");
        let Some(app) = portal.app(&id).filter(|app| !app.api_only).cloned() else {
            let words = "<p role=\"alert\">The application was not found.</p>";
            return page(portal, &me, &path, "Application", words).into_response();
        };
        if !app.open_to(&me) {
            let words = "<p role=\"alert\">You have no access to this application.</p>";
            return page(portal, &me, &path, &app.name, words).into_response();
        }
        if !app.installed && !me.admin {
            let words = "<p role=\"alert\">The application is not installed. An administrator of the portal must finish the installation.</p>";
            return page(portal, &me, &path, &app.name, words).into_response();
        }
        let opening = Opening {
            client_id: &app.client_id,
            url: if app.installed { &app.handler } else { &app.install },
            installing: !app.installed,
            placement: "DEFAULT",
            options: None,
            path: &path,
            title: &app.name,
        };
        draw(portal, &me, &around, &opening).into_response()
    })
}

/// `GET /contact_center/connector/{id}/{line}/`: the settings page of a connector on a line.
pub async fn connector(
    State((shared, member)): State<Here>,
    Path((id, line)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Response {
    let around = Around::of(&shared);
    let error = shared.faults(|faults| faults.refuse.status_error);
    shared.world(|world| {
        let Some(portal) = world.portal_mut(&member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, &headers);
        let path = format!("/contact_center/connector/{id}/{line}/");
        let found = portal.connectors.get(&id).cloned();
        let found = found.filter(|_| portal.lines.contains_key(&line) && me.lines);
        let Some(connector) = found else {
            let words = "<p role=\"alert\">You have no access to this, or it was deleted.</p>";
            return page(portal, &me, &path, "Connector", words).into_response();
        };
        let channel = connector.channels.get(&line).cloned().unwrap_or_default();
        let registered = channel.data.is_some();
        let options = json!({
            "CONNECTOR": id,
            "LINE": line.to_string(),
            "STATUS": channel.active && registered && !error,
            "ACTIVE_STATUS": channel.active,
            "CONNECTION_STATUS": registered,
            "REGISTER_STATUS": registered,
            "ERROR_STATUS": error,
            "URI": path,
        });
        let opening = Opening {
            client_id: &connector.app,
            url: &connector.placement_handler,
            installing: false,
            placement: "SETTING_CONNECTOR",
            options: Some(options),
            path: &path,
            title: &connector.name,
        };
        draw(portal, &me, &around, &opening).into_response()
    })
}

fn draw(portal: &mut Portal, me: &User, around: &Around, opening: &Opening<'_>) -> Html<String> {
    let life = around.life;
    let owner = Owner {
        user: me.id,
        app: opening.client_id.to_string(),
    };
    let (access, refresh) = portal.token_new(owner.clone(), life);
    let sid = random_hex(16);
    let frame = Frame {
        owner,
        installing: opening.installing,
    };
    portal.frames.insert(sid.clone(), frame);
    let (token, scope) = portal
        .app(opening.client_id)
        .map(|app| (app.application_token.clone(), app.scopes.join(",")))
        .unwrap_or_default();
    let sign = if opening.url.contains('?') { '&' } else { '?' };
    let domain: String = url::form_urlencoded::byte_serialize(portal.domain.as_bytes()).collect();
    let target = format!(
        "{}{sign}DOMAIN={domain}&PROTOCOL=0&LANG={}&APP_SID={sid}",
        opening.url, portal.language
    );
    let mut fields = vec![
        ("AUTH_ID", access.clone()),
        ("AUTH_EXPIRES", life.to_string()),
        ("REFRESH_ID", refresh.clone()),
        ("SERVER_ENDPOINT", format!("{}/rest/", around.oauth)),
        ("APPLICATION_TOKEN", token),
        ("APPLICATION_SCOPE", scope),
        ("member_id", portal.member_id.clone()),
        ("status", "L".to_string()),
        ("PLACEMENT", opening.placement.to_string()),
    ];
    if around.hide_token {
        fields.retain(|(name, _)| *name != "APPLICATION_TOKEN");
    }
    match (&opening.options, around.spoil_options) {
        (_, true) => fields.push(("PLACEMENT_OPTIONS", "undefined".to_string())),
        (Some(options), false) => fields.push(("PLACEMENT_OPTIONS", options.to_string())),
        (None, false) => {}
    }
    let mut inputs = String::new();
    for (name, value) in fields {
        let _ = write!(
            inputs,
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(&value)
        );
    }
    let about = json!({
        "sid": sid,
        "placement": opening.placement,
        "options": opening.options,
        "auth": {
            "access_token": access, "refresh_token": refresh, "expires_in": life,
            "domain": portal.domain, "member_id": portal.member_id,
        },
        "admin": me.admin,
    });
    let main = format!(
        "<form id=\"opening\" method=\"post\" target=\"app\" action=\"{}\" data-about=\"{}\">{inputs}</form>\
         <iframe class=\"app\" name=\"app\" title=\"{}\"></iframe>",
        escape(&target),
        escape(&about.to_string()),
        escape(opening.title)
    );
    framed(portal, me, opening.path, opening.title, &main)
}

/// `POST /frame/{sid}/finish`: the page called installFinish.
pub async fn finish(State((shared, member)): State<Here>, Path(sid): Path<String>) -> Response {
    let done = shared.world(|world| {
        let portal = world.portal_mut(&member)?;
        let frame = portal.frames.get(&sid)?.clone();
        let admin = portal.user(frame.owner.user).is_some_and(|user| user.admin);
        if !frame.installing || !admin {
            return None;
        }
        portal.app_mut(&frame.owner.app)?.installed = true;
        Some(frame.owner.app)
    });
    log_finish(&shared, done.is_some());
    if let Some(app) = &done {
        operator::installed(&shared, &member, app);
    }
    shared.tell(json!({ "topic": "portal", "portal": member }));
    match done {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => StatusCode::CONFLICT.into_response(),
    }
}

fn log_finish(shared: &Shared, done: bool) {
    let (status, verdict) = if done { (204, "ok") } else { (409, "refused") };
    shared.journal(|journal| {
        journal.write(
            "portal",
            "installFinish".to_string(),
            status,
            verdict,
            "",
            Vec::new(),
        );
    });
}
