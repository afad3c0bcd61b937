//! Turning things off: a channel on a line, a line, the whole app.

use super::event::fire;
use crate::state::Shared;
use crate::world::LocalApp;
use serde_json::json;

/// Switches a connector off on a line and fires ONIMCONNECTORSTATUSDELETE.
pub fn channel_off(
    shared: &Shared,
    member_id: &str,
    line: i64,
    connector: &str,
) -> Result<(), String> {
    shared.world(|world| {
        let portal = world
            .portal_mut(member_id)
            .ok_or("There is no such portal.")?;
        let found = portal
            .connectors
            .get_mut(connector)
            .ok_or("There is no such connector.")?;
        let channel = found
            .channels
            .get_mut(&line)
            .ok_or("The connector is not on this line.")?;
        channel.active = false;
        channel.data = None;
        Ok::<_, String>(())
    })?;
    let data = json!({ "connector": connector, "line": line });
    fire(
        shared,
        member_id,
        "ONIMCONNECTORSTATUSDELETE",
        &data,
        "switches",
        None,
    );
    shared.tell(json!({ "topic": "portal", "portal": member_id }));
    Ok(())
}

/// Removes a line and fires ONIMCONNECTORLINEDELETE, whose data is a bare number.
pub fn line_delete(shared: &Shared, member_id: &str, line: i64) -> Result<(), String> {
    shared.world(|world| {
        let portal = world
            .portal_mut(member_id)
            .ok_or("There is no such portal.")?;
        portal.lines.remove(&line).ok_or("There is no such line.")?;
        for connector in portal.connectors.values_mut() {
            connector.channels.remove(&line);
        }
        Ok::<_, String>(())
    })?;
    fire(
        shared,
        member_id,
        "ONIMCONNECTORLINEDELETE",
        &json!(line),
        "switches",
        None,
    );
    shared.tell(json!({ "topic": "portal", "portal": member_id }));
    Ok(())
}

/// Uninstalls an app, or all: ONAPPUNINSTALL is the last event, then its tokens die and its handlers and
/// connectors go.
pub fn uninstall(shared: &Shared, member_id: &str, app: Option<&str>) -> Result<(), String> {
    let data = json!({ "LANGUAGE_ID": "en", "CLEAN": 0 });
    let (leaving, staying) = shared.world(|world| {
        let portal = world
            .portal_mut(member_id)
            .ok_or("There is no such portal.")?;
        let all = std::mem::take(&mut portal.apps);
        let leaves = |it: &LocalApp| app.is_none_or(|id| id == it.client_id);
        let (leaving, staying): (Vec<_>, Vec<_>) = all.into_iter().partition(leaves);
        portal.apps.clone_from(&leaving);
        Ok::<_, String>((leaving, staying))
    })?;
    fire(shared, member_id, "ONAPPUNINSTALL", &data, "switches", None);
    shared.world(|world| {
        if let Some(portal) = world.portal_mut(member_id) {
            for app in &leaving {
                portal.app_forget(&app.client_id);
            }
            portal.apps = staying;
        }
    });
    shared.tell(json!({ "topic": "portal", "portal": member_id }));
    Ok(())
}
