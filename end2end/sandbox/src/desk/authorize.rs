//! `/oauth/authorize/`: the browser's part of the full OAuth flow. There is no redirect parameter: the app's own
//! page gets the code.

use super::Here;
use super::chrome::page;
use super::viewer::viewer;
use crate::pages::escape;
use crate::params;
use crate::words::{now, random_hex, text_of};
use crate::world::{OauthCode, Owner};
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use url::form_urlencoded;

/// A redirect with the code; what is wrong stands on a page of the portal.
pub async fn go(
    State((shared, member)): State<Here>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let input = params::parse(query.unwrap_or_default().as_bytes());
    let get = |name: &str| text_of(input.get(name)).unwrap_or_default();
    let server = shared.ports.oauth();
    shared.world(|world| {
        let Some(portal) = world.portal_mut(&member) else {
            return Redirect::to("/").into_response();
        };
        let me = viewer(portal, &headers);
        let id = get("client_id");
        let Some(app) = portal.app(&id).filter(|app| app.installed).cloned() else {
            let words = format!(
                "<p role=\"alert\">The application {} is not installed.</p>",
                escape(&id)
            );
            let refused = page(portal, &me, "/", "Authorization error", &words);
            return (StatusCode::BAD_REQUEST, refused).into_response();
        };
        let code = random_hex(20);
        portal.codes.push(OauthCode {
            code: code.clone(),
            owner: Owner {
                user: me.id,
                app: id,
            },
            until: now() + 30,
        });
        let mut words = form_urlencoded::Serializer::new(String::new());
        words
            .append_pair("code", &code)
            .append_pair("state", &get("state"))
            .append_pair("domain", &portal.domain)
            .append_pair("member_id", &portal.member_id)
            .append_pair("scope", &app.scopes.join(","))
            .append_pair("server_domain", server.trim_start_matches("http://"));
        let sign = if app.handler.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{}{sign}{}", app.handler, words.finish())).into_response()
    })
}
