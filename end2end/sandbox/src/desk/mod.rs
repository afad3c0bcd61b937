//! A portal as the people who work in it see it, under the portal's own address.
//!
//! `viewer` knows who looks, `chrome` draws the menu around a page, `devops` is the form of local applications,
//! `frame` opens an app's page in an iframe with the parameters Bitrix24 posts, `contact_center` shows the tiles of
//! connectors and the lines behind them, `crm` a contact's card from which text messages are sent, `authorize` is the
//! browser's part of the full OAuth flow. Everything is plain HTML; only a frame and the card need a script.

mod authorize;
mod chrome;
mod contact_center;
mod crm;
mod devops;
mod frame;
mod save;
mod viewer;

use crate::state::Shared;
use axum::Router;
use axum::routing::{get, post};

/// Which portal a page belongs to.
type Here = (Shared, String);

/// All pages of a portal but the operator's window.
pub fn router(shared: &Shared, member_id: &str) -> Router {
    let here: Here = (shared.clone(), member_id.to_string());
    Router::new()
        .route("/who", post(viewer::change))
        .route("/devops/", get(devops::list))
        .route("/devops/new/", get(devops::new).post(save::create))
        .route("/devops/{app}/", get(devops::edit).post(save::update))
        .route("/devops/{app}/delete", post(save::delete))
        .route("/devops/{app}/reinstall", post(save::reinstall))
        .route("/devops/{app}/update", post(save::renew))
        .route("/marketplace/app/{app}/", get(frame::app))
        .route("/frame/{sid}/finish", post(frame::finish))
        .route("/contact_center/", get(contact_center::tiles))
        .route("/contact_center/lines", post(contact_center::line_add))
        .route(
            "/contact_center/lines/{line}/delete",
            post(contact_center::line_delete),
        )
        .route(
            "/contact_center/connector/{id}/",
            get(contact_center::lines),
        )
        .route(
            "/contact_center/connector/{id}/{line}/",
            get(frame::connector),
        )
        .route(
            "/contact_center/connector/{id}/{line}/off",
            post(contact_center::off),
        )
        .route("/crm/", get(crm::card))
        .route("/oauth/authorize/", get(authorize::go))
        .with_state(here)
}
