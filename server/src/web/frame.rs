//! Pages inside Bitrix24's frame: who may show them, and what is said when their key is over.

use crate::accounts::{AccountError, Accounts};
use crate::bitrix::PortalAddress;
use crate::state::AppState;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// The key of a path `/frame/<key>/…`.
pub fn frame_key(path: &str) -> Option<String> {
    let base = app::base::of_path(path);
    let key = base.strip_prefix("/frame/")?;
    (!key.is_empty()).then(|| key.to_owned())
}

/// The origin of the portal around a page and its language; none when the key is over.
pub(super) async fn find(
    state: &AppState,
    key: &str,
) -> Result<Option<(String, String)>, AccountError> {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let Some(framed) = accounts.frame_find(key).await? else {
        return Ok(None);
    };
    let portal = state.store.portal_find(framed.portal).await?;
    let address =
        portal.and_then(|portal| PortalAddress::parse(&portal.protocol, &portal.domain).ok());
    Ok(address.map(|address| (address.to_string(), framed.language)))
}

/// What is shown in place of a page whose key is over. Any portal may show it: it says nothing.
pub(super) fn expired() -> Response {
    const WORDS: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>THOTH</title>\
        <link rel=\"stylesheet\" href=\"/pkg/thoth.css\"></head><body><main class=\"content\">\
        <h1>THOTH</h1><p>This page has expired. Open the application from Bitrix24's menu again.</p>\
        <p lang=\"ru\">Страница устарела. Снова откройте приложение из меню Битрикс24.</p></main></body></html>";
    let mut response = (StatusCode::UNAUTHORIZED, Html(WORDS)).into_response();
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::frame_key;

    #[test]
    fn only_a_frames_path_has_a_key() {
        assert_eq!(frame_key("/phones"), None);
        assert_eq!(frame_key("/frame/"), None);
        assert_eq!(frame_key("/frame/abc/phones").as_deref(), Some("abc"));
    }
}
