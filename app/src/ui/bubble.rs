//! A message as a customer's phone shows it.

use leptos::prelude::*;

use super::{
    Icon, IconName,
    marks::{Span, spans},
};
use crate::{
    model::{
        ButtonKind, MessagePreview, PreviewButton, PreviewHeader, PreviewRow, PreviewText,
        TextPart, text_parts,
    },
    text,
};

/// A bubble with its buttons, on the ground of a chat.
#[component]
pub fn Bubble(
    /// What it shows.
    preview: MessagePreview,
) -> impl IntoView {
    let cards = preview.cards.clone();
    let rows = preview.rows.clone();
    view! {
        <figure class="chat" aria-label=text!(bubble.label)>
            {message(preview)}
            {(!cards.is_empty()).then(|| view! {
                <div class="bubble-cards" tabindex="0" role="group" aria-label=text!(bubble.cards)>
                    {cards.into_iter().map(|card| view! { <div class="bubble-card">{message(card)}</div> }).collect_view()}
                </div>
            })}
            {(!rows.is_empty()).then(|| list(rows))}
        </figure>
    }
}

fn message(preview: MessagePreview) -> impl IntoView {
    let MessagePreview {
        offer,
        header,
        body,
        footer,
        buttons,
        rows: _,
        cards: _,
    } = preview;
    let empty = body.text.trim().is_empty();
    view! {
        <div class="bubble">
            {header.map(above)}
            {offer.map(|words| view! { <div class="bubble-offer"><Icon name=IconName::Clock /><span>{words}</span></div> })}
            <div class="bubble-body">
                {if empty {
                    view! { <span class="bubble-none">{text!(bubble.empty)}</span> }.into_any()
                } else {
                    words(&body).into_any()
                }}
            </div>
            <div class="bubble-foot">
                <span>{footer}</span>
                <span class="bubble-time" aria-hidden="true">"12:30"</span>
            </div>
        </div>
        {(!buttons.is_empty()).then(|| view! {
            <ul class="bubble-buttons" aria-label=text!(bubble.buttons)>
                {buttons.into_iter().map(button).collect_view()}
            </ul>
        })}
    }
}

fn above(header: PreviewHeader) -> AnyView {
    let (icon, word) = match header {
        PreviewHeader::Text(text) => {
            return view! { <div class="bubble-head">{words(&text)}</div> }.into_any();
        }
        PreviewHeader::Image => (IconName::Image, text!(bubble.image)),
        PreviewHeader::Video => (IconName::Video, text!(bubble.video)),
        PreviewHeader::Document => (IconName::Document, text!(bubble.document)),
        PreviewHeader::Location => (IconName::Pin, text!(bubble.location)),
    };
    view! { <div class="bubble-media"><Icon name=icon /><span>{word}</span></div> }.into_any()
}

fn button(button: PreviewButton) -> impl IntoView {
    let icon = match button.kind {
        ButtonKind::Reply => IconName::Reply,
        ButtonKind::Url => IconName::Outside,
        ButtonKind::Phone | ButtonKind::Call | ButtonKind::Consent => IconName::Call,
        ButtonKind::CopyCode => IconName::Copy,
        ButtonKind::List => IconName::List,
        ButtonKind::Location => IconName::Pin,
        ButtonKind::Flow | ButtonKind::Other => IconName::Document,
    };
    // WhatsApp has its own words for some.
    let words = match button.kind {
        _ if !button.text.is_empty() => button.text,
        ButtonKind::CopyCode => text!(bubble.copy_code),
        ButtonKind::Location => text!(bubble.send_location),
        ButtonKind::Consent => text!(bubble.consent),
        ButtonKind::Call => text!(bubble.call),
        ButtonKind::Reply
        | ButtonKind::Url
        | ButtonKind::Phone
        | ButtonKind::Flow
        | ButtonKind::List
        | ButtonKind::Other => "…".to_owned(),
    };
    view! { <li title=button.detail><Icon name=icon /><span>{words}</span></li> }
}

/// What the button of a list opens.
fn list(rows: Vec<PreviewRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        view! {
            {row.section.map(|section| view! { <li class="bubble-section">{section}</li> })}
            <li class="bubble-row">
                <span>{row.title}</span>
                {row.description.map(|words| view! { <span class="muted">{words}</span> })}
            </li>
        }
    });
    view! { <ul class="bubble-list">{rows.collect_view()}</ul> }
}

/// Words with WhatsApp's marks, and examples in place of variables.
fn words(text: &PreviewText) -> impl IntoView + use<> {
    marked(spans(&text.text), text)
}

fn marked(spans: Vec<Span>, text: &PreviewText) -> AnyView {
    let parts = spans.into_iter().map(|span| match span {
        Span::Plain(words) => plain(&words, text),
        Span::Mono(words) => {
            view! { <code class="bubble-mono">{plain(&words, text)}</code> }.into_any()
        }
        Span::Marked('*', inside) => view! { <strong>{marked(inside, text)}</strong> }.into_any(),
        Span::Marked('_', inside) => view! { <em>{marked(inside, text)}</em> }.into_any(),
        Span::Marked(_, inside) => view! { <s>{marked(inside, text)}</s> }.into_any(),
    });
    parts.collect::<Vec<_>>().into_any()
}

fn plain(words: &str, text: &PreviewText) -> AnyView {
    let parts = text_parts(words).into_iter().map(|piece| match piece {
        TextPart::Words(words) => words.to_owned().into_any(),
        TextPart::Place(name) => {
            let placeholder = format!("{{{{{name}}}}}");
            let shown = text
                .example(name)
                .map_or_else(|| placeholder.clone(), str::to_owned);
            view! { <span class="bubble-slot" title=placeholder>{shown}</span> }.into_any()
        }
    });
    parts.collect::<Vec<_>>().into_any()
}
