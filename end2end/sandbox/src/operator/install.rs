//! The events by which an app learns that it was installed, or updated.

use super::event::fire_at;
use crate::params;
use crate::state::Shared;
use crate::webhook::{Job, Load};
use crate::words::{now, random_hex};
use crate::world::Owner;
use serde_json::json;

/// ONAPPINSTALL for the handlers that an app with pages has bound, when its installation is finished.
pub fn installed(shared: &Shared, member_id: &str, client_id: &str) {
    let version = shared.world(|world| Some(world.portal(member_id)?.app(client_id)?.version));
    let data = json!({
        "VERSION": version, "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en",
    });
    let event = "ONAPPINSTALL";
    fire_at(
        shared,
        member_id,
        Some(client_id),
        event,
        &data,
        "install",
        None,
    );
}

/// "Update": the app gets a new `application_token`, hears of it by ONAPPUPDATE, and everything it had bound is
/// gone.
pub fn update(shared: &Shared, member_id: &str, client_id: &str) {
    let versions = shared.world(|world| {
        let app = world.portal_mut(member_id)?.app_mut(client_id)?;
        app.application_token = random_hex(16);
        app.version += 1;
        app.scopes_take();
        Some((app.version, app.version - 1))
    });
    let Some((version, before)) = versions else {
        return;
    };
    let data = json!({ "VERSION": version, "PREVIOUS_VERSION": before, "LANGUAGE_ID": "en" });
    let event = "ONAPPUPDATE";
    fire_at(
        shared,
        member_id,
        Some(client_id),
        event,
        &data,
        "install",
        None,
    );
    shared.world(|world| {
        if let Some(portal) = world.portal_mut(member_id) {
            portal.app_unbind(client_id);
        }
    });
    shared.tell(json!({ "topic": "portal", "portal": member_id }));
}

/// Posts ONAPPINSTALL to the app's installation path, else to its handler.
pub fn install(shared: &Shared, member_id: &str, client_id: &str) {
    let server = shared.ports.oauth();
    let made = shared.world(|world| {
        let life = world.behaviour.token_seconds;
        let portal = world.portal_mut(member_id)?;
        let app = portal.app(client_id)?.clone();
        let admin = portal.users.iter().find(|user| user.admin);
        let owner = Owner {
            user: admin.map_or(1, |user| user.id),
            app: app.client_id.clone(),
        };
        let user = owner.user;
        let (access, refresh) = portal.token_new(owner, life);
        let tree = json!({
            "event": "ONAPPINSTALL",
            "data": { "VERSION": app.version, "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en" },
            "ts": now(),
            "auth": {
                "access_token": access,
                "expires": now() + life,
                "expires_in": life,
                "scope": app.scopes.join(","),
                "domain": portal.domain,
                "server_endpoint": format!("{server}/rest/"),
                "status": "L",
                "client_endpoint": format!("http://{}/rest/", portal.domain),
                "member_id": portal.member_id,
                "user_id": user,
                "refresh_token": refresh,
                "application_token": app.application_token,
            },
        });
        let url = if app.install.is_empty() {
            app.handler
        } else {
            app.install
        };
        Some((url, params::encode(&tree)))
    });
    let Some((url, body)) = made else { return };
    let delivery =
        shared.journal(|journal| journal.delivery_open("event", "ONAPPINSTALL".to_string()));
    let job = Job {
        delivery,
        load: Load::Event { url, body },
        retry: false,
        then: None,
        generation: shared.generation(),
    };
    shared.lane_push(format!("event {member_id} install"), job);
}
