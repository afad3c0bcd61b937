//! The two parts that only some marketing templates have: an offer that ends, and cards beside each other.

use super::buttons;
use super::components::{Rules, body, header, lacks, within, wrong};
use crate::graph::Refusal;
use crate::words::text_of;
use crate::world::is;
use serde_json::Value;

fn marketing(rules: &Rules<'_>, what: &str) -> Result<(), Refusal> {
    if rules.category == "MARKETING" {
        return Ok(());
    }
    Err(wrong(&format!("Only marketing templates have a {what}.")))
}

/// `LIMITED_TIME_OFFER`: a title of 16 characters, no footer.
pub fn offer(part: &Value, parts: &[Value], rules: &Rules<'_>) -> Result<(), Refusal> {
    marketing(rules, "limited time offer")?;
    let text = text_of(part.pointer("/limited_time_offer/text"));
    let text = text.ok_or_else(|| lacks("LIMITED_TIME_OFFER", "limited_time_offer"))?;
    within(&text, "offer", 16)?;
    if parts.iter().any(|it| is(it, "FOOTER")) {
        return Err(wrong("A template with a limited time offer has no footer."));
    }
    Ok(())
}

/// `CAROUSEL`: two to ten cards of one build, each with a picture or a film.
pub fn carousel(part: &Value, rules: &Rules<'_>) -> Result<(), Refusal> {
    marketing(rules, "carousel")?;
    let cards = part.get("cards").and_then(Value::as_array);
    let cards = cards.ok_or_else(|| lacks("CAROUSEL", "cards"))?;
    if !(2..=10).contains(&cards.len()) {
        return Err(wrong("A carousel has two to ten cards."));
    }
    let mut build: Option<Vec<String>> = None;
    for card in cards {
        let parts = card.get("components").and_then(Value::as_array);
        let parts = parts.ok_or_else(|| lacks("CAROUSEL", "components"))?;
        let part = |kind: &str| parts.iter().find(|it| is(it, kind));
        header(
            part("HEADER").ok_or_else(|| lacks("CAROUSEL", "HEADER"))?,
            rules,
        )?;
        if let Some(text) = part("BODY") {
            body(text, rules, 160)?;
        }
        let list = part("BUTTONS").ok_or_else(|| lacks("CAROUSEL", "BUTTONS"))?;
        buttons::check_all(list, rules)?;
        let kinds = parts.iter().chain(
            list.get("buttons")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
        let own: Vec<String> = kinds
            .map(|it| text_of(it.get("type")).unwrap_or_default().to_uppercase())
            .collect();
        if build.get_or_insert_with(|| own.clone()) != &own {
            return Err(wrong("All cards of a carousel have the same parts."));
        }
    }
    Ok(())
}
