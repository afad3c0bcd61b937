//! Saving, reinstalling and deleting a local application.

use super::Here;
use super::devops::{Form, SCOPES, form_page, with};
use crate::operator;
use crate::state::Shared;
use crate::words::random_hex;
use crate::world::LocalApp;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use url::{Url, form_urlencoded};

fn read(body: &Bytes) -> Form {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let one = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.trim().to_string())
            .unwrap_or_default()
    };
    let known = |scope: &String| SCOPES.iter().any(|(it, _)| it == scope);
    Form {
        name: one("name"),
        handler: one("handler"),
        install: one("install"),
        api_only: one("api_only") == "Y",
        scopes: pairs
            .iter()
            .filter(|(key, _)| key == "scope")
            .map(|(_, value)| value.clone())
            .filter(known)
            .collect(),
        users: pairs
            .iter()
            .filter(|(key, _)| key == "user")
            .filter_map(|(_, value)| value.parse().ok())
            .collect(),
    }
}

/// What is wrong with a form, for the person; only the shape of addresses is looked at.
fn wrong(form: &Form) -> Option<&'static str> {
    let address =
        |text: &str| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if form.name.is_empty() {
        Some("The application name is not specified.")
    } else if form.handler.is_empty() {
        Some("Your handler path is not specified.")
    } else if !address(&form.handler) {
        Some("Your handler path must be an address that begins with http:// or https://.")
    } else if !form.install.is_empty() && !address(&form.install) {
        Some(
            "The initial installation path must be an address that begins with http:// or https://.",
        )
    } else if form.scopes.is_empty() {
        Some("Choose at least one permission.")
    } else {
        None
    }
}

/// `POST /devops/new/`
pub async fn create(State(here): State<Here>, headers: HeaderMap, body: Bytes) -> Response {
    let form = read(&body);
    let words = wrong(&form);
    let mut allowed = false;
    let refused = with(&here, &headers, |portal, me| {
        allowed = words.is_none();
        form_page(portal, me, None, &form, words.unwrap_or_default())
    });
    if !allowed {
        return refused;
    }
    let digits = u64::from_str_radix(&random_hex(6), 16).unwrap_or_default() % 100_000_000;
    let client_id = format!("local.{}.{digits:08}", random_hex(7));
    let app = LocalApp {
        client_id: client_id.clone(),
        client_secret: random_hex(25),
        application_token: random_hex(16),
        name: form.name,
        handler: form.handler,
        installed: form.api_only || form.install.is_empty(),
        install: form.install,
        api_only: form.api_only,
        scopes: form.scopes,
        scopes_pending: None,
        users: form.users,
        version: 1,
        events_url: String::new(),
    };
    let (shared, member) = here;
    let tell = app.api_only;
    shared.world(|world| {
        if let Some(portal) = world.portal_mut(&member) {
            portal.apps.push(app);
        }
    });
    if tell {
        operator::install(&shared, &member, &client_id);
    }
    Redirect::to(&format!("/devops/{client_id}/")).into_response()
}

/// `POST /devops/{app}/`. Other permissions wait for the next installation; another kind of app is one at once.
pub async fn update(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = read(&body);
    let words = wrong(&form);
    let mut allowed = false;
    let refused = with(&here, &headers, |portal, me| {
        allowed = words.is_none();
        form_page(
            portal,
            me,
            portal.app(&id),
            &form,
            words.unwrap_or_default(),
        )
    });
    if !allowed {
        return refused;
    }
    let (shared, member) = here;
    let anew = shared.world(|world| {
        let app = world.portal_mut(&member)?.app_mut(&id)?;
        app.name = form.name;
        app.handler = form.handler;
        app.install = form.install;
        app.users = form.users;
        app.scopes_pending = Some(form.scopes).filter(|scopes| *scopes != app.scopes);
        let kind = std::mem::replace(&mut app.api_only, form.api_only);
        if !app.installed {
            app.scopes_take();
        }
        Some(kind != form.api_only)
    });
    if anew == Some(true) {
        install_anew(&shared, &member, &id);
    }
    Redirect::to(&format!("/devops/{id}/")).into_response()
}

fn is_admin(here: &Here, headers: &HeaderMap) -> bool {
    let (shared, member) = here;
    shared.world(|world| {
        let portal = world.portal(member);
        portal.is_some_and(|portal| super::viewer::viewer(portal, headers).admin)
    })
}

/// `POST /devops/{app}/reinstall`: the installation page opens again, or the event comes again.
pub async fn reinstall(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if is_admin(&here, &headers) {
        install_anew(&here.0, &here.1, &id);
    }
    Redirect::to(&format!("/devops/{id}/")).into_response()
}

/// The permissions of the form are given, and the app is installed by its page or by the event.
fn install_anew(shared: &Shared, member: &str, id: &str) {
    let tell = shared.world(|world| {
        let app = world.portal_mut(member)?.app_mut(id)?;
        app.scopes_take();
        app.installed = app.api_only || app.install.is_empty();
        Some(app.api_only)
    });
    if tell == Some(true) {
        operator::install(shared, member, id);
    }
}

/// `POST /devops/{app}/update`: a new version, with a new `application_token`.
pub async fn renew(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if is_admin(&here, &headers) {
        operator::update(&here.0, &here.1, &id);
    }
    Redirect::to(&format!("/devops/{id}/")).into_response()
}

/// `POST /devops/{app}/delete`: ONAPPUNINSTALL, and nothing of the app is left.
pub async fn delete(
    State(here): State<Here>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if is_admin(&here, &headers) {
        let (shared, member) = here;
        let _ = operator::uninstall(&shared, &member, Some(&id));
    }
    Redirect::to("/devops/").into_response()
}
