//! A page from its pieces.

use super::assets;
use axum::response::Html;

/// Makes the whole document; `{{name}}` in the body is replaced, escaped.
pub fn page(name: &str, title: &str, values: &[(&str, &str)]) -> Html<String> {
    let mut body = assets::body(name).to_string();
    for (key, value) in values {
        body = body.replace(&format!("{{{{{key}}}}}"), &escape(value));
    }
    document(name, title, &body)
}

/// A document around a body that is finished already.
pub fn document(name: &str, title: &str, body: &str) -> Html<String> {
    let (style, script) = assets::extras(name);
    let script = script.map_or(String::new(), |script| {
        format!("<script type=\"module\" src=\"/assets/{script}\"></script>")
    });
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"/assets/base.css\">\
         <link rel=\"stylesheet\" href=\"/assets/{style}\"></head>\
         <body class=\"page-{name}\">{body}{script}</body></html>",
        escape(title)
    ))
}

/// Text as it may stand in HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
