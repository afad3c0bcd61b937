//! How deliveries are called, in the language of the page.

use crate::{
    model::{DeliveryError, DeliveryState, Direction, StateFilter},
    text,
    ui::{IconName, Tone},
};

/// What a delivery is; a code of a newer server is shown as it is.
pub fn kind_text(code: &str) -> String {
    match code {
        "inbound_text" => text!(delivery.kind.inbound_text),
        "outbound_text" => text!(delivery.kind.outbound_text),
        "delivered_tick" => text!(delivery.kind.delivered_tick),
        "read_tick" => text!(delivery.kind.read_tick),
        "sms_status" => text!(delivery.kind.sms_status),
        "outbound_content" => text!(delivery.kind.outbound_content),
        "sent_line" => text!(delivery.kind.sent_line),
        "call_show" => text!(delivery.kind.call_show),
        "call_end" => text!(delivery.kind.call_end),
        "error_line" => text!(delivery.kind.error_line),
        other => other.to_owned(),
    }
}

/// A state as tone, picture and word.
pub fn state_parts(state: DeliveryState) -> (Tone, IconName, String) {
    match state {
        DeliveryState::Waiting => (
            Tone::Neutral,
            IconName::Clock,
            text!(delivery.state.waiting),
        ),
        DeliveryState::Sending => (
            Tone::Neutral,
            IconName::Forward,
            text!(delivery.state.sending),
        ),
        DeliveryState::Unknown => (
            Tone::Unknown,
            IconName::Unknown,
            text!(delivery.state.unknown),
        ),
        DeliveryState::Delivered => (Tone::Ok, IconName::Ok, text!(delivery.state.delivered)),
        DeliveryState::Refused => (
            Tone::Failed,
            IconName::Failed,
            text!(delivery.state.refused),
        ),
        DeliveryState::Dead => (Tone::Failed, IconName::Failed, text!(delivery.state.dead)),
        DeliveryState::Discarded => (
            Tone::Neutral,
            IconName::Leave,
            text!(delivery.state.discarded),
        ),
    }
}

/// Which way, in words.
pub fn direction_text(direction: Direction) -> String {
    match direction {
        Direction::ToBitrix => text!(delivery.direction.to_bitrix),
        Direction::ToWhatsApp => text!(delivery.direction.to_whatsapp),
    }
}

/// The choice of a filter, in words.
pub fn filter_text(state: StateFilter) -> String {
    match state {
        StateFilter::Attention => text!(deliveries.filter.attention),
        StateFilter::Waiting => text!(deliveries.filter.waiting),
        StateFilter::Failed => text!(deliveries.filter.failed),
        StateFilter::Unknown => text!(deliveries.filter.unknown),
        StateFilter::Delivered => text!(deliveries.filter.delivered),
        StateFilter::Discarded => text!(deliveries.filter.discarded),
        StateFilter::All => text!(filter.all),
    }
}

/// The code and words of the other side; ours where they said nothing.
pub fn error_parts(error: &DeliveryError) -> (String, String) {
    let words = if error.text.is_empty() {
        text!(delivery.no_words)
    } else {
        // The code stands before the words already.
        let repeated = format!(" ({})", error.code);
        let words = error.text.as_str();
        words.strip_suffix(&repeated).unwrap_or(words).to_owned()
    };
    let code = match error.code.as_str() {
        // The one code of our own: the destination rests, and this is why.
        "paused" => text!(delivery.paused),
        code => code.to_owned(),
    };
    (code, words)
}
