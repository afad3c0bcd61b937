//! The parts only some templates have: cards in a row, and an offer that ends.

use super::check::missing;
use super::parameters::{counted, mismatch};
use crate::graph::Refusal;
use crate::words::{int_of, text_of};
use serde_json::{Value, json};

/// Each card's components beside what came for it.
type Cards = Vec<(Vec<Value>, Vec<Value>)>;

fn list(value: Option<&Value>) -> Vec<Value> {
    value.and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The cards of a carousel; each must come, by its `card_index`.
pub fn cards(part: Option<&Value>, given: Option<&Value>) -> Result<Cards, Refusal> {
    let own = list(part.and_then(|it| it.get("cards")));
    let came = list(given.and_then(|it| it.get("cards")));
    if own.len() != came.len() {
        return Err(counted("carousel", came.len(), own.len()));
    }
    let mut cards = Vec::new();
    for (index, card) in own.iter().enumerate() {
        let here = |it: &&Value| int_of(it.get("card_index")) == i64::try_from(index).ok();
        let found = came.iter().find(here);
        let found = found.ok_or_else(|| missing(&format!("carousel.cards.card_index {index}")))?;
        cards.push((list(card.get("components")), list(found.get("components"))));
    }
    Ok(cards)
}

/// The offer and when it ends, in unix milliseconds.
pub fn offer(part: Option<&Value>, given: Option<&Value>) -> Result<Option<Value>, Refusal> {
    let Some(part) = part else {
        return match given {
            None => Ok(None),
            Some(_) => Err(mismatch("The template has no limited time offer")),
        };
    };
    let text = text_of(part.pointer("/limited_time_offer/text"));
    let ends = part.pointer("/limited_time_offer/has_expiration") == Some(&json!(true));
    let until = given
        .and_then(|it| int_of(it.pointer("/parameters/0/limited_time_offer/expiration_time_ms")));
    if ends && until.is_none() {
        return Err(missing("limited_time_offer.expiration_time_ms"));
    }
    Ok(Some(json!({ "text": text, "until": until })))
}
