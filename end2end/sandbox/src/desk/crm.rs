//! A contact's card in the CRM: "Send SMS" by hand, by a robot, and what became of the messages.

use super::Here;
use super::chrome::card as page;
use super::viewer::viewer;
use crate::pages::escape;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;

/// The card; its forms are sent and its list is kept by `crm.js`.
const CARD: &str = include_str!("../../assets/crm.html");

/// `GET /crm/`
pub async fn card(State((shared, member)): State<Here>, headers: HeaderMap) -> Response {
    shared.world(|world| {
        let Some(portal) = world.portal(&member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, &headers);
        let main = CARD
            .replace("{{member}}", &escape(&member))
            .replace("{{language}}", &escape(&portal.language))
            .replace("{{user}}", &me.id.to_string());
        page(portal, &me, "/crm/", "Contact 123", &main).into_response()
    })
}
