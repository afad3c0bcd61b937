//! Much to show: a hundred owners, their phones, and what was said.

use super::rows;
use anyhow::Context;
use app::model::{DeliveryId, PhoneId, PortalId, UserId, WabaId};
use secrecy::{ExposeSecret, SecretString};
use thoth::accounts::{Accounts, Email, Password, Role};
use thoth::outbox::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery};
use thoth::state::AppState;
use thoth::store::entities::phone;
use thoth::store::{NewMessage, Txn};
use uuid::Uuid;

/// One admin and 99 end-users, each with a hundredth of the phones.
const OWNERS: usize = 100;
/// Messages are spread over a month.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Rows written in one transaction.
const TOGETHER: usize = 5_000;
/// Everybody's.
pub const PASSWORD: &str = "a password for measuring";

/// One of each kind, all of the first end-user, for the pages of single things.
pub struct World {
    person: UserId,
    phone: PhoneId,
    waba: WabaId,
    portal: PortalId,
    delivery: DeliveryId,
    frame: SecretString,
}

impl World {
    /// The pages to ask for.
    pub fn paths(&self, who: &str) -> Vec<String> {
        let mut paths: Vec<String> = [
            "/",
            "/phones",
            "/phones?page=2",
            "/phones?q=77000000042",
            "/phones?link=attention&sort=-checked",
            "/phones/new",
            "/wabas",
            "/wabas/new",
            "/portals",
            "/portals/new",
            "/deliveries",
            "/deliveries?state=all",
            "/deliveries?state=all&q=77000000042",
            "/account",
        ]
        .map(str::to_owned)
        .into();
        for thing in [
            format!("/phones/{}", self.phone),
            format!("/wabas/{}", self.waba),
            format!("/portals/{}", self.portal),
        ] {
            paths.extend(["", "/edit", "/delete"].map(|end| format!("{thing}{end}")));
        }
        paths.push(format!("/deliveries/{}", self.delivery));
        if who == "admin" {
            let pages = ["/phones?page=300", "/users", "/users/new", "/settings"];
            paths.extend(pages.map(str::to_owned));
            let person = format!("/users/{}", self.person);
            paths.extend(["", "/delete"].map(|end| format!("{person}{end}")));
        }
        paths
    }

    /// Pages inside a portal's frame.
    pub fn framed(&self) -> Vec<String> {
        let base = format!("/frame/{}", self.frame.expose_secret());
        let pages = [
            "/phones".to_owned(),
            "/phones/new".to_owned(),
            format!("/phones/{}", self.phone),
            "/lines/1".to_owned(),
            "/wabas".to_owned(),
            "/portals".to_owned(),
        ];
        pages.map(|page| format!("{base}{page}")).into()
    }
}

/// Fills an empty database.
pub async fn fill(state: &AppState, phones: usize, messages: usize) -> anyhow::Result<World> {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let password = Password::choose(&SecretString::from(PASSWORD))?;
    let mut owners = Vec::new();
    for number in 0..OWNERS {
        let email = Email::parse(&format!("owner{number}@example.com"))?;
        let role = if number == 0 { Role::Admin } else { Role::User };
        let owner = accounts.person_add(email, &password, role).await?.id;
        let waba = rows::waba(state, owner, number);
        let portal = rows::portal(state, owner, number);
        let txn = state.store.begin().await?;
        txn.waba_insert_in_txn(waba.clone()).await?;
        txn.portal_insert_in_txn(portal.clone()).await?;
        txn.commit().await?;
        owners.push((owner, waba.id, portal.id));
    }
    let mut all = Vec::new();
    for (number, (owner, waba, portal)) in (0..phones).zip(owners.iter().cycle()) {
        all.push(rows::phone(*owner, *waba, *portal, number));
    }
    for chunk in all.chunks(TOGETHER) {
        let txn = state.store.begin().await?;
        for row in chunk {
            txn.phone_insert_in_txn(row.clone()).await?;
        }
        txn.commit().await?;
    }
    let per_phone = messages.div_ceil(all.len().max(1));
    let mine = all.get(1).context("at least two phones are needed")?.id;
    let mut answered = None;
    for chunk in all.chunks((TOGETHER / per_phone.max(1)).max(1)) {
        let txn = state.store.begin().await?;
        for phone in chunk {
            let delivery = talk(&txn, phone, per_phone, state.clock.now()).await?;
            if phone.id == mine {
                answered = delivery;
            }
        }
        txn.commit().await?;
    }
    let (person, waba, portal) = owners.get(1).context("at least two owners are needed")?;
    Ok(World {
        person: UserId::new(*person),
        phone: PhoneId::new(mine),
        waba: WabaId::new(*waba),
        portal: PortalId::new(*portal),
        delivery: DeliveryId::new(answered.context("at least ten messages a phone are needed")?),
        frame: accounts.frame_open(*person, *portal, "1", "en").await?,
    })
}

/// One conversation a phone. Every tenth message is an answer with its delivery; the first of them waits. Answers
/// the last delivery.
async fn talk(
    txn: &Txn,
    phone: &phone::Model,
    count: usize,
    now: i64,
) -> anyhow::Result<Option<Uuid>> {
    let mut last = None;
    let customer = phone.phone.replace("+7700", "+7701");
    let wa_id = customer.trim_start_matches('+');
    let contact = txn
        .contact_by_chat_in_txn(phone.waba_id, &customer, Some(wa_id), None, now)
        .await?;
    let conversation = txn
        .conversation_ensure_in_txn(phone.id, contact.id, now)
        .await?;
    for number in 0..count {
        let at = now - i64::try_from(count - number)? * (30 * DAY / i64::try_from(count)?);
        let is_answer = number % 10 == 9;
        let new = NewMessage {
            owner: phone.owner_id,
            phone: phone.id,
            conversation: conversation.id,
            direction: if is_answer { "out" } else { "in" },
            wamid: Some(&format!("wamid.{}.{number}", phone.phone_id)),
            fingerprint: 0,
            kind: "text",
            text: "Good morning, is my order ready?",
            origin: None,
            part: 0,
            status: if is_answer { "queued" } else { "received" },
        };
        let message = txn.message_insert_in_txn(&new, at).await?;
        if let Some(message) = message.filter(|_| is_answer) {
            last = Some(answer(txn, phone, conversation.id, message, at).await?);
            if number > 9 {
                let state = DeliveryState::Delivered;
                txn.delivery_settle_in_txn(message, state, None, at).await?;
            }
        }
    }
    Ok(last)
}

async fn answer(
    txn: &Txn,
    phone: &phone::Model,
    conversation: Uuid,
    message: Uuid,
    at: i64,
) -> anyhow::Result<Uuid> {
    let delivery = NewDelivery {
        owner: phone.owner_id,
        destination: DestinationKind::Phone,
        target: phone.id,
        kind: DeliveryKind::OutboundText,
        phone: phone.id,
        conversation,
        message: Some(message),
        payload: "{\"text\":\"Yes, it is\"}".to_owned(),
    };
    Ok(txn.delivery_enqueue(delivery, at))
}
