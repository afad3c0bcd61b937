//! What an owner has, and the words by which it is recognised.

use crate::accounts::Accounts;
use crate::connect::waba::facebook::{Found, FoundNumber, FoundWaba};
use crate::connect::waba::templates::facts_of;
use crate::outbox::{DeliveryKind, DestinationKind, NewDelivery};
use crate::state::AppState;
use crate::store::entities::{facebook_login, interactive, phone, waba_number};
use crate::store::views::Slice;
use crate::store::{NewMessage, Notice, Scope, StoreError};
use crate::vault::Place;
use app::model::{
    DeliveryId, DestinationId, InteractiveForm, InteractiveId, LoginId, PhoneId, PortalId,
    TemplateId, UserId, WabaId,
};
use secrecy::ExposeSecret;
use uuid::Uuid;

/// What one owner has, with ids as they are printed.
pub struct Things {
    pub person: String,
    pub waba: String,
    pub portal: String,
    pub client_id: String,
    pub phone: String,
    pub number: String,
    pub phone_id: String,
    pub line: i64,
    pub delivery: String,
    /// The portal, as what is delivered to.
    pub destination: String,
    pub template: String,
    pub interactive: String,
    /// The name of the template.
    pub template_name: String,
    /// A login with Facebook that can be connected, and one that can be read anew.
    pub login: String,
    pub login_again: String,
    /// Somebody who owns nothing; the same for all.
    pub spare: String,
    /// The path of a page in the frame of their portal, without a slash at its end.
    pub frame: String,
    /// The keys of their rows.
    pub keys: Vec<Uuid>,
    /// Words that nobody else may see.
    pub marks: Vec<String>,
}

/// Adds to what was provisioned: a conversation with a delivery, logins, a number at Meta and a page in a frame.
pub async fn things(state: &AppState, name: &str, n: u32, spare: Uuid) -> Things {
    let email = format!("{name}@walk.example");
    let owner = state.store.person_by_email(&email).await.unwrap().unwrap();
    let scope = Scope::Owner(owner.id);
    let waba = state.store.wabas(scope).await.unwrap().remove(0);
    let portal = state.store.portals(scope).await.unwrap().remove(0);
    let phone = state.store.phones(scope).await.unwrap().remove(0);
    let spoken = talk(state, &phone, name, n).await.unwrap();
    let slice = Slice {
        limit: 9,
        offset: 0,
    };
    let destinations = state.store.destinations_view(scope, "", slice).await;
    let destination = destinations.unwrap().0.remove(0);
    let first = login(state, owner.id, name, n).await.unwrap();
    let again = login(state, owner.id, name, n).await.unwrap();
    listed(state, waba.id, n).await.unwrap();
    let interactive = menu(state, owner.id, portal.id, name).await.unwrap();
    let template = greeting(state, waba.id, name, n).await.unwrap();
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let frame = accounts.frame_open(owner.id, portal.id, "1", "en").await;
    let frame = frame.unwrap().expose_secret().to_owned();
    let mut things = Things {
        person: UserId::new(owner.id).to_string(),
        waba: WabaId::new(waba.id).to_string(),
        portal: PortalId::new(portal.id).to_string(),
        client_id: portal.client_id,
        phone: PhoneId::new(phone.id).to_string(),
        number: phone.phone,
        phone_id: phone.phone_id,
        line: i64::from(n),
        delivery: DeliveryId::new(spoken[0]).to_string(),
        destination: DestinationId::new(destination.row.id).to_string(),
        template: TemplateId::new(template).to_string(),
        interactive: InteractiveId::new(interactive).to_string(),
        template_name: format!("{name}_greeting"),
        login: LoginId::new(first).to_string(),
        login_again: LoginId::new(again).to_string(),
        spare: UserId::new(spare).to_string(),
        frame: format!("/frame/{frame}"),
        keys: vec![
            owner.id,
            waba.id,
            portal.id,
            phone.id,
            first,
            again,
            template,
            interactive,
            destination.row.id,
        ],
        marks: words(name, n),
    };
    things.keys.extend(spoken);
    things.marks.extend([
        things.person.clone(),
        things.waba.clone(),
        things.portal.clone(),
        things.phone.clone(),
        things.delivery.clone(),
        things.destination.clone(),
        things.template.clone(),
        things.interactive.clone(),
        things.login.clone(),
        things.login_again.clone(),
        frame,
    ]);
    things
}

/// Names, numbers and secrets of an owner, as `owner.toml` and this file have them.
fn words(name: &str, n: u32) -> Vec<String> {
    let of_name = [
        "@walk.example",
        " Flowers",
        " customer",
        " said so",
        "-webhook-key",
        "-access-token",
        "-verify-token",
        "-app-secret",
        "-member",
        "-client-secret",
        "-application-token",
        "-portal-access",
        "-portal-refresh",
        "-facebook-token",
        "_greeting",
        " greets you",
        " menu",
    ];
    let mut words: Vec<String> = of_name.map(|end| format!("{name}{end}")).into();
    words.extend([
        format!("{n}00200300"),
        format!("{n}00900900"),
        format!("{n}00777"),
        format!("{n}00555"),
        format!("77272001{n}"),
        format!("77015550{n}"),
        format!("127.0.0.1:{n}"),
        format!("local.{n}.walk"),
    ]);
    words
}

/// A message of a customer that waits for its portal; answers the delivery, the message and the conversation.
async fn talk(
    state: &AppState,
    phone: &phone::Model,
    name: &str,
    n: u32,
) -> Result<[Uuid; 3], StoreError> {
    let (number, now) = (format!("77015550{n}1"), state.clock.now());
    let txn = state.store.begin().await?;
    let contact = txn
        .contact_resolve_in_txn(
            phone.waba_id,
            Some(&number),
            None,
            Some(&format!("{name} customer")),
            now,
        )
        .await?;
    let conversation = txn
        .conversation_ensure_in_txn(phone.id, contact.id, now)
        .await?;
    let message = NewMessage {
        owner: phone.owner_id,
        phone: phone.id,
        conversation: conversation.id,
        direction: "in",
        wamid: Some(&format!("wamid.{name}")),
        fingerprint: 0,
        kind: "text",
        text: &format!("{name} said so"),
        origin: None,
        part: 0,
        status: "received",
    };
    let message = txn.message_insert_in_txn(&message, now).await?.unwrap();
    let delivery = NewDelivery {
        owner: phone.owner_id,
        destination: DestinationKind::Portal,
        target: phone.portal_id.unwrap(),
        kind: DeliveryKind::InboundText,
        phone: phone.id,
        conversation: conversation.id,
        message: Some(message),
        payload: format!("{{\"text\":\"{name} said so\"}}"),
    };
    let delivery = txn.delivery_enqueue(delivery, now);
    txn.commit().await?;
    Ok([delivery, message, conversation.id])
}

/// A login that brought a WABA nobody has yet.
async fn login(state: &AppState, owner: Uuid, name: &str, n: u32) -> Result<Uuid, StoreError> {
    let (id, now) = (Uuid::now_v7(), state.clock.now());
    let token = format!("{name}-facebook-token").into();
    let number = FoundNumber {
        phone_id: format!("{n}00555111"),
        phone: format!("77272001{n}5"),
        name: None,
        needs_registering: true,
    };
    let found = Found {
        wabas: vec![FoundWaba {
            waba_id: format!("{n}00555000"),
            name: None,
            numbers: vec![number],
            trouble: None,
        }],
        ..Found::default()
    };
    let row = facebook_login::Model {
        id,
        person_id: owner,
        state_hash: id.as_bytes().to_vec(),
        session_hash: Vec::new(),
        token: Some(state.vault.seal(Place::FacebookToken, id, &token)),
        found: Some(found.words()?),
        created_at: now,
        expires_at: now + 3_600_000,
    };
    state.store.facebook_login_begin(row).await?;
    Ok(id)
}

/// A template that can be sent, and of which there is news.
async fn greeting(state: &AppState, waba: Uuid, name: &str, n: u32) -> Result<Uuid, StoreError> {
    let raw = serde_json::json!({
        "id": format!("{n}00555222"), "name": format!("{name}_greeting"), "language": "ru",
        "status": "APPROVED", "category": "UTILITY",
        "components": [{ "type": "BODY", "text": format!("{name} greets you, {{{{1}}}}.") }],
    });
    let now = state.clock.now();
    let txn = state.store.begin().await?;
    let id = txn
        .template_keep_in_txn(waba, facts_of(0, &raw), now)
        .await?;
    let notice = Notice {
        code: "flagged",
        args: Default::default(),
        at: now,
    };
    txn.template_notice_in_txn(id, &notice).await?;
    txn.commit().await?;
    Ok(id)
}

/// A message with buttons for one portal.
async fn menu(state: &AppState, owner: Uuid, portal: Uuid, name: &str) -> Result<Uuid, StoreError> {
    let (id, now) = (Uuid::now_v7(), state.clock.now());
    let form = InteractiveForm {
        body: format!("{name} menu"),
        buttons: vec!["Tea".to_owned()],
        ..InteractiveForm::default()
    };
    let row = interactive::Model {
        id,
        owner_id: owner,
        portal_id: Some(portal),
        name: format!("{name} menu"),
        kind: form.kind.as_str().to_owned(),
        content: serde_json::to_string(&form.content()).unwrap(),
        hashtag: Some("#menu".to_owned()),
        created_at: now,
        updated_at: now,
    };
    let txn = state.store.begin().await?;
    txn.interactive_insert_in_txn(row).await?;
    txn.commit().await?;
    Ok(id)
}

/// A number that Meta lists and that is no phone here.
async fn listed(state: &AppState, waba: Uuid, n: u32) -> Result<(), StoreError> {
    let number = waba_number::Model {
        id: Uuid::now_v7(),
        waba_id: waba,
        phone_id: format!("{n}00777999"),
        phone: format!("77272001{n}9"),
        name: None,
        status: None,
        quality: None,
        raw: "{}".to_owned(),
        seen_at: state.clock.now(),
    };
    let txn = state.store.begin().await?;
    txn.waba_numbers_put_in_txn(waba, vec![number]).await?;
    txn.commit().await
}
