//! The resumable upload: announced, sent with the offset reached, worth a handle when it is whole.

use crate::graph::Refusal;
use crate::graph::route::{Call, Caller};
use crate::words::{int_of, random_hex};
use crate::world::Upload;
use base64::Engine as _;
use http::header;
use serde_json::{Value, json};

/// What Meta takes as a sample.
const TYPES: [&str; 5] = [
    "application/pdf",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "video/mp4",
];

/// The path is the one of an upload's bytes, which are no form.
pub fn is_upload(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with("upload:"))
}

/// `POST /{app}/uploads?file_name=&file_length=&file_type=`
pub fn announce(call: &Call, app: &str) -> Result<Value, Refusal> {
    if call.app() != app {
        return Err(Refusal::no_object("post", app));
    }
    call.needs("whatsapp_business_management")?;
    let need = |name: &str| {
        let value = call.parameter(name).filter(|text| !text.is_empty());
        value.ok_or_else(|| Refusal::parameter(&format!("The parameter {name} is required.")))
    };
    need("file_name")?;
    let mime = need("file_type")?;
    let length = int_of(Some(&json!(need("file_length")?))).filter(|length| *length > 0);
    let length = length.ok_or_else(|| Refusal::parameter("Param file_length must be positive."))?;
    if !TYPES.contains(&mime.as_str()) {
        let words = format!("Param file_type must be one of {{{}}}.", TYPES.join(", "));
        return Err(Refusal::parameter(&words));
    }
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let id = format!(
        "upload:{}?sig={}",
        engine.encode(format!("attachment:{}", random_hex(12))),
        random_hex(12)
    );
    let handle = format!("4:{}:{}", engine.encode(&mime), random_hex(24));
    let upload = Upload {
        id: id.clone(),
        app: app.to_string(),
        mime,
        length: usize::try_from(length).unwrap_or_default(),
        received: 0,
        handle,
    };
    call.shared.world(|world| world.uploads.push(upload));
    Ok(json!({ "id": id }))
}

/// The upload of a path, where it is the caller's. Its signature came as a query.
fn found(call: &Call, path: &str) -> Result<Upload, Refusal> {
    if matches!(call.caller, Caller::App(_)) {
        return Err(Refusal::no_object("post", path));
    }
    let sig = call.parameter("sig").unwrap_or_default();
    let id = format!("{path}?sig={sig}");
    let upload = call.shared.world(|world| {
        let found = world.uploads.iter().find(|it| it.id == id);
        found.filter(|it| it.app == call.app()).cloned()
    });
    upload.ok_or_else(|| Refusal::no_object(call.method.as_str(), path))
}

/// `POST /upload:..` with the header `file_offset` and `Authorization: OAuth`.
pub fn receive(call: &Call, path: &str) -> Result<Value, Refusal> {
    let head = |name: &str| call.headers.get(name).and_then(|it| it.to_str().ok());
    let scheme = head(header::AUTHORIZATION.as_str()).unwrap_or_default();
    if !scheme.starts_with("OAuth ") {
        return Err(Refusal::no_token());
    }
    let upload = found(call, path)?;
    let offset = head("file_offset").and_then(|it| it.parse::<usize>().ok());
    let offset = offset.ok_or_else(|| Refusal::parameter("The header file_offset is required."))?;
    if offset != upload.received {
        let words = format!("The header file_offset must be {}.", upload.received);
        return Err(Refusal::parameter(&words));
    }
    let received = offset + call.bytes.len();
    if received > upload.length {
        return Err(Refusal::parameter(
            "More bytes came than file_length announced.",
        ));
    }
    call.shared.world(|world| {
        if let Some(own) = world.uploads.iter_mut().find(|it| it.id == upload.id) {
            own.received = received;
        }
    });
    if received < upload.length {
        return Err(Refusal::parameter(
            "Partial request (did not match length of file)",
        ));
    }
    Ok(json!({ "h": upload.handle }))
}

/// `GET /upload:..`: how far it got.
pub fn received(call: &Call, path: &str) -> Result<Value, Refusal> {
    let upload = found(call, path)?;
    Ok(json!({ "id": upload.id, "file_offset": upload.received }))
}
