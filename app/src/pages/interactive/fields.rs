//! What every interactive message has: a name, a place and words.

use leptos::prelude::*;

use super::words::kind_text;
use crate::{
    model::{HeaderKind, InteractiveForm, InteractiveKind, interactive_limit as limit},
    text,
    ui::{Chosen, Draft, Typed},
};

/// Name, kind, place and hashtag.
#[component]
pub fn Head(draft: Draft<InteractiveForm>, places: Vec<(String, String)>) -> impl IntoView {
    let problems = draft.problems;
    let kinds = InteractiveKind::ALL.map(|kind| (kind.as_str().to_owned(), kind_text(kind)));
    let places: Vec<_> = places
        .into_iter()
        .map(|(value, words)| {
            let words = if words.is_empty() {
                text!(interactive.shared)
            } else {
                words
            };
            (value, words)
        })
        .collect();
    view! {
        <div class="form">
            <Typed
                name="name"
                label=text!(interactive.name)
                hint=text!(interactive.name_hint)
                value=draft.get(|form| form.name.clone())
                set=draft.set(|form, value| form.name = value)
                most=InteractiveForm::NAME
                problems=problems
            />
            <Chosen
                name="kind"
                label=text!(interactive.kind.label)
                options=kinds.into()
                value=draft.get(|form| form.kind.as_str().to_owned())
                set=draft.set(|form, value| form.kind = value.parse().unwrap_or(form.kind))
                problems=problems
            />
            <Chosen
                name="place"
                label=text!(interactive.place)
                hint=text!(interactive.place_hint)
                options=places
                value=draft.get(|form| form.place.clone())
                set=draft.set(|form, value| form.place = value)
                problems=problems
            />
            <Typed
                name="hashtag"
                label=text!(interactive.hashtag)
                hint=text!(interactive.hashtag_hint)
                value=draft.get(|form| form.hashtag.clone())
                set=draft.set(|form, value| form.hashtag = value)
                optional=true
                placeholder=text!(form.optional)
                problems=problems
            />
        </div>
    }
}

/// What stands above the words, the words, and the line under them; as far as the kind has them.
#[component]
pub fn Words(draft: Draft<InteractiveForm>) -> impl IntoView {
    let problems = draft.problems;
    let kind = Memo::new(move |_| draft.form.with(|form| form.kind));
    let body = move || {
        let most = match kind.get() {
            InteractiveKind::List => limit::LIST_BODY,
            InteractiveKind::ReplyButtons
            | InteractiveKind::UrlButton
            | InteractiveKind::LocationRequest
            | InteractiveKind::VoiceCall
            | InteractiveKind::CallPermission
            | InteractiveKind::Flow => limit::BODY,
        };
        view! {
            <Typed
                name="body"
                label=text!(template.new.words)
                hint=text!(interactive.words_hint)
                value=draft.get(|form| form.body.clone())
                set=draft.set(|form, value| form.body = value)
                most=most
                lines=5
                optional=kind.get().takes_no_body()
                variables=true
                problems=problems
            />
        }
    };
    let footer = move || {
        kind.get().takes_footer().then(|| {
            view! {
                <Typed
                    name="footer"
                    label=text!(template.new.footer)
                    hint=text!(template.new.footer_hint)
                    value=draft.get(|form| form.footer.clone())
                    set=draft.set(|form, value| form.footer = value)
                    most=limit::FOOTER
                    optional=true
                    variables=true
                    problems=problems
                />
            }
        })
    };
    view! {
        <div class="form">
            <Header draft=draft />
            {body}
            {footer}
        </div>
    }
}

#[component]
fn Header(draft: Draft<InteractiveForm>) -> impl IntoView {
    let problems = draft.problems;
    let kind = Memo::new(move |_| draft.form.with(|form| form.kind));
    let header = Memo::new(move |_| draft.form.with(|form| form.header));
    let choice = move || {
        let kind = kind.get();
        let kinds = [
            (HeaderKind::None, text!(template.new.no_header), true),
            (HeaderKind::Text, text!(template.new.text_header), true),
            (HeaderKind::Image, text!(bubble.image), kind.takes_media()),
            (HeaderKind::Video, text!(bubble.video), kind.takes_media()),
            (
                HeaderKind::Document,
                text!(bubble.document),
                kind.takes_media(),
            ),
        ];
        let kinds = kinds.into_iter().filter(|(.., fits)| *fits);
        let kinds = kinds.map(|(kind, words, _)| (kind.as_str().to_owned(), words));
        kind.takes_header().then(|| {
            view! {
                <Chosen
                    name="header_kind"
                    label=text!(template.new.header)
                    options=kinds.collect()
                    value=draft.get(|form| form.header.as_str().to_owned())
                    set=draft.set(|form, value| form.header = HeaderKind::of(&value))
                    problems=problems
                />
            }
        })
    };
    let line = move || {
        view! {
            <Typed
                name="header"
                label=text!(template.new.header_text)
                value=draft.get(|form| form.header_text.clone())
                set=draft.set(|form, value| form.header_text = value)
                most=limit::HEADER
                variables=true
                problems=problems
            />
        }
    };
    let link = move || {
        view! {
            <Typed
                name="header_link"
                label=text!(interactive.header_link)
                hint=text!(interactive.header_link_hint)
                value=draft.get(|form| form.header_link.clone())
                set=draft.set(|form, value| form.header_link = value)
                problems=problems
            />
        }
    };
    let name = move || {
        view! {
            <Typed
                name="header_name"
                label=text!(interactive.header_name)
                hint=text!(interactive.header_name_hint)
                value=draft.get(|form| form.header_name.clone())
                set=draft.set(|form, value| form.header_name = value)
                optional=true
                problems=problems
            />
        }
    };
    let rest = move || match header.get() {
        _ if !kind.get().takes_header() => ().into_any(),
        HeaderKind::Text => line().into_any(),
        HeaderKind::None | HeaderKind::Location => ().into_any(),
        _ if !kind.get().takes_media() => ().into_any(),
        HeaderKind::Image | HeaderKind::Video => link().into_any(),
        HeaderKind::Document => view! { {link()}{name()} }.into_any(),
    };
    view! { {choice}{rest} }
}
