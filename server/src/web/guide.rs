//! `/guide`: the user guide of `docs/` and the papers it links to, in the reader's language, as pages.

use crate::config::Config;
use app::preferences::LANGUAGE_COOKIE;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use tower_http::services::ServeDir;

const ENGLISH: &str = include_str!("../../../docs/connecting-whatsapp.md");
const RUSSIAN: &str = include_str!("../../../docs/connecting-whatsapp.ru.md");

/// Papers beside the guide: the name of the file, English, and Russian where it is written in it.
const PAPERS: [(&str, &str, Option<&str>); 3] = [
    (
        "messageservice",
        include_str!("../../../docs/messageservice.md"),
        Some(include_str!("../../../docs/messageservice.ru.md")),
    ),
    ("calling", include_str!("../../../docs/calling.md"), None),
    (
        "trunk-check",
        include_str!("../../../docs/trunk-check.md"),
        None,
    ),
];

/// Nothing but the style sheet and pictures of this site.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'self'",
);

/// The guide and its pictures.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    let pictures = ServeDir::new(std::path::Path::new(&config.site_dir).join("guide"));
    Router::new()
        .route("/guide", get(read))
        .route("/guide/{paper}", get(read_paper))
        .nest_service("/guide/img", pictures)
}

async fn read(headers: HeaderMap) -> impl IntoResponse {
    shown(&headers, ENGLISH, Some(RUSSIAN))
}

async fn read_paper(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match PAPERS.into_iter().find(|(known, _, _)| *known == name) {
        Some((_, english, russian)) => shown(&headers, english, russian).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn shown(headers: &HeaderMap, english: &str, russian: Option<&str>) -> impl IntoResponse + use<> {
    let (lang, text) = match russian {
        Some(russian) if is_russian(headers) => ("ru", russian),
        Some(_) | None => ("en", english),
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
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(paper) = paper_of(dest_url) {
                    *dest_url = CowStr::from(format!("/guide/{paper}"));
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

/// The paper that a link to a file beside the guide means, in whichever language.
fn paper_of(link: &str) -> Option<&str> {
    let name = link.strip_suffix(".md")?;
    let name = name.strip_suffix(".ru").unwrap_or(name);
    let known = PAPERS.iter().any(|(known, _, _)| *known == name);
    known.then_some(name)
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
        let calling = PAPERS
            .iter()
            .find(|(name, _, _)| *name == "calling")
            .unwrap();
        for text in [ENGLISH, RUSSIAN, calling.1] {
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
        let guide = ("guide", ENGLISH, Some(RUSSIAN));
        for (name, english, russian) in PAPERS.into_iter().chain([guide]) {
            let Some(russian) = russian else { continue };
            for sign in ["## ", "![", "| ", "* "] {
                assert_eq!(count(english, sign), count(russian, sign), "{name} {sign}");
            }
        }
    }

    #[test]
    fn files_beside_the_guide_are_pages_here() {
        for text in [ENGLISH, RUSSIAN] {
            let page = page("en", text);
            for (name, _, _) in PAPERS {
                assert!(page.contains(&format!("href=\"/guide/{name}\"")), "{name}");
            }
            assert!(!page.contains(".md\""), "a file that is no page");
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
