//! Who is looking at the portal: a cookie says which of its users.

use super::Here;
use crate::params;
use crate::words::text_of;
use crate::world::{Portal, User};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

fn cookie_name(member_id: &str) -> String {
    let short: String = member_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    format!("b24_user_{short}")
}

/// The user of the cookie, else the portal's first.
pub fn viewer(portal: &Portal, headers: &HeaderMap) -> User {
    let name = cookie_name(&portal.member_id);
    let cookies = headers.get(header::COOKIE).and_then(|it| it.to_str().ok());
    let id = cookies
        .unwrap_or_default()
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, id)| id.parse().ok());
    let found = id.and_then(|id| portal.user(id)).or(portal.users.first());
    found.cloned().unwrap_or_else(|| portal.operator())
}

/// `POST /who`: somebody else sits down at the computer.
pub async fn change(State((_, member)): State<Here>, body: Bytes) -> Response {
    let form = params::parse(&body);
    let id = text_of(form.get("user")).unwrap_or_default();
    let back = text_of(form.get("back")).filter(|path| path.starts_with('/'));
    let id: String = id.chars().filter(char::is_ascii_digit).collect();
    let cookie = format!("{}={id}; Path=/; SameSite=Lax", cookie_name(&member));
    let location = back.unwrap_or("/contact_center/".to_string());
    let head = [(header::SET_COOKIE, cookie), (header::LOCATION, location)];
    (StatusCode::SEE_OTHER, head).into_response()
}
