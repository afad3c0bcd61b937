//! Graph's error envelope.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// An error answer of Graph.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub status: StatusCode,
    pub code: u32,
    pub subcode: Option<u32>,
    pub kind: &'static str,
    pub message: String,
    pub details: Option<String>,
    /// `error_user_title` and `error_user_msg`, where Meta has words for the admin.
    pub user: Option<Box<(String, String)>>,
}

/// A trace id of the usual look.
pub fn trace_id() -> String {
    format!("A{}", crate::words::random_hex(11))
}

impl Refusal {
    fn new(status: StatusCode, code: u32, kind: &'static str, message: String) -> Self {
        Self {
            status,
            code,
            subcode: None,
            kind,
            message,
            details: None,
            user: None,
        }
    }

    /// 100 with words for the admin: what a template, or the request to make one, lacks.
    pub fn template(subcode: Option<u32>, title: &str, words: &str) -> Self {
        let mut refusal = Self::parameter("Invalid parameter");
        refusal.subcode = subcode;
        refusal.user = Some(Box::new((title.to_string(), words.to_string())));
        refusal
    }

    /// The same refusal with another HTTP status.
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// 100: a parameter is wrong.
    pub fn parameter(message: &str) -> Self {
        let message = format!("(#100) {message}");
        Self::new(StatusCode::BAD_REQUEST, 100, "OAuthException", message)
    }

    /// A messaging error with its number, words and details.
    pub fn messaging(code: u32, message: &str, details: &str) -> Self {
        let message = format!("(#{code}) {message}");
        let mut refusal = Self::new(StatusCode::BAD_REQUEST, code, "OAuthException", message);
        refusal.details = Some(details.to_string());
        refusal
    }

    /// 100 with subcode 33: the object is not there, or the token may not see it.
    pub fn no_object(method: &str, id: &str) -> Self {
        let message = format!(
            "Unsupported {} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
            method.to_lowercase()
        );
        let mut refusal = Self::new(
            StatusCode::BAD_REQUEST,
            100,
            "GraphMethodException",
            message,
        );
        refusal.subcode = Some(33);
        refusal
    }

    /// 2500: the path leads nowhere.
    pub fn no_path(path: &str) -> Self {
        let message = format!("Unknown path components: /{path}");
        Self::new(StatusCode::BAD_REQUEST, 2500, "OAuthException", message)
    }

    /// 104: no token was given.
    pub fn no_token() -> Self {
        let message = "An access token is required to request this resource.".to_string();
        Self::new(StatusCode::UNAUTHORIZED, 104, "OAuthException", message)
    }

    /// 190: the token is not one of ours.
    pub fn bad_token() -> Self {
        let message = "Invalid OAuth access token - Cannot parse access token".to_string();
        Self::new(StatusCode::UNAUTHORIZED, 190, "OAuthException", message)
    }

    /// 190 with subcode 463: the token was good once.
    pub fn expired_token() -> Self {
        let message = "Error validating access token: Session has expired".to_string();
        let mut refusal = Self::new(StatusCode::UNAUTHORIZED, 190, "OAuthException", message);
        refusal.subcode = Some(463);
        refusal
    }

    /// 190 with subcode 467: somebody withdrew it.
    pub fn invalidated_token() -> Self {
        let message = "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.".to_string();
        let mut refusal = Self::new(StatusCode::UNAUTHORIZED, 190, "OAuthException", message);
        refusal.subcode = Some(467);
        refusal
    }

    /// 10 for messages, 200 for anything else: the permission was not given.
    pub fn permission(scope: &str) -> Self {
        let (code, message) = if scope == "whatsapp_business_messaging" {
            (
                10,
                "(#10) Application does not have permission for this action".to_string(),
            )
        } else {
            (
                200,
                format!("(#200) Requires {scope} permission to manage the object"),
            )
        };
        Self::new(StatusCode::FORBIDDEN, code, "OAuthException", message)
    }

    /// What the exchange of a login's code refuses.
    pub fn login(code: u32, subcode: Option<u32>, message: &str) -> Self {
        let mut refusal = Self::new(
            StatusCode::BAD_REQUEST,
            code,
            "OAuthException",
            message.to_string(),
        );
        refusal.subcode = subcode;
        refusal
    }

    /// 2200: the callback did not answer the challenge.
    pub fn callback(words: &str) -> Self {
        let message =
            format!("(#2200) Callback verification failed with the following errors: {words}");
        Self::new(StatusCode::BAD_REQUEST, 2200, "OAuthException", message)
    }

    /// The envelope.
    pub fn body(&self) -> Value {
        let mut error = json!({
            "message": self.message,
            "type": self.kind,
            "code": self.code,
        });
        if let Some(map) = error.as_object_mut() {
            if let Some(subcode) = self.subcode {
                map.insert("error_subcode".to_string(), json!(subcode));
            }
            if let Some(details) = &self.details {
                let data = json!({ "messaging_product": "whatsapp", "details": details });
                map.insert("error_data".to_string(), data);
            }
            if let Some((title, words)) = self.user.as_deref() {
                map.insert("is_transient".to_string(), json!(false));
                map.insert("error_user_title".to_string(), json!(title));
                map.insert("error_user_msg".to_string(), json!(words));
            }
            map.insert("fbtrace_id".to_string(), json!(trace_id()));
        }
        json!({ "error": error })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let challenge = [(
            "www-authenticate",
            format!(
                "OAuth \"Facebook Platform\" \"invalid_token\" \"{}\"",
                self.message
            ),
        )];
        let body = axum::Json(self.body());
        if self.status == StatusCode::UNAUTHORIZED {
            (self.status, challenge, body).into_response()
        } else {
            (self.status, body).into_response()
        }
    }
}
