//! Small pages for Bitrix24's frame: plain HTML, no script but Bitrix24's own.

use super::words::{Words, words};
use crate::bitrix::PortalAddress;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

/// How a step ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It works.
    Ok,
    /// It does not.
    Bad,
    /// Nobody knows.
    Unknown,
}

/// One line of a page.
pub(super) struct Line {
    /// How it ended.
    pub mark: Mark,
    /// What it is.
    pub label: &'static str,
    /// What was said about it.
    pub said: String,
}

/// A page in the frame.
pub(super) struct Page<'a> {
    /// In whose language.
    pub words: &'static Words,
    /// What happened, in a sentence.
    pub sentence: &'a str,
    /// The steps.
    pub lines: Vec<Line>,
    /// A value with its name, to be copied.
    pub value: Option<(&'static str, String)>,
    /// A button that opens the page again.
    pub again: bool,
    /// Bitrix24's script, when the installation is to be finished.
    pub finish: Option<Url>,
    /// Who may show the page in a frame.
    pub portal: Option<&'a PortalAddress>,
}

impl Page<'_> {
    /// The answer.
    pub fn answer(self, status: StatusCode) -> Response {
        let nonce = nonce();
        let policy = self.policy(&nonce);
        let mut response = (status, Html(self.html(&nonce))).into_response();
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        );
        response
    }

    fn policy(&self, nonce: &str) -> String {
        let script = self.finish.as_ref().map_or_else(String::new, |url| {
            format!(" {}", url.origin().ascii_serialization())
        });
        let ancestor = self
            .portal
            .map_or_else(String::new, |portal| format!(" {portal}"));
        format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'nonce-{nonce}'{script}; \
             connect-src{script} 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'{ancestor}"
        )
    }

    fn html(&self, nonce: &str) -> String {
        let words = self.words;
        let lines: String = self.lines.iter().map(line).collect();
        let lines = if lines.is_empty() {
            lines
        } else {
            format!("<ul class=\"card health-list\">{lines}</ul>")
        };
        let value = self
            .value
            .as_ref()
            .map_or_else(String::new, |(name, value)| {
                format!("<p>{name}: <code>{}</code></p>", escape(value))
            });
        let again = if self.again {
            format!(
                "<p><button class=\"button primary\" id=\"again\">{}</button></p>\
                 <script nonce=\"{nonce}\">document.getElementById('again').onclick=()=>location.reload()</script>",
                words.again
            )
        } else {
            String::new()
        };
        let finish = self.finish.as_ref().map_or_else(String::new, |url| {
            format!(
                "<script src=\"{}\"></script><script nonce=\"{nonce}\">\
                 BX24.init(function(){{BX24.installFinish()}})</script>",
                escape(url.as_str())
            )
        });
        format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>THOTH</title>\
             <link rel=\"stylesheet\" href=\"/pkg/thoth.css\"></head><body><main class=\"content\">\
             <h1>{}</h1><p class=\"frame-sentence\">{}</p>{lines}{value}{again}</main>{finish}</body></html>",
            words.lang,
            words.title,
            escape(self.sentence)
        )
    }
}

fn line(line: &Line) -> String {
    let (tone, icon) = match line.mark {
        Mark::Ok => ("ok", "ok"),
        Mark::Bad => ("failed", "failed"),
        Mark::Unknown => ("unknown", "unknown"),
    };
    format!(
        "<li class=\"health\" data-tone=\"{tone}\"><svg class=\"icon\" aria-hidden=\"true\" width=\"20\" height=\"20\">\
         <use href=\"/icons.svg#{icon}\"/></svg><div><strong>{}</strong><p>{}</p></div></li>",
        line.label,
        escape(&line.said)
    )
}

/// A page that says one sentence.
pub(super) fn sentence(
    words: &'static Words,
    sentence: &str,
    portal: Option<&PortalAddress>,
    again: bool,
    status: StatusCode,
) -> Response {
    Page {
        words,
        sentence,
        lines: Vec::new(),
        value: None,
        again,
        finish: None,
        portal,
    }
    .answer(status)
}

/// Somebody opened the address in a browser.
pub(super) async fn opened_outside() -> Response {
    let words = words("en");
    sentence(words, words.outside, None, false, StatusCode::OK)
}

fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Text for HTML, also inside an attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_say_is_text() {
        let words = words("en");
        let page = Page {
            words,
            sentence: "<script>alert(1)</script>",
            lines: vec![Line {
                mark: Mark::Bad,
                label: words.token,
                said: "\"><img src=x>".to_owned(),
            }],
            value: None,
            again: true,
            finish: None,
            portal: None,
        };
        let html = page.html("n");
        assert!(!html.contains("<script>alert") && !html.contains("<img"));
        assert!(html.contains("<ul"));
    }

    #[test]
    fn a_sentence_draws_no_empty_card() {
        let page = Page {
            words: words("en"),
            sentence: "It waits.",
            lines: Vec::new(),
            value: None,
            again: false,
            finish: None,
            portal: None,
        };
        assert!(!page.html("n").contains("<ul"));
    }
}
