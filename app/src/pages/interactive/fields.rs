//! What every interactive message has: a name, a place and words.

use leptos::prelude::*;

use super::words::kind_text;
use crate::{
    model::{HeaderKind, InteractiveForm, InteractiveKind, interactive_limit as limit},
    text,
    ui::{Chosen, Draft, Typed},
};

/// Name, kind, place and hashtag.
pub fn head(draft: Draft<InteractiveForm>, places: Vec<(String, String)>) -> AnyView {
    let kinds = InteractiveKind::ALL.map(|kind| (kind.as_str().to_owned(), kind_text(kind)));
    let places = places.into_iter().map(|(value, words)| {
        let shared = words.is_empty().then(|| text!(interactive.shared));
        (value, shared.unwrap_or(words))
    });
    let name = draft.typed(
        Typed::new("name", text!(interactive.name))
            .hint(text!(interactive.name_hint))
            .most(InteractiveForm::NAME),
        |form| form.name.clone(),
        |form, value| form.name = value,
    );
    let kind = draft.chosen(
        Chosen::new("kind", text!(interactive.kind.label), kinds.into()),
        |form| form.kind.as_str().to_owned(),
        |form, value| form.kind = value.parse().unwrap_or(form.kind),
    );
    let place = draft.chosen(
        Chosen::new("place", text!(interactive.place), places.collect())
            .hint(text!(interactive.place_hint)),
        |form| form.place.clone(),
        |form, value| form.place = value,
    );
    let hashtag = draft.typed(
        Typed::new("hashtag", text!(interactive.hashtag))
            .hint(text!(interactive.hashtag_hint))
            .placeholder(text!(form.optional))
            .optional(),
        |form| form.hashtag.clone(),
        |form, value| form.hashtag = value,
    );
    view! { <div class="form">{name}{kind}{place}{hashtag}</div> }.into_any()
}

/// The chosen kind, as often as another one is chosen.
pub fn kind_of(
    draft: Draft<InteractiveForm>,
) -> impl Fn() -> InteractiveKind + Copy + Send + Sync + 'static {
    let kind = draft.get(|form| form.kind.as_str().to_owned());
    move || {
        let kind = kind.get().parse();
        kind.unwrap_or(InteractiveKind::ReplyButtons)
    }
}

/// What stands above the words, the words, and the line under them; as far as the kind has them.
pub fn words(draft: Draft<InteractiveForm>) -> AnyView {
    let kind = kind_of(draft);
    let body = move || {
        let most = match kind() {
            InteractiveKind::List => limit::LIST_BODY,
            InteractiveKind::ReplyButtons
            | InteractiveKind::UrlButton
            | InteractiveKind::LocationRequest
            | InteractiveKind::VoiceCall
            | InteractiveKind::CallPermission
            | InteractiveKind::Flow => limit::BODY,
        };
        let field = Typed::new("body", text!(template.new.words))
            .hint(text!(interactive.words_hint))
            .most(most)
            .lines(5)
            .variables();
        let field = if kind().takes_no_body() {
            field.optional()
        } else {
            field
        };
        draft.typed(
            field,
            |form| form.body.clone(),
            |form, value| form.body = value,
        )
    };
    let footer = move || {
        kind().takes_footer().then(|| {
            draft.typed(
                Typed::new("footer", text!(template.new.footer))
                    .hint(text!(template.new.footer_hint))
                    .most(limit::FOOTER)
                    .optional()
                    .variables(),
                |form| form.footer.clone(),
                |form, value| form.footer = value,
            )
        })
    };
    view! { <div class="form">{header(draft, kind)}{body}{footer}</div> }.into_any()
}

fn header(
    draft: Draft<InteractiveForm>,
    kind: impl Fn() -> InteractiveKind + Copy + Send + Sync + 'static,
) -> AnyView {
    let header = draft.get(|form| form.header.as_str().to_owned());
    let choice = move || {
        let kind = kind();
        let media = kind.takes_media();
        let kinds = [
            (HeaderKind::None, text!(template.new.no_header), true),
            (HeaderKind::Text, text!(template.new.text_header), true),
            (HeaderKind::Image, text!(bubble.image), media),
            (HeaderKind::Video, text!(bubble.video), media),
            (HeaderKind::Document, text!(bubble.document), media),
        ];
        let kinds = kinds.into_iter().filter(|(.., fits)| *fits);
        let kinds = kinds.map(|(kind, words, _)| (kind.as_str().to_owned(), words));
        kind.takes_header().then(|| {
            draft.chosen(
                Chosen::new("header_kind", text!(template.new.header), kinds.collect()),
                |form| form.header.as_str().to_owned(),
                |form, value| form.header = HeaderKind::of(&value),
            )
        })
    };
    let rest = move || match (HeaderKind::of(&header.get()), kind()) {
        (HeaderKind::Text, kind) if kind.takes_header() => line(draft),
        (HeaderKind::Image | HeaderKind::Video, kind) if kind.takes_media() => link(draft),
        (HeaderKind::Document, kind) if kind.takes_media() => {
            view! { {link(draft)}{file_name(draft)} }.into_any()
        }
        (
            HeaderKind::None
            | HeaderKind::Text
            | HeaderKind::Image
            | HeaderKind::Video
            | HeaderKind::Document
            | HeaderKind::Location,
            _,
        ) => ().into_any(),
    };
    view! { {choice}{rest} }.into_any()
}

fn line(draft: Draft<InteractiveForm>) -> AnyView {
    draft.typed(
        Typed::new("header", text!(template.new.header_text))
            .most(limit::HEADER)
            .variables(),
        |form| form.header_text.clone(),
        |form, value| form.header_text = value,
    )
}

fn link(draft: Draft<InteractiveForm>) -> AnyView {
    draft.typed(
        Typed::new("header_link", text!(interactive.header_link))
            .hint(text!(interactive.header_link_hint)),
        |form| form.header_link.clone(),
        |form, value| form.header_link = value,
    )
}

fn file_name(draft: Draft<InteractiveForm>) -> AnyView {
    draft.typed(
        Typed::new("header_name", text!(interactive.header_name))
            .hint(text!(interactive.header_name_hint))
            .optional(),
        |form| form.header_name.clone(),
        |form, value| form.header_name = value,
    )
}
