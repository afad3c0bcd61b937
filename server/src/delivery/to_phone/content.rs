//! Templates and interactive messages: which way they go to Meta.
//!
//! Advertising has a way of its own, open to WABAs that Meta has let in. Whether this one is, only a try tells; what
//! a try said is kept with the WABA and forgotten with every reading of its templates.

use crate::outbox::CustomerContent;
use crate::state::AppState;
use crate::store::StoreError;
use crate::whatsapp::wire::Peer;
use crate::whatsapp::{GraphClient, SendResult, Way};
use secrecy::SecretString;
use uuid::Uuid;

/// Meta's codes for "this WABA has no business here": permissions, terms not accepted, not onboarded.
const NOT_LET_IN: [i64; 6] = [3, 10, 131_005, 131_055, 134_100, 134_102];

/// Codes that speak of the form of the call: the usual way may take it, or says the same again.
const NOT_THIS_WAY: [i64; 2] = [100, 131_009];

/// Meta's code for "marketing templates only go their own way here".
const ONLY_MARKETING: i64 = 131_063;

/// One call's addresses.
pub(super) struct Letter<'a> {
    /// The WABA.
    pub waba: Uuid,
    /// Its token.
    pub token: &'a SecretString,
    /// Meta's id of the number.
    pub phone_id: &'a str,
    /// The customer.
    pub to: &'a Peer,
    /// Our own mark.
    pub opaque: &'a str,
}

/// Sends it: marketing goes its own way first, unless that is known to be closed, and the usual one when it is refused
/// there.
pub(super) async fn send(
    state: &AppState,
    graph: &GraphClient,
    letter: &Letter<'_>,
    content: &CustomerContent,
) -> Result<SendResult, StoreError> {
    let go = async |way| {
        let Letter {
            token,
            phone_id,
            to,
            opaque,
            ..
        } = letter;
        let object = (content.kind.as_str(), &content.content);
        graph
            .send_content(token, phone_id, to, object, way, opaque)
            .await
    };
    if !content.marketing {
        return Ok(go(Way::Messages).await);
    }
    let known = state.store.waba_marketing(letter.waba).await?;
    if known == Some(false) {
        let sent = go(Way::Messages).await;
        if code_of(&sent) != Some(ONLY_MARKETING) {
            return Ok(sent);
        }
        let sent = go(Way::Marketing).await;
        note(state, letter.waba, known, &sent).await?;
        return Ok(sent);
    }
    let sent = go(Way::Marketing).await;
    note(state, letter.waba, known, &sent).await?;
    match code_of(&sent) {
        Some(code) if is_closed(code) || NOT_THIS_WAY.contains(&code) => {
            Ok(go(Way::Messages).await)
        }
        Some(_) | None => Ok(sent),
    }
}

/// The code of a refusal: the message was certainly not sent.
fn code_of(sent: &SendResult) -> Option<i64> {
    match sent {
        SendResult::Refused(error) | SendResult::Stopped(error) => error.code,
        SendResult::Sent { .. }
        | SendResult::Later { .. }
        | SendResult::NotSent { .. }
        | SendResult::Unknown { .. } => None,
    }
}

/// Whether the marketing way is closed to the WABA.
fn is_closed(code: i64) -> bool {
    NOT_LET_IN.contains(&code) || (200..=299).contains(&code)
}

/// Keeps what a try on the marketing way said of the WABA, where it is new.
async fn note(
    state: &AppState,
    waba: Uuid,
    known: Option<bool>,
    sent: &SendResult,
) -> Result<(), StoreError> {
    let takes = match sent {
        SendResult::Sent { .. } => true,
        SendResult::Refused(_) | SendResult::Stopped(_) if code_of(sent).is_some_and(is_closed) => {
            false
        }
        SendResult::Refused(_)
        | SendResult::Stopped(_)
        | SendResult::Later { .. }
        | SendResult::NotSent { .. }
        | SendResult::Unknown { .. } => return Ok(()),
    };
    if known == Some(takes) {
        return Ok(());
    }
    state.store.waba_marketing_note(waba, takes).await
}
