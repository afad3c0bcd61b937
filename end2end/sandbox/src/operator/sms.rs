//! A text message on its way to the handler of its sender: from a CRM card, or from a robot. It is posted once.

use super::event::{acting, without_tokens};
use crate::params;
use crate::state::Shared;
use crate::words::{now, random_hex};
use crate::world::{Portal, Sender, Sms};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// What the `auth` block of the form brings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthBlock {
    /// Tokens and the `application_token`.
    #[default]
    Whole,
    /// No tokens.
    Bare,
    /// There is no such block.
    None,
}

/// Who causes the message.
#[derive(Debug, Clone)]
pub enum Cause {
    /// Somebody at the card of a CRM entity: its type (1 lead, 2 deal, 3 contact, 4 company) and id.
    Card { user: i64, entity: (i64, i64) },
    /// A robot of a document, `CONTACT_123`.
    Robot { document: String, auth: AuthBlock },
}

/// A message to send.
#[derive(Debug, Clone)]
pub struct Text {
    /// The sender's code.
    pub sender: String,
    /// The number in any form.
    pub to: String,
    pub text: String,
    pub cause: Cause,
}

/// Writes the message down and posts it to the handler; tells its id once the handler has answered.
pub async fn send(shared: &Shared, member_id: &str, text: Text) -> Result<String, String> {
    let server = shared.ports.oauth();
    let (id, url, form) = shared.world(|world| {
        let life = world.behaviour.token_seconds;
        let portal = world.portal_mut(member_id);
        let portal = portal.ok_or("There is no such portal.")?;
        let installed = |it: &&Sender| portal.app(&it.app).is_some_and(|app| app.installed);
        let mut senders = portal.senders.iter().filter(installed);
        let sender = senders.rfind(|it| it.code == text.sender).cloned();
        let sender = sender.ok_or("There is no such sender.")?;
        let id = random_hex(16);
        let form = params::encode(&tree(portal, &sender, &text, &id, &server, life));
        let (author, module) = match &text.cause {
            Cause::Card { user, .. } => (*user, "crm"),
            Cause::Robot { .. } => (0, "bizproc"),
        };
        portal.texts.push(Sms {
            id: id.clone(),
            app: sender.app,
            sender: sender.code,
            author,
            module,
            to: text.to.clone(),
            body: text.text.clone(),
            at: now(),
            state: None,
            reported: Vec::new(),
            answer: None,
            form: form.clone(),
        });
        Ok::<_, String>((id, sender.handler, form))
    })?;
    post(shared, member_id, &id, url, form).await;
    Ok(id)
}

/// Posts the very same form once more, which Bitrix24 does not promise never to do.
pub async fn again(shared: &Shared, member_id: &str, id: &str) -> Result<(), String> {
    let found = shared.world(|world| {
        let portal = world.portal(member_id)?;
        let text = portal.texts.iter().find(|it| it.id == id)?;
        let own = |it: &&Sender| it.app == text.app && it.code == text.sender;
        let sender = portal.senders.iter().find(own)?;
        Some((sender.handler.clone(), text.form.clone()))
    });
    let (url, form) = found.ok_or("There is no such message.")?;
    post(shared, member_id, id, url, form).await;
    Ok(())
}

/// The form, as a tree.
fn tree(
    portal: &mut Portal,
    sender: &Sender,
    text: &Text,
    id: &str,
    server: &str,
    life: i64,
) -> Value {
    let mut tree = match &text.cause {
        Cause::Card { entity, .. } => json!({
            "module_id": "crm",
            "bindings": [{ "OWNER_TYPE_ID": entity.0, "OWNER_ID": entity.1 }],
        }),
        Cause::Robot { document, .. } => {
            let kind = document.split('_').next().unwrap_or("CONTACT").to_string();
            let mut class = kind.to_lowercase();
            class
                .get_mut(..1)
                .into_iter()
                .for_each(str::make_ascii_uppercase);
            let class = format!("CCrmDocument{class}");
            json!({
                "module_id": "bizproc",
                "workflow_id": format!("{}.{}", random_hex(7), now() % 100_000_000),
                "document_id": ["crm", class, document],
                "document_type": ["crm", class, kind],
            })
        }
    };
    let more = json!({
        "properties": { "phone_number": text.to, "message_text": text.text },
        "type": "SMS",
        "code": sender.code,
        "message_id": id,
        "message_to": text.to,
        "message_body": text.text,
        "ts": now(),
    });
    let (user, block) = match &text.cause {
        Cause::Card { user, .. } => (*user, AuthBlock::Whole),
        Cause::Robot { auth, .. } => (portal.operator().id, *auth),
    };
    let auth = match block {
        AuthBlock::None => None,
        AuthBlock::Whole | AuthBlock::Bare => {
            let mut auth = acting(portal, &sender.app, user, server, life);
            if block == AuthBlock::Bare {
                without_tokens(&mut auth);
            }
            Some(auth)
        }
    };
    if let (Some(map), Value::Object(more)) = (tree.as_object_mut(), more) {
        map.extend(more);
        map.extend(auth.map(|auth| ("auth".to_string(), auth)));
    }
    tree
}

/// One attempt; what the handler answered is kept with the message.
async fn post(shared: &Shared, member_id: &str, id: &str, url: String, form: String) {
    let label = format!("SMS {id}");
    let delivery = shared.journal(|journal| journal.delivery_open("event", label));
    let timeout = shared.world(|world| Duration::from_millis(world.behaviour.webhook_timeout_ms));
    let request = shared.http.post(url);
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", "Bitrix24 Webhook Engine")
        .timeout(timeout)
        .body(form);
    let answer = match request.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            (status, answer.text().await.unwrap_or_default())
        }
        Err(error) if error.is_timeout() => (0, "no answer in time".to_string()),
        Err(error) if error.is_connect() => (0, "connection refused".to_string()),
        Err(_) => (0, "connection dropped".to_string()),
    };
    let (state, outcome) = match answer.0 {
        200 => ("taken", "200".to_string()),
        0 => ("given up", answer.1.clone()),
        status => ("given up", status.to_string()),
    };
    shared.journal(|journal| journal.delivery_attempt(delivery, "event", state, outcome));
    shared.world(|world| {
        let portal = world.portal_mut(member_id);
        let text = portal.and_then(|it| it.texts.iter_mut().find(|it| it.id == id));
        if let Some(text) = text {
            text.answer = Some(answer);
        }
    });
    shared.tell(json!({ "topic": "sms", "portal": member_id }));
}
