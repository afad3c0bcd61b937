//! Events as Bitrix24 posts them: a form with bracket keys and the `auth` block.

use crate::params;
use crate::state::Shared;
use crate::webhook::{Job, Load, Then};
use crate::words::{now, random_hex};
use crate::world::{Owner, Portal, Token};
use serde_json::{Value, json};

/// Queues an event for every handler of the portal; tells how many there are.
pub fn fire(
    shared: &Shared,
    member_id: &str,
    event: &str,
    data: &Value,
    lane: &str,
    then: Option<Then>,
) -> usize {
    fire_at(shared, member_id, None, event, data, lane, then)
}

/// The same for the handlers of one app, where one is named.
pub fn fire_at(
    shared: &Shared,
    member_id: &str,
    only: Option<&str>,
    event: &str,
    data: &Value,
    lane: &str,
    then: Option<Then>,
) -> usize {
    let server = shared.ports.oauth();
    let bare = shared.faults(|faults| faults.events.no_token);
    let bodies: Vec<(String, String)> = shared.world(|world| {
        let life = world.behaviour.token_seconds;
        let Some(portal) = world.portal_mut(member_id) else {
            return Vec::new();
        };
        handlers(portal, event, data)
            .into_iter()
            .filter(|(_, app, _)| only.is_none_or(|only| only == app))
            .map(|(id, app, url)| {
                let mut auth = auth(portal, &app, event, &server, life);
                if bare {
                    without_tokens(&mut auth);
                }
                let tree = json!({
                    "event": event,
                    "event_handler_id": id,
                    "data": data,
                    "ts": now(),
                    "auth": auth,
                });
                (url, params::encode(&tree))
            })
            .collect()
    });
    let count = bodies.len();
    let reorder = shared.faults(|faults| faults.events.reorder);
    for (index, (url, body)) in bodies.into_iter().enumerate() {
        let delivery = shared.journal(|journal| journal.delivery_open("event", event.to_string()));
        let job = Job {
            delivery,
            load: Load::Event { url, body },
            retry: false,
            // The first handler's answer is the one shown beside the message.
            then: if index == 0 { then.clone() } else { None },
            generation: shared.generation(),
        };
        let mut key = format!("event {member_id} {lane} {index}");
        if reorder {
            key = format!("{key} {delivery}");
        }
        shared.lane_push(key, job);
    }
    count
}

/// Id, app and address of everyone who hears of an event. An app whose installation is not finished hears
/// nothing, and the events of a connector go to the app that registered it.
fn handlers(portal: &Portal, event: &str, data: &Value) -> Vec<(i64, String, String)> {
    let connector = data.get("CONNECTOR").or_else(|| data.get("connector"));
    let owner = connector
        .and_then(Value::as_str)
        .and_then(|id| portal.connectors.get(id))
        .map(|connector| connector.app.as_str());
    let mut found = Vec::new();
    for app in portal.apps.iter().filter(|app| app.installed) {
        if owner.is_some_and(|owner| owner != app.client_id) {
            continue;
        }
        let bound: Vec<_> = portal
            .bound
            .iter()
            .filter(|bound| bound.event == event && bound.app == app.client_id)
            .map(|bound| (bound.id, app.client_id.clone(), bound.handler.clone()))
            .collect();
        let more = &app.events_url;
        let listed = bound.iter().any(|(_, _, url)| url == more);
        found.extend(bound);
        if !more.is_empty() && !listed {
            found.push((555, app.client_id.clone(), more.clone()));
        }
    }
    found
}

/// The `auth` block: after an uninstall it has no tokens.
fn auth(portal: &mut Portal, app: &str, event: &str, server: &str, life: i64) -> Value {
    let operator = portal.operator();
    let domain = portal.domain.clone();
    let (application_token, scope) = portal
        .app(app)
        .map(|app| (app.application_token.clone(), app.scopes.join(", ")))
        .unwrap_or_default();
    let client_endpoint = format!("http://{domain}/rest/");
    let server_endpoint = format!("{server}/rest/");
    if event == "ONAPPUNINSTALL" {
        return json!({
            "domain": domain,
            "server_endpoint": server_endpoint,
            "client_endpoint": client_endpoint,
            "member_id": portal.member_id,
            "application_token": application_token,
        });
    }
    // What happens to the app itself is done by an administrator, and brings a refresh token.
    if ["ONAPPINSTALL", "ONAPPUPDATE"].contains(&event) {
        let admin = portal.users.iter().find(|user| user.admin);
        let user = admin.map_or(operator.id, |user| user.id);
        let owner = Owner {
            user,
            app: app.to_string(),
        };
        let (access, refresh) = portal.token_new(owner, life);
        return json!({
            "access_token": access,
            "expires": now() + life,
            "expires_in": life,
            "scope": scope,
            "domain": domain,
            "server_endpoint": server_endpoint,
            "status": "L",
            "client_endpoint": client_endpoint,
            "member_id": portal.member_id,
            "user_id": user,
            "refresh_token": refresh,
            "application_token": application_token,
        });
    }
    let user = operator.id;
    acting(portal, app, user, server, life)
}

/// The `auth` block of something this user does.
pub(super) fn acting(portal: &mut Portal, app: &str, user: i64, server: &str, life: i64) -> Value {
    let known = portal.app(app);
    let (application_token, scope) = known
        .map(|app| (app.application_token.clone(), app.scopes.join(", ")))
        .unwrap_or_default();
    let owner = Owner {
        user,
        app: app.to_string(),
    };
    let (access, expires) = acting_token(portal, owner, life);
    json!({
        "access_token": access,
        "expires": expires,
        "expires_in": life,
        "scope": scope,
        "domain": portal.domain,
        "server_endpoint": format!("{server}/rest/"),
        "status": "L",
        "client_endpoint": format!("http://{}/rest/", portal.domain),
        "member_id": portal.member_id,
        "user_id": user,
        "application_token": application_token,
    })
}

/// Takes the tokens out of an `auth` block, as when a robot acted.
pub(super) fn without_tokens(auth: &mut Value) {
    if let Some(map) = auth.as_object_mut() {
        let tokens = ["access_token", "refresh_token", "expires", "expires_in"];
        map.retain(|key, _| !tokens.contains(&key.as_str()));
    }
}

/// A token of the acting user: one that lives for a while yet, else a new one.
fn acting_token(portal: &mut Portal, owner: Owner, life: i64) -> (String, i64) {
    let found = portal
        .access
        .iter()
        .find(|(_, token)| token.owner == owner && token.expires > now() + life / 2)
        .map(|(text, token)| (text.clone(), token.expires));
    found.unwrap_or_else(|| {
        let text = random_hex(24);
        let expires = now() + life;
        portal.access.insert(text.clone(), Token { owner, expires });
        (text, expires)
    })
}
