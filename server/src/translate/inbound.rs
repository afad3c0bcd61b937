//! What a customer sent, as an operator reads it in Bitrix24.

use super::Language;
use super::interactive;
use super::markup::{bb_of_markup, literal};
use crate::whatsapp::errors::{GraphError, explain};
use crate::whatsapp::wire::{
    Card, InboundKind, InboundMessage, Location, Media, MessageContext, Order, Referral,
    SystemKind, SystemNote,
};

/// How much of a quoted message is repeated, in characters.
const QUOTE_LENGTH_MAX: usize = 200;

/// The whole line or lines an operator sees for a message, never empty.
///
/// `quoted` is the text of the message it refers to, where THOTH knows it. Every text of the customer is in the
/// result: body, caption, button, list row, form answers.
pub fn operator_text(message: &InboundMessage, quoted: Option<&str>, language: Language) -> String {
    let mut lines = Vec::new();
    if let Some(referral) = &message.referral {
        lines.push(referral_line(referral, language));
    }
    if let Some(context) = &message.context {
        lines.extend(context_lines(context, &message.kind, quoted, language));
    }
    lines.extend(kind_lines(&message.kind, language));
    if !matches!(message.kind, InboundKind::Unsupported { .. }) {
        lines.extend(
            message
                .errors
                .iter()
                .map(|error| literal(&explain(error, language))),
        );
    }
    let text = lines
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    if text.is_empty() {
        language
            .pick("An empty message.", "Пустое сообщение.")
            .to_owned()
    } else {
        text
    }
}

fn context_lines(
    context: &MessageContext,
    kind: &InboundKind,
    quoted: Option<&str>,
    language: Language,
) -> Vec<String> {
    let mut lines = Vec::new();
    if context.frequently_forwarded {
        lines.push(
            language
                .pick("Forwarded many times:", "Переслано много раз:")
                .to_owned(),
        );
    } else if context.forwarded {
        lines.push(language.pick("Forwarded:", "Переслано:").to_owned());
    }
    if let Some(product) = context
        .product
        .as_ref()
        .and_then(|found| found.product.as_deref())
    {
        lines.push(format!(
            "{} {}",
            language.pick("About the product", "О товаре"),
            literal(product)
        ));
        return lines;
    }
    // An answer to buttons always refers to them; saying so without their text would be noise.
    let speaks_for_itself = matches!(
        kind,
        InboundKind::Interactive(_) | InboundKind::Button { .. }
    );
    match (&context.quoted_id, quoted) {
        (Some(_), Some(quoted)) => lines.push(quote(quoted)),
        (Some(_), None) if !speaks_for_itself => {
            lines.push(
                language
                    .pick(
                        "In reply to an earlier message:",
                        "В ответ на прежнее сообщение:",
                    )
                    .to_owned(),
            );
        }
        (Some(_), None) | (None, _) => {}
    }
    lines
}

/// Bitrix24 shows lines that begin with `>>` as a quotation.
fn quote(text: &str) -> String {
    let short: String = text.chars().take(QUOTE_LENGTH_MAX).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    let lines = short
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!(">> {}", literal(line)));
    lines.collect::<Vec<_>>().join("\n") + cut
}

fn referral_line(referral: &Referral, language: Language) -> String {
    let lead = match referral.source_type.as_deref() {
        Some("post") => language.pick("Came from a post:", "Пришёл по публикации:"),
        _ => language.pick("Came from an advertisement:", "Пришёл по рекламе:"),
    };
    let parts = [&referral.headline, &referral.body, &referral.source_url];
    let said = parts
        .into_iter()
        .flatten()
        .map(|part| literal(part))
        .collect::<Vec<_>>()
        .join(" | ");
    format!("{lead} {said}")
}

fn kind_lines(kind: &InboundKind, language: Language) -> Vec<String> {
    match kind {
        InboundKind::Text { body } => vec![bb_of_markup(body)],
        InboundKind::Image(media)
        | InboundKind::Video(media)
        | InboundKind::Audio(media)
        | InboundKind::Document(media)
        | InboundKind::Sticker(media) => media_lines(kind.name(), media, language),
        InboundKind::Location(location) => location_lines(location, language),
        InboundKind::Contacts(cards) => card_lines(cards, language),
        InboundKind::Interactive(interactive) => interactive::lines(interactive, language),
        InboundKind::Button { text, payload } => match text.as_ref().or(payload.as_ref()) {
            Some(words) => vec![literal(words)],
            None => vec![cannot_show("button", language)],
        },
        InboundKind::Order(order) => order_lines(order, language),
        InboundKind::Reaction {
            emoji: Some(emoji), ..
        } => {
            vec![format!(
                "{} {}",
                language.pick("The customer reacted:", "Реакция клиента:"),
                literal(emoji)
            )]
        }
        InboundKind::Reaction { emoji: None, .. } => {
            vec![
                language
                    .pick(
                        "The customer took a reaction back.",
                        "Клиент убрал реакцию.",
                    )
                    .to_owned(),
            ]
        }
        InboundKind::System(note) => vec![system_line(note, language)],
        InboundKind::Unsupported { inner, errors } => {
            unsupported_lines(inner.as_deref(), errors, language)
        }
        InboundKind::Edit { content, .. } => {
            let lead = language.pick(
                "The customer changed an earlier message:",
                "Клиент изменил прежнее сообщение:",
            );
            std::iter::once(lead.to_owned())
                .chain(kind_lines(content, language))
                .collect()
        }
        InboundKind::Revoke { .. } => {
            vec![
                language
                    .pick(
                        "The customer deleted an earlier message.",
                        "Клиент удалил прежнее сообщение.",
                    )
                    .to_owned(),
            ]
        }
        InboundKind::Unknown { type_name } => vec![cannot_show(type_name, language)],
    }
}

/// The line for what this version stores but does not show.
pub(super) fn cannot_show(type_name: &str, language: Language) -> String {
    let name = if type_name.is_empty() {
        language.pick("unknown", "неизвестно")
    } else {
        type_name
    };
    let name = literal(name);
    match language {
        Language::English => format!("A message of type {name} that this version cannot show."),
        Language::Russian => {
            format!("Сообщение типа {name}, которое эта версия не может показать.")
        }
    }
}

fn media_lines(name: &str, media: &Media, language: Language) -> Vec<String> {
    let mut first = cannot_show(name, language);
    if let Some(filename) = &media.filename {
        first = format!("{first} {}", literal(filename));
    }
    std::iter::once(first)
        .chain(media.caption.as_deref().map(bb_of_markup))
        .collect()
}

fn location_lines(location: &Location, language: Language) -> Vec<String> {
    let mut lines = vec![cannot_show("location", language)];
    lines.extend(
        [&location.name, &location.address, &location.url]
            .into_iter()
            .flatten()
            .map(|part| literal(part)),
    );
    if let (Some(latitude), Some(longitude)) = (&location.latitude, &location.longitude) {
        lines.push(literal(&format!("{latitude}, {longitude}")));
    }
    lines
}

fn card_lines(cards: &[Card], language: Language) -> Vec<String> {
    let one = |card: &Card| {
        let parts = card.name.iter().chain(&card.phones).chain(&card.emails);
        literal(&parts.map(String::as_str).collect::<Vec<_>>().join(", "))
    };
    std::iter::once(cannot_show("contacts", language))
        .chain(cards.iter().map(one))
        .collect()
}

fn order_lines(order: &Order, language: Language) -> Vec<String> {
    let mut lines = vec![cannot_show("order", language)];
    lines.extend(order.text.as_deref().map(bb_of_markup));
    lines.extend(order.items.iter().map(|item| {
        let product = item.product.as_deref().unwrap_or("?");
        let quantity = item.quantity.as_deref().unwrap_or("1");
        let price = item.price.as_deref().unwrap_or_default();
        let currency = item.currency.as_deref().unwrap_or_default();
        literal(format!("{product} x {quantity} {price} {currency}").trim_end())
    }));
    lines
}

fn system_line(note: &SystemNote, language: Language) -> String {
    if let Some(body) = &note.body {
        return format!("WhatsApp: {}", literal(body));
    }
    match &note.kind {
        SystemKind::NumberChanged => {
            let lead = language.pick(
                "The customer changed their phone number",
                "Клиент сменил номер телефона",
            );
            note.wa_id.as_ref().map_or_else(
                || format!("{lead}."),
                |number| format!("{lead}: +{}", literal(number)),
            )
        }
        SystemKind::UserIdChanged => language
            .pick(
                "WhatsApp gave the customer a new id.",
                "WhatsApp присвоил клиенту новый идентификатор.",
            )
            .to_owned(),
        SystemKind::IdentityChanged => language
            .pick(
                "The customer's security code changed.",
                "Код безопасности клиента изменился.",
            )
            .to_owned(),
        SystemKind::Unknown(name) => {
            cannot_show(if name.is_empty() { "system" } else { name }, language)
        }
    }
}

fn unsupported_lines(
    inner: Option<&str>,
    errors: &[GraphError],
    language: Language,
) -> Vec<String> {
    let first = cannot_show(inner.unwrap_or("unsupported"), language);
    std::iter::once(first)
        .chain(
            errors
                .iter()
                .map(|error| literal(&explain(error, language))),
        )
        .collect()
}
