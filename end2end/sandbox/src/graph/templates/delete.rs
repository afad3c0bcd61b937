//! `DELETE /{waba}/message_templates`: every language of a name, or one by its id.

use crate::graph::Refusal;
use crate::graph::accounts::owned;
use crate::graph::route::Call;
use crate::world::{Template, World};
use serde_json::{Value, json};

/// Deletes by `name`, with `hsm_id` one language of it.
pub fn delete(call: &Call, waba: &str) -> Result<Value, Refusal> {
    owned(call, waba)?;
    let id = call.parameter("hsm_id").filter(|text| !text.is_empty());
    let name = call.parameter("name").filter(|text| !text.is_empty());
    let name = name.ok_or_else(|| Refusal::parameter("The parameter name is required."))?;
    let chosen = |it: &Template| {
        it.waba == waba && it.name == name && id.as_ref().is_none_or(|id| *id == it.id)
    };
    let count = call.shared.world(|world| remove(world, chosen));
    if count == 0 {
        let words = format!("There is no message template {name} in this account.");
        return Err(Refusal::template(
            None,
            "Message Template Not Found",
            &words,
        ));
    }
    call.shared
        .tell(json!({ "topic": "templates", "waba": waba }));
    Ok(json!({ "success": true }))
}

/// Takes them away; the name of one that was approved is held back for a while.
fn remove(world: &mut World, chosen: impl Fn(&Template) -> bool) -> usize {
    let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut world.templates)
        .into_iter()
        .partition(chosen);
    world.templates = kept;
    let approved = gone.iter().filter(|it| it.approved_once);
    let names: Vec<_> = approved
        .map(|it| (it.waba.clone(), it.name.clone()))
        .collect();
    world.names_gone.extend(names);
    gone.len()
}
