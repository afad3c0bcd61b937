//! Cards side by side, each with a header, a text and buttons of its own.

use serde_json::json;

use super::fill::{Parts, fill_parts};
use super::fill_problem::FillProblem;
use super::given::Given;
use crate::whatsapp::templates::Card;

pub(super) fn fill(
    cards: &[Card],
    given: &mut Given,
    parts: &mut Parts,
) -> Result<(), FillProblem> {
    let mut filled = Vec::new();
    for (card, number) in cards.iter().zip(1..=u8::MAX) {
        let card = fill_parts(&card.components, Some(number), given)?;
        filled.push(json!({"card_index": number - 1, "components": card.content}));
        parts.lines.push(String::new());
        parts.lines.extend(card.lines);
    }
    let content = json!({"type": "carousel", "cards": filled});
    parts.content.push(content);
    Ok(())
}
