//! "Developer resources": the local applications and their form.

use super::Here;
use super::chrome::page;
use super::viewer::viewer;
use crate::pages::escape;
use crate::world::{LocalApp, Portal, User};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use std::fmt::Write as _;

/// The permissions of the form, in its order.
pub const SCOPES: [(&str, &str); 14] = [
    ("bizproc", "Workflows"),
    ("contact_center", "Contact Center"),
    ("crm", "CRM"),
    ("disk", "Drive"),
    ("im", "Chat and notifications"),
    ("imbot", "Chatbots"),
    ("imconnector", "External messenger connectors"),
    ("imopenlines", "Open Channels"),
    ("messageservice", "Message service"),
    ("placement", "Embedding"),
    ("telephony", "Telephony"),
    ("user", "Users"),
    ("user_basic", "Users, basic"),
    ("user_brief", "Users, brief"),
];

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub name: String,
    pub handler: String,
    pub install: String,
    pub api_only: bool,
    pub scopes: Vec<String>,
    /// Who may use it; nobody named is everybody.
    pub users: Vec<i64>,
}

impl From<&LocalApp> for Form {
    fn from(app: &LocalApp) -> Self {
        Self {
            name: app.name.clone(),
            handler: app.handler.clone(),
            install: app.install.clone(),
            api_only: app.api_only,
            scopes: app.scopes_pending.as_ref().unwrap_or(&app.scopes).clone(),
            users: app.users.clone(),
        }
    }
}

/// `GET /devops/`
pub async fn list(State(here): State<Here>, headers: HeaderMap) -> Response {
    with(&here, &headers, |portal, me| {
        let mut rows = String::new();
        for app in &portal.apps {
            let _ = write!(
                rows,
                "<li><a href=\"/devops/{}/\">{}</a> <span class=\"soft\">{}</span></li>",
                escape(&app.client_id),
                escape(&app.name),
                if app.installed {
                    "installed"
                } else {
                    "not installed yet"
                }
            );
        }
        let main = format!(
            "<p>Other, Local application.</p><ul>{rows}</ul>\
             <p><a class=\"button primary\" href=\"/devops/new/\">Add local application</a></p>"
        );
        page(portal, me, "/devops/", "Developer resources", &main)
    })
}

/// `GET /devops/new/`
pub async fn new(State(here): State<Here>, headers: HeaderMap) -> Response {
    with(&here, &headers, |portal, me| {
        form_page(portal, me, None, &Form::default(), "")
    })
}

/// `GET /devops/{app}/`
pub async fn edit(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    with(&here, &headers, |portal, me| match portal.app(&id) {
        Some(app) => form_page(portal, me, Some(app), &Form::from(app), ""),
        None => page(
            portal,
            me,
            "/devops/",
            "Local application",
            "<p>It was deleted.</p>",
        ),
    })
}

/// Runs for an admin; anybody else is told that this is not theirs.
pub fn with(
    (shared, member): &Here,
    headers: &HeaderMap,
    draw: impl FnOnce(&Portal, &User) -> Html<String>,
) -> Response {
    shared.world(|world| {
        let Some(portal) = world.portal(member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, headers);
        if me.admin {
            return draw(portal, &me).into_response();
        }
        let words = "<p role=\"alert\">Only an administrator of the portal may see this.</p>";
        let denied = page(portal, &me, "/", "Access denied", words);
        (StatusCode::FORBIDDEN, denied).into_response()
    })
}

/// The form, empty or with an app in it, and why it was not saved.
pub fn form_page(
    portal: &Portal,
    me: &User,
    app: Option<&LocalApp>,
    form: &Form,
    wrong: &str,
) -> Html<String> {
    let mut scopes = String::new();
    for (scope, words) in SCOPES {
        let on = if form.scopes.iter().any(|it| it == scope) {
            " checked"
        } else {
            ""
        };
        let _ = write!(
            scopes,
            "<div class=\"scope\"><label><input type=\"checkbox\" name=\"scope\" value=\"{scope}\"{on}> {scope}</label> <span class=\"soft\">{words}</span></div>"
        );
    }
    let mut users = String::new();
    for user in &portal.users {
        let on = if form.users.contains(&user.id) {
            " checked"
        } else {
            ""
        };
        let _ = write!(
            users,
            "<div class=\"scope\"><label><input type=\"checkbox\" name=\"user\" value=\"{}\"{on}> {} {}</label></div>",
            user.id,
            escape(&user.name),
            escape(&user.last_name)
        );
    }
    let alert = match wrong {
        "" => String::new(),
        words => format!("<p class=\"bad\" role=\"alert\">{}</p>", escape(words)),
    };
    let action = app.map_or("/devops/new/".to_string(), |app| {
        format!("/devops/{}/", app.client_id)
    });
    let main = format!(
        "{}<form class=\"card\" method=\"post\" action=\"{action}\">{alert}\
         <div class=\"field\"><label for=\"name\">Application name</label><input id=\"name\" name=\"name\" value=\"{}\"></div>\
         <div class=\"field\"><label for=\"handler\">Your handler path</label><input id=\"handler\" name=\"handler\" value=\"{}\"></div>\
         <div class=\"field\"><label for=\"install\">Initial installation path</label><input id=\"install\" name=\"install\" value=\"{}\"></div>\
         <p><label class=\"switch\"><input type=\"checkbox\" name=\"api_only\" value=\"Y\"{}> Script uses API only</label></p>\
         <fieldset><legend>Permissions</legend>{scopes}</fieldset>\
         <fieldset><legend>Who may use it (nobody ticked: everybody)</legend>{users}</fieldset>\
         <button class=\"button primary\">Save</button></form>",
        app.map(keys).unwrap_or_default(),
        escape(&form.name),
        escape(&form.handler),
        escape(&form.install),
        if form.api_only { " checked" } else { "" },
    );
    let title = if app.is_some() {
        "Local application"
    } else {
        "New local application"
    };
    page(portal, me, "/devops/", title, &main)
}

fn keys(app: &LocalApp) -> String {
    let state = match (app.installed, app.api_only) {
        (true, _) if app.scopes_pending.is_some() => {
            "Other permissions were chosen. Reinstall the application to give them."
        }
        (true, _) => "The application is installed.",
        (false, true) => "The application was sent its installation event.",
        (false, false) => "Open the application in the menu to finish its installation.",
    };
    format!(
        "<section class=\"card\" aria-label=\"Keys\"><p role=\"status\">{state}</p>\
         <div class=\"field\"><label for=\"client_id\">Application ID (client_id)</label><input id=\"client_id\" readonly value=\"{}\"></div>\
         <div class=\"field\"><label for=\"client_secret\">Application key (client_secret)</label><input id=\"client_secret\" readonly value=\"{}\"></div>\
         <div class=\"row\"><form method=\"post\" action=\"/devops/{2}/reinstall\"><button class=\"button\">Reinstall</button></form>\
         <form method=\"post\" action=\"/devops/{2}/update\"><button class=\"button\">Update</button></form>\
         <form method=\"post\" action=\"/devops/{2}/delete\"><button class=\"button danger\">Delete</button></form></div></section>",
        escape(&app.client_id),
        escape(&app.client_secret),
        escape(&app.client_id)
    )
}
