//! How a door says no.

use crate::inbox::WriteFailed;
use crate::store::StoreError;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why nothing was taken in.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 403: the key, the signature or the token is wrong or missing.
    Forbidden(&'static str),
    /// 400: the body or the query cannot be read.
    Malformed(&'static str),
    /// 413: too large.
    TooLarge,
    /// 503: the database does not answer; the same again later.
    Unavailable,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "A door is closed because the database does not answer");
        Self::Unavailable
    }
}

impl From<WriteFailed> for Refusal {
    fn from(_: WriteFailed) -> Self {
        Self::Unavailable
    }
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Malformed("the body did not arrive whole"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, words) = match self {
            Self::Forbidden(words) => (StatusCode::FORBIDDEN, words),
            Self::Malformed(words) => (StatusCode::BAD_REQUEST, words),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "the body is larger than 3 MiB",
            ),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "try again later"),
        };
        let mut response = (status, words).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
