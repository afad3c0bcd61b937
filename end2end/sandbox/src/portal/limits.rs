//! Bitrix24's two limits: the leaky bucket of requests and the operating time of a method.

use super::Fail;
use crate::faults::Limits;
use crate::words::now_exact;
use crate::world::Portal;
use http::StatusCode;

/// Pours one request into the bucket; a full bucket refuses it.
pub fn bucket(portal: &mut Portal, limits: &Limits) -> Result<(), Fail> {
    if !limits.bucket {
        return Ok(());
    }
    let now = now_exact();
    let (level, at) = portal.bucket;
    let level = (level - (now - at).max(0.0) * limits.per_second).max(0.0);
    if level + 1.0 > limits.depth {
        portal.bucket = (level, now);
        return Err(Fail::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "QUERY_LIMIT_EXCEEDED",
            "Too many requests",
        ));
    }
    portal.bucket = (level + 1.0, now);
    Ok(())
}

/// Counts a method's operating time; tells what is used and when the count starts anew.
pub fn operating(portal: &mut Portal, limits: &Limits, method: &str) -> Result<(f64, i64), Fail> {
    let now = now_exact();
    let slot = portal
        .operating
        .entry(method.to_string())
        .or_insert((0.0, now));
    if now - slot.1 >= limits.operating_window {
        *slot = (0.0, now);
    }
    let reset_at = (slot.1 + limits.operating_window) as i64;
    if limits.operating_limit > 0.0 && slot.0 >= limits.operating_limit {
        return Err(Fail::new(
            StatusCode::TOO_MANY_REQUESTS,
            "OPERATION_TIME_LIMIT",
            "Method is blocked due to operation time limit.",
        ));
    }
    slot.0 += limits.operating_cost;
    Ok((slot.0, reset_at))
}

/// What a method has used, without counting; for answers to refused calls.
pub fn used(portal: &Portal, limits: &Limits, method: &str) -> (f64, i64) {
    let now = now_exact();
    let (used, since) = portal.operating.get(method).copied().unwrap_or((0.0, now));
    (used, (since + limits.operating_window) as i64)
}
