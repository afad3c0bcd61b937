//! The GET handshake that Meta makes before it saves a callback URL.

use crate::state::Shared;
use crate::words::random_hex;
use std::time::Duration;

/// Asks the callback for its challenge. The error is a sentence for the person who pressed the button.
pub async fn handshake(shared: &Shared, callback: &str, verify_token: &str) -> Result<(), String> {
    let mut url = url::Url::parse(callback)
        .map_err(|error| format!("The callback URL is not a URL: {error}."))?;
    let challenge = (random_hex(4).chars().fold(0u64, |sum, c| {
        sum * 16 + u64::from(c.to_digit(16).unwrap_or(0))
    }))
    .to_string();
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", verify_token);
    let response = shared
        .http
        .get(url)
        .timeout(Duration::from_secs(10))
        .send()
        .await
        .map_err(|_| "Nobody answered at the callback URL.".to_string())?;
    let status = response.status();
    let body = response.text().await.unwrap_or_default();
    if status.as_u16() != 200 {
        return Err(format!(
            "HTTP Status Code = {}; HTTP Message = {}",
            status.as_u16(),
            status.canonical_reason().unwrap_or("unknown")
        ));
    }
    if body != challenge {
        return Err(format!(
            "The callback answered 200, but its body is not the challenge: expected {challenge}, got {} bytes of something else.",
            body.len()
        ));
    }
    Ok(())
}
