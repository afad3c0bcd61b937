//! The attempts: one POST after the other until it is taken, with growing pauses.

use super::lanes::{Job, Load, Then};
use super::sign::{escape, signature};
use crate::state::Shared;
use crate::world::{Author, Tick};
use serde_json::Value;
use std::time::Duration;

/// Queues a webhook about a number in its conversation's lane, for every app that hears of it; tells the first
/// delivery's id.
pub fn queue(
    shared: &Shared,
    phone_id: &str,
    peer: &str,
    body: Value,
    label: String,
    then: Option<Then>,
) -> Option<u64> {
    let waba = shared.world(|world| world.phone(phone_id).map(|phone| phone.waba.clone()))?;
    queue_of(
        shared,
        &waba,
        &format!("{phone_id} {peer}"),
        body,
        label,
        then,
    )
}

/// The same about a WABA, in the lane of this name. An app hears of it when it is subscribed to the account and to
/// the field, and is live.
pub fn queue_of(
    shared: &Shared,
    waba: &str,
    lane: &str,
    body: Value,
    label: String,
    then: Option<Then>,
) -> Option<u64> {
    let field = body.pointer("/entry/0/changes/0/field");
    let field = field
        .and_then(Value::as_str)
        .unwrap_or("messages")
        .to_string();
    let apps = hearers(shared, waba, &field);
    let body = escape(&body.to_string());
    let mut first = None;
    for app in apps {
        let delivery = shared.journal(|journal| journal.delivery_open("webhook", label.clone()));
        let lane = format!("webhook {lane} {app}");
        let job = Job {
            delivery,
            load: Load::Webhook {
                app,
                waba: waba.to_string(),
                field: field.clone(),
                body: body.clone(),
            },
            retry: true,
            // What the first app answers is what the telephone shows.
            then: then.clone().filter(|_| first.is_none()),
            generation: shared.generation(),
        };
        if shared.faults(|faults| faults.webhooks.reorder) {
            overtake(shared, lane, job);
        } else {
            shared.lane_push(lane, job);
        }
        first = first.or(Some(delivery));
    }
    first
}

/// The apps to which a webhook of a field goes; why others do not get it is counted.
fn hearers(shared: &Shared, waba: &str, field: &str) -> Vec<String> {
    let (apps, missed) = shared.world(|world| {
        let subscribed = world.waba(waba).map(|waba| &waba.subscribed);
        let mut apps = Vec::new();
        let mut missed = Vec::new();
        for app in subscribed.into_iter().flatten().map(|it| &it.app) {
            match world.app(app) {
                Some(known) if known.hears(field) => apps.push(app.clone()),
                Some(known) if known.live => missed.push("webhook.field_not_subscribed"),
                Some(_) | None => missed.push("webhook.app_not_live"),
            }
        }
        if subscribed.is_none_or(Vec::is_empty) {
            missed.push("webhook.not_subscribed");
        }
        (apps, missed)
    });
    shared.journal(|journal| missed.into_iter().for_each(|count| journal.count(count)));
    apps
}

/// Puts a job into a lane of its own after a random moment, so that others overtake it.
fn overtake(shared: &Shared, lane: String, job: Job) {
    let shared = shared.clone();
    let pause: u64 = rand::random_range(0..800);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let lane = format!("{lane} {}", job.delivery);
        shared.lane_push(lane, job);
    });
}

/// Works on a job until it is taken, given up or belongs to a world that is gone.
pub(super) async fn deliver(shared: &Shared, job: Job) {
    let kind = match job.load {
        Load::Webhook { .. } => "webhook",
        Load::Event { .. } => "event",
    };
    let mut pause = 1u64;
    loop {
        let sending = shared.faults(|faults| match job.load {
            Load::Webhook { .. } => faults.webhooks.clone(),
            Load::Event { .. } => faults.events.clone(),
        });
        if shared.generation() != job.generation {
            return;
        }
        if sending.held {
            wait(shared, 1).await;
            continue;
        }
        if sending.latency_ms > 0 {
            tokio::time::sleep(Duration::from_millis(sending.latency_ms)).await;
        }
        let (taken, outcome) = attempt(shared, &job.load).await;
        if shared.generation() != job.generation {
            return;
        }
        let again = !taken && (job.retry || sending.retry);
        let state = match (taken, again) {
            (true, _) => "taken",
            (false, true) => "waiting",
            (false, false) => "given up",
        };
        let note = outcome.clone();
        shared.journal(|journal| journal.delivery_attempt(job.delivery, kind, state, note));
        if taken && sending.twice {
            let _ = attempt(shared, &job.load).await;
            shared.journal(|journal| journal.count(&format!("{kind}.sent_twice")));
        }
        if !again {
            finish(shared, &job, taken, &outcome);
            return;
        }
        wait(shared, pause).await;
        pause = (pause * 2).min(30);
    }
}

/// Waits some seconds, or until somebody presses "retry now".
async fn wait(shared: &Shared, seconds: u64) {
    tokio::select! {
        () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
        () = shared.lanes.wake.notified() => {}
    }
}

async fn attempt(shared: &Shared, load: &Load) -> (bool, String) {
    let _permit = shared.lanes.permits.acquire().await;
    let timeout = shared.world(|world| Duration::from_millis(world.behaviour.webhook_timeout_ms));
    let request = match load {
        Load::Webhook {
            app,
            waba,
            field,
            body,
        } => {
            let Some((url, secret)) = callback(shared, app, waba, field) else {
                return (false, "no callback URL is saved".to_string());
            };
            shared
                .http
                .post(url)
                .header("content-type", "application/json")
                .header("x-hub-signature-256", signature(&secret, body.as_bytes()))
                .header("user-agent", "facebookexternalua")
                .body(body.clone())
        }
        Load::Event { url, body } => shared
            .http
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", "Bitrix24 Webhook Engine")
            .body(body.clone()),
    };
    match request.timeout(timeout).send().await {
        Ok(response) => {
            let status = response.status().as_u16();
            // Read to the end, so that the connection can be used again.
            let _ = response.bytes().await;
            (status == 200, status.to_string())
        }
        Err(error) if error.is_timeout() => (false, "no answer in time".to_string()),
        Err(error) if error.is_connect() => (false, "connection refused".to_string()),
        Err(_) => (false, "connection dropped".to_string()),
    }
}

/// Where a webhook goes and who signs it. The account's override is for messages; anything else goes to the app's own
/// callback, where there is one.
fn callback(shared: &Shared, app: &str, waba: &str, field: &str) -> Option<(String, String)> {
    shared.world(|world| {
        let over = world
            .waba(waba)
            .and_then(|waba| waba.subscription(app)?.override_url.clone());
        let app = world.app(app)?;
        let own = Some(app.callback_url.clone()).filter(|url| !url.is_empty());
        let url = if field == "messages" {
            over.or(own)
        } else {
            own.or(over)
        };
        Some((url?, app.secret.clone()))
    })
}

fn finish(shared: &Shared, job: &Job, taken: bool, outcome: &str) {
    match &job.then {
        None => {}
        Some(Then::CustomerMessages {
            customer,
            phone_id,
            wamids,
        }) => {
            shared.world(|world| {
                for wamid in wamids {
                    if let Some(message) = world.talk_message(customer, phone_id, wamid)
                        && message.from == Author::Customer
                    {
                        message.tick = message.tick.max(Tick::Delivered);
                    }
                }
            });
            shared.tell_talk(customer, phone_id);
        }
        Some(Then::OperatorMessages {
            member_id,
            chat,
            messages,
        }) => {
            let word = if taken {
                "ok".to_string()
            } else {
                outcome.to_string()
            };
            shared.world(|world| {
                let Some(portal) = world.portal_mut(member_id) else {
                    return;
                };
                for id in messages {
                    if let Some(message) = portal.message_mut(*chat, *id) {
                        message.event = Some(word.clone());
                    }
                }
            });
            shared.tell_chat(member_id, *chat);
        }
    }
}

/// Posts these very bytes once, signed by the app, and tells what came back. `signed` may be spoilt on purpose.
pub async fn raw(
    shared: &Shared,
    app: &str,
    bytes: Vec<u8>,
    signed: Signed,
) -> Result<(u16, String), String> {
    let found = shared.world(|world| {
        let app = if app.is_empty() {
            world.apps.first()
        } else {
            world.app(app)
        };
        app.map(|app| (app.callback_url.clone(), app.secret.clone()))
    });
    let (url, secret) = found.ok_or("There is no such app.")?;
    let mut request = shared
        .http
        .post(url)
        .header("content-type", "application/json");
    request = match signed {
        Signed::Right => request.header("x-hub-signature-256", signature(&secret, &bytes)),
        Signed::Wrong => request.header("x-hub-signature-256", signature("not the secret", &bytes)),
        Signed::Not => request,
    };
    let response = request
        .timeout(Duration::from_secs(30))
        .body(bytes)
        .send()
        .await
        .map_err(|error| format!("No answer: {error}"))?;
    let status = response.status().as_u16();
    shared.journal(|journal| journal.count(&format!("webhook.raw.{status}")));
    Ok((status, response.text().await.unwrap_or_default()))
}

/// How a raw body is signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signed {
    #[default]
    Right,
    Wrong,
    Not,
}
