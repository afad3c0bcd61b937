//! Who a token belongs to, and the business portfolios behind the WABAs it reaches.

use super::Refusal;
use super::accounts::{fields_of, paged};
use super::route::Call;
use crate::world::Waba;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `GET /me`
pub fn me(call: &Call) -> Result<Value, Refusal> {
    let token = call.token().ok_or_else(Refusal::bad_token)?;
    let name = call.shared.world(|world| {
        let found = world.persons.iter().find(|it| it.id == token.user_id);
        found.map(|person| person.name.clone())
    });
    Ok(json!({ "id": token.user_id, "name": name.unwrap_or("System user".to_string()) }))
}

/// The WABAs the caller reaches.
fn reached(call: &Call) -> Result<Vec<Waba>, Refusal> {
    call.needs("business_management")?;
    Ok(call.shared.world(|world| {
        let wabas = world.wabas.iter().filter(|waba| call.may(&waba.id));
        wabas.cloned().collect()
    }))
}

/// `GET /me/businesses`
pub fn mine(call: &Call) -> Result<Value, Refusal> {
    let wabas = reached(call)?;
    let ids: BTreeSet<&str> = wabas
        .iter()
        .map(|waba| match waba.client_of.as_str() {
            "" => waba.business.as_str(),
            agency => agency,
        })
        .collect();
    let rows = ids.into_iter().map(|id| {
        let row = json!({ "id": id, "name": format!("Business {id}") });
        (id.to_string(), row)
    });
    Ok(paged(call, "me/businesses", rows.collect()))
}

/// `GET /{business}/owned_whatsapp_business_accounts` and the ones other portfolios share with it.
pub fn accounts(call: &Call, business: &str, edge: &str) -> Result<Value, Refusal> {
    let wabas = reached(call)?;
    let related = |waba: &&Waba| waba.business == business || waba.client_of == business;
    if !wabas.iter().any(|waba| related(&waba)) {
        return Err(Refusal::no_object("get", business));
    }
    let shared_ones = edge.starts_with("client");
    let fields = call.parameter("fields");
    let chosen = wabas.iter().filter(|waba| {
        if shared_ones {
            waba.client_of == business
        } else {
            waba.business == business
        }
    });
    let rows: Result<Vec<(String, Value)>, Refusal> = chosen
        .map(|waba| Ok((waba.id.clone(), fields_of(call, waba, fields.as_deref())?)))
        .collect();
    Ok(paged(call, &format!("{business}/{edge}"), rows?))
}
