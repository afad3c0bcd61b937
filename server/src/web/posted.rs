//! Forms that go to the page they stand on: long ones, and those with a file.
//!
//! Whoever is refused gets the same page with what was typed; no address would hold it.

use super::panel::{PanelState, page_again};
use crate::backend::backend_of_parts;
use app::api::{Again, Followed, Posted, posted};
use app::backend::Sample;
use app::model::ProblemCode;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// The most such a form may weigh. What a file has more than [`FILE`] is read and dropped, so that the words beside it
/// are not lost with it.
pub(super) const BODY_LIMIT: usize = 128 * 1024 * 1024;

/// The most that is kept of a file: more than any sample may weigh.
const FILE: usize = 17 * 1024 * 1024;

/// The most fields a form has.
const FIELDS: usize = 200;

/// The most one field's words may weigh.
const WORDS: usize = 32 * 1024;

/// Takes the form and leads on, or makes the page again.
pub(super) async fn take(State(state): State<PanelState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let backend = backend_of_parts(state.app(), parts.clone());
    // Nobody's file is taken.
    let followed = match backend.accounts.caller().await {
        Ok(Some(_)) => {
            let form = Request::from_parts(parts.clone(), body);
            match read(form).await {
                Some(form) => posted(&backend, parts.uri.path(), form).await,
                None => Some(Followed::Again(Again::unread(ProblemCode::BadRequest))),
            }
        }
        Ok(None) => Some(Followed::Again(Again::unread(ProblemCode::NotSignedIn))),
        Err(problem) => Some(Followed::Again(Again::unread(problem.code))),
    };
    let again = match followed {
        Some(Followed::Page(path)) => {
            let path = format!("{}{path}", backend.exchange.base());
            return Redirect::to(&path).into_response();
        }
        Some(Followed::Again(again)) => again,
        None => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    parts.method = Method::GET;
    let status = StatusCode::from_u16(again.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let request = Request::from_parts(parts, axum::body::Body::empty());
    let mut response = page_again(state, request, again).await;
    // Who has no session any more is on the way to sign in.
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// The fields and the file; none where it is no form of ours.
async fn read(request: Request) -> Option<Posted> {
    let fields = Multipart::from_request(request, &()).await.ok()?;
    parts(fields).await.ok().flatten()
}

async fn parts(mut fields: Multipart) -> Result<Option<Posted>, MultipartError> {
    let mut form = Posted::default();
    while let Some(mut field) = fields.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name() {
            let (file, kind) = (
                file.to_owned(),
                field.content_type().unwrap_or_default().to_owned(),
            );
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await? {
                let room = FILE.saturating_sub(bytes.len()).min(chunk.len());
                bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
            }
            // A file field without a file is empty.
            if !bytes.is_empty() {
                form.file = Some(Sample {
                    name: file,
                    kind,
                    bytes,
                });
            }
            continue;
        }
        let value = field.text().await?;
        if form.fields.len() >= FIELDS || value.len() > WORDS {
            return Ok(None);
        }
        form.fields.push((name, value));
    }
    Ok(Some(form))
}
