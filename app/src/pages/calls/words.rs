use crate::{
    model::{CallDirection, CallOutcome, PermissionStatus},
    text,
    ui::{IconName, Tone},
};

/// Who called.
pub fn way_parts(direction: CallDirection) -> (IconName, String) {
    match direction {
        CallDirection::In => (IconName::CallIn, text!(calls.way.incoming)),
        CallDirection::Out => (IconName::CallOut, text!(calls.way.outgoing)),
    }
}

/// How a call stands or ended, as tone, picture and word.
pub fn outcome_parts(outcome: CallOutcome) -> (Tone, IconName, String) {
    match outcome {
        CallOutcome::Ringing => (Tone::Neutral, IconName::Clock, text!(calls.end.ringing)),
        CallOutcome::Talking => (Tone::Ok, IconName::Call, text!(calls.end.talking)),
        CallOutcome::Answered => (Tone::Ok, IconName::Ok, text!(calls.end.answered)),
        CallOutcome::Missed => (
            Tone::Attention,
            IconName::Attention,
            text!(calls.end.missed),
        ),
        CallOutcome::Declined => (Tone::Attention, IconName::Off, text!(calls.end.declined)),
        CallOutcome::Failed => (Tone::Failed, IconName::Failed, text!(calls.end.failed)),
        CallOutcome::Unknown => (Tone::Neutral, IconName::Off, text!(calls.end.unknown)),
    }
}

/// Whether a customer may be called, as tone, picture and word.
pub fn permission_parts(status: PermissionStatus) -> (Tone, IconName, String) {
    match status {
        PermissionStatus::None => (
            Tone::Neutral,
            IconName::Off,
            text!(calls.permission.is.none),
        ),
        PermissionStatus::Asked => (
            Tone::Neutral,
            IconName::Clock,
            text!(calls.permission.is.asked),
        ),
        PermissionStatus::Temporary => {
            (Tone::Ok, IconName::Ok, text!(calls.permission.is.temporary))
        }
        PermissionStatus::Permanent => {
            (Tone::Ok, IconName::Ok, text!(calls.permission.is.permanent))
        }
        PermissionStatus::Denied => (
            Tone::Failed,
            IconName::Failed,
            text!(calls.permission.is.denied),
        ),
    }
}
