//! The files of the pages, built into the program.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

/// A style or script by name.
fn text(name: &str) -> Option<&'static str> {
    Some(match name {
        "base.css" => include_str!("../../assets/base.css"),
        "base.js" => include_str!("../../assets/base.js"),
        "index.css" => include_str!("../../assets/index.css"),
        "people.js" => include_str!("../../assets/people.js"),
        "phone.css" => include_str!("../../assets/phone.css"),
        "calls.js" => include_str!("../../assets/calls.js"),
        "calling.js" => include_str!("../../assets/calling.js"),
        "crm-calls.js" => include_str!("../../assets/crm-calls.js"),
        "parts.js" => include_str!("../../assets/parts.js"),
        "phone.js" => include_str!("../../assets/phone.js"),
        "operator.css" => include_str!("../../assets/operator.css"),
        "operator.js" => include_str!("../../assets/operator.js"),
        "meta.css" => include_str!("../../assets/meta.css"),
        "templates.js" => include_str!("../../assets/templates.js"),
        "meta.js" => include_str!("../../assets/meta.js"),
        "desk.css" => include_str!("../../assets/desk.css"),
        "crm.js" => include_str!("../../assets/crm.js"),
        "center.js" => include_str!("../../assets/center.js"),
        "frame.js" => include_str!("../../assets/frame.js"),
        "faults.css" => include_str!("../../assets/faults.css"),
        "faults.js" => include_str!("../../assets/faults.js"),
        "log.css" => include_str!("../../assets/log.css"),
        "log.js" => include_str!("../../assets/log.js"),
        _ => return None,
    })
}

/// The body of a page.
pub fn body(name: &str) -> &'static str {
    match name {
        "index" => include_str!("../../assets/index.html"),
        "people" => include_str!("../../assets/people.html"),
        "phone" => include_str!("../../assets/phone.html"),
        "operator" => include_str!("../../assets/operator.html"),
        "meta" => include_str!("../../assets/meta.html"),
        "templates" => include_str!("../../assets/templates.html"),
        "faults" => include_str!("../../assets/faults.html"),
        "log" => include_str!("../../assets/log.html"),
        _ => "",
    }
}

/// The style and the script a page brings besides the base.
pub fn extras(page: &str) -> (&'static str, Option<&'static str>) {
    match page {
        "people" => ("index.css", Some("people.js")),
        "phone" => ("phone.css", Some("phone.js")),
        "operator" => ("operator.css", Some("operator.js")),
        "meta" => ("meta.css", Some("meta.js")),
        "templates" => ("meta.css", Some("templates.js")),
        "desk" => ("desk.css", None),
        "center" => ("desk.css", Some("center.js")),
        "crm" => ("desk.css", Some("crm.js")),
        "frame" => ("desk.css", Some("frame.js")),
        "dialog" => ("meta.css", None),
        "faults" => ("faults.css", Some("faults.js")),
        "log" => ("log.css", Some("log.js")),
        _ => ("index.css", None),
    }
}

/// `/assets/{file}`
pub async fn serve(Path(file): Path<String>) -> Response {
    let kind = if file.ends_with(".css") {
        "text/css; charset=utf-8"
    } else {
        "text/javascript; charset=utf-8"
    };
    match text(&file) {
        Some(text) => (
            [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            text,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
