//! The events of a portal come here and nowhere else of ours.

use crate::bitrix::app::{Binding, bindings, rebind};
use crate::bitrix::{CallError, PortalKeys};
use crate::state::AppState;
use std::collections::HashSet;
use url::Url;

/// The events THOTH listens to. Source: "Events" of the REST documentation.
const EVENTS: [&str; 10] = [
    "ONIMCONNECTORMESSAGEADD",
    "ONIMCONNECTORMESSAGEUPDATE",
    "ONIMCONNECTORMESSAGEDELETE",
    "ONIMCONNECTORSTATUSDELETE",
    "ONIMCONNECTORLINEDELETE",
    "ONIMCONNECTORDIALOGSTART",
    "ONIMCONNECTORDIALOGFINISH",
    "ONAPPUNINSTALL",
    "ONAPPUPDATE",
    "ONAPPINSTALL",
];

/// The ones without which there is no conversation.
const VITAL: usize = 5;

/// Where events go.
pub(super) fn handler(public_url: &Url) -> String {
    format!("{}/api/bitrix/", public_url.as_str().trim_end_matches('/'))
}

/// Unbinds addresses of an earlier day and binds what is missing. Answers how many events are bound.
pub(super) async fn reconcile(state: &AppState, keys: &PortalKeys) -> Result<usize, CallError> {
    let api = &state.remotes.bitrix;
    let handler = handler(&state.config.public_url);
    let bound = bindings(api, keys).await?;
    let (off, on) = difference(&bound, &handler);
    if off.is_empty() && on.is_empty() {
        return Ok(EVENTS.len());
    }
    let (vital, other): (Vec<_>, Vec<_>) = on.into_iter().partition(|binding| {
        EVENTS
            .iter()
            .take(VITAL)
            .any(|event| *event == binding.event)
    });
    rebind(api, keys, &off, &vital).await?;
    // An older portal may not know all of the others.
    match rebind(api, keys, &[], &other).await {
        Ok(()) => Ok(EVENTS.len()),
        Err(CallError::Refused { .. }) => Ok(EVENTS.len() - other.len()),
        Err(error) => Err(error),
    }
}

/// What is to be unbound and what bound.
fn difference(bound: &[Binding], handler: &str) -> (Vec<Binding>, Vec<Binding>) {
    let ours: HashSet<&str> = EVENTS.into_iter().collect();
    let off = bound
        .iter()
        .filter(|binding| ours.contains(binding.event.as_str()) && binding.handler != handler)
        .cloned()
        .collect();
    let on = EVENTS
        .into_iter()
        .filter(|event| {
            !bound
                .iter()
                .any(|binding| binding.event == *event && binding.handler == handler)
        })
        .map(|event| Binding {
            event: event.to_owned(),
            handler: handler.to_owned(),
        })
        .collect();
    (off, on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(event: &str, handler: &str) -> Binding {
        Binding {
            event: event.to_owned(),
            handler: handler.to_owned(),
        }
    }

    #[test]
    fn what_is_bound_stays_and_old_addresses_go() {
        let here = "https://new.example/api/bitrix/";
        let bound = [
            binding("ONIMCONNECTORMESSAGEADD", here),
            binding("ONIMCONNECTORLINEDELETE", "https://old.example/api/bitrix/"),
            binding("ONCRMLEADADD", "https://old.example/"),
        ];
        let (off, on) = difference(&bound, here);
        assert_eq!(off, [bound[1].clone()]);
        assert_eq!(on.len(), EVENTS.len() - 1);
        let all: Vec<Binding> = EVENTS.iter().map(|event| binding(event, here)).collect();
        assert_eq!(difference(&all, here), (Vec::new(), Vec::new()));
    }
}
