//! `/guide`: the user guide of `docs/`, in the reader's language, as a page.

use crate::config::Config;
use app::preferences::LANGUAGE_COOKIE;
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::path::Path;
use tower_http::services::ServeDir;

const ENGLISH: &str = include_str!("../../../docs/connecting-whatsapp.md");
const RUSSIAN: &str = include_str!("../../../docs/connecting-whatsapp.ru.md");

/// Nothing but the style sheet and pictures of this site.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'self'",
);

/// The guide and its pictures.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    let pictures = ServeDir::new(Path::new(&config.site_dir).join("guide"));
    Router::new()
        .route("/guide", get(read))
        .nest_service("/guide/img", pictures)
}

async fn read(headers: HeaderMap) -> impl IntoResponse {
    let (lang, text) = if is_russian(&headers) {
        ("ru", RUSSIAN)
    } else {
        ("en", ENGLISH)
    };
    (
        [(header::CONTENT_SECURITY_POLICY, POLICY)],
        Html(page(lang, text)),
    )
}

/// What the reader chose in the panel, else what the browser asks for first.
fn is_russian(headers: &HeaderMap) -> bool {
    let word = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let chosen = word(header::COOKIE.as_str()).and_then(|cookies| {
        cookies.split(';').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key.trim() == LANGUAGE_COOKIE).then(|| value.trim().to_owned())
        })
    });
    match chosen {
        Some(code) => code == "ru",
        None => word(header::ACCEPT_LANGUAGE.as_str())
            .is_some_and(|wanted| wanted.trim_start().to_lowercase().starts_with("ru")),
    }
}

fn page(lang: &str, text: &str) -> String {
    let title = text.lines().next().unwrap_or_default();
    let title = title.trim_start_matches('#').trim();
    let mut body = String::new();
    html::push_html(&mut body, events(text).into_iter());
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · THOTH</title>\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">\
         <link rel=\"stylesheet\" href=\"/pkg/thoth.css\"></head>\
         <body><main class=\"guide\"><p class=\"brand\"><a href=\"/\">THOTH</a></p>{body}</main></body></html>"
    )
}

/// The guide's parts, with a place to link to at each heading and pictures from this site.
fn events(text: &str) -> Vec<Event<'_>> {
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut heading = None;
    let mut words = String::new();
    let mut places = Vec::new();
    for (index, event) in events.iter_mut().enumerate() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading = Some(index);
                words.clear();
            }
            Event::End(TagEnd::Heading(_)) => {
                places.extend(heading.take().map(|start| (start, slug(&words))));
            }
            Event::Text(text) | Event::Code(text) if heading.is_some() => words.push_str(text),
            Event::Start(Tag::Image { dest_url, .. }) => {
                if let Some(name) = dest_url.strip_prefix("img/guide/") {
                    *dest_url = CowStr::from(format!("/guide/img/{name}"));
                }
            }
            _ => {}
        }
    }
    for (start, place) in places {
        if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(start) {
            *id = Some(CowStr::from(place));
        }
    }
    events
}

/// A heading's place as code forges spell it: lower case, blanks as hyphens, no other signs.
fn slug(words: &str) -> String {
    words
        .to_lowercase()
        .chars()
        .filter_map(|sign| match sign {
            ' ' => Some('-'),
            sign if sign.is_alphanumeric() || sign == '-' => Some(sign),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_inside_the_guide_leads_somewhere() {
        for text in [ENGLISH, RUSSIAN] {
            let page = page("en", text);
            let mut links = 0;
            for link in page.split("href=\"#").skip(1) {
                let place = link.split('"').next().unwrap();
                let place = percent_encoding::percent_decode_str(place).decode_utf8_lossy();
                assert!(page.contains(&format!("id=\"{place}\"")), "{place}");
                links += 1;
            }
            assert!(links >= 3);
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let count =
            |text: &str, sign: &str| text.lines().filter(|line| line.starts_with(sign)).count();
        for sign in ["## ", "![", "| ", "* "] {
            assert_eq!(count(ENGLISH, sign), count(RUSSIAN, sign), "{sign}");
        }
    }

    #[test]
    fn the_chosen_language_comes_before_the_browsers() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "ru-RU,ru;q=0.9".parse().unwrap());
        assert!(is_russian(&headers));
        headers.insert(header::COOKIE, "a=b; thoth_language=en".parse().unwrap());
        assert!(!is_russian(&headers));
    }
}
