//! The codes with which calling is refused.

use crate::graph::Refusal;
use http::StatusCode;

/// Meta's words under a code.
pub fn words(code: u32) -> (u16, &'static str) {
    match code {
        138_000 => (401, "Calling not enabled"),
        138_001 => (400, "Receiver uncallable"),
        138_002 => (429, "Concurrent calls limit"),
        138_003 => (400, "Duplicate call"),
        138_004 => (500, "Connection error"),
        138_005 => (429, "Call rate limit exceeded"),
        138_006 => (401, "No approved call permission from the recipient"),
        138_007 => (500, "Connection timeout error"),
        138_009 => (400, "Call permission request limit hit"),
        138_011 => (400, "Conversation not opened"),
        138_012 => (400, "Business initiated calls limit hit"),
        138_013 => (400, "Business-initiated calling is not available"),
        138_014 => (400, "Temporarily blocked"),
        138_015 => (400, "Calling cannot be enabled"),
        138_017 => (400, "Permanent call permission exists"),
        138_018 => (400, "Calling cannot be enabled: prerequisites not met"),
        138_019 => (400, "Call setup failed"),
        138_020 => (400, "Relay connection failed"),
        138_021 => (400, "No media received"),
        138_022 => (400, "No media sent by the user"),
        138_023 => (400, "No media after the call was accepted"),
        138_024 => (400, "SIP is not enabled on the phone number"),
        138_025 => (400, "SIP server is not configured for the app"),
        131_055 => (400, "Method not allowed"),
        _ => (400, "Calling is not possible"),
    }
}

/// A refusal with one of the codes.
pub fn refused(code: u32, details: &str) -> Refusal {
    let (status, message) = words(code);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    Refusal::messaging(code, message, details).with_status(status)
}

/// 100 with what is wrong in `error_data.details`.
pub fn invalid(details: &str) -> Refusal {
    Refusal::messaging(100, "Invalid parameter", details)
}
