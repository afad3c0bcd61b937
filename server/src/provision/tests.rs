use super::*;
use crate::accounts::password_verify;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::testing::{TestStore, engines};
use crate::store::{NewReceipt, Scope};
use crate::vault::{Place, Vault};
use secrecy::ExposeSecret;
use std::path::Path;

mod faults;
mod rotation;

pub(super) const SETUP: &str = r#"
[[user]]
email = "Ann@Example.com"
password = "thoth demo password"
role = "admin"
api_key = "demo-webhook-key-0001"

[[waba]]
owner = "ann@example.com"
name = "Flowers"
waba_id = "100200300"
access_token = "env:TEST_META_TOKEN"
app_id = "555"
app_secret = "app-secret"

[[portal]]
owner = "ann@example.com"
domain = "acme.bitrix24.com"
member_id = "member-1"
client_id = "local.1"
client_secret = "client-secret"
application_token = "application-token"
access_token = "access-1"
refresh_token = "refresh-1"

[[phone]]
owner = "ann@example.com"
phone = "+7 727 200-01-11"
phone_id = "777000111"
waba = "100200300"
portal = "member-1"
line_id = 17
connector = "THOTH_whatsapp"

[[phone]]
owner = "ann@example.com"
phone = "+77272000222"
phone_id = "777000222"
waba = "100200300"
"#;

/// A database with a vault and settings.
pub(super) struct Room {
    pub(super) test: TestStore,
    pub(super) vault: Vault,
    pub(super) config: Config,
}

pub(super) async fn rooms() -> Vec<Room> {
    let mut rooms = Vec::new();
    for test in engines().await {
        let config = Config::for_tests(test.folder());
        let vault = Vault::unlock(&config, &test.store).await.unwrap();
        rooms.push(Room {
            test,
            vault,
            config,
        });
    }
    rooms
}

impl Room {
    pub(super) async fn run(&self, text: &str) -> Result<Report, ProvisionError> {
        let provisioner = Provisioner {
            store: &self.test.store,
            vault: &self.vault,
            config: &self.config,
            clock: &Clock::fixed(1_700_000_000_000),
        };
        let env = |name: &str| (name == "TEST_META_TOKEN").then(|| "meta-token-in-env".to_owned());
        provisioner
            .provision_text(Path::new("setup.toml"), text, &env)
            .await
    }

    /// What a run says it changed.
    pub(super) async fn changes(&self, text: &str) -> Vec<String> {
        match self.run(text).await {
            Ok(report) => report.lines().to_vec(),
            Err(error) => panic!("{}: {error}", self.test.engine),
        }
    }
}

#[tokio::test]
async fn a_file_is_brought_in_and_a_second_run_changes_nothing() {
    for room in rooms().await {
        let created = room.changes(SETUP).await;
        assert_eq!(created.len(), 6, "{created:?}");
        assert_eq!(created[0], "user ann@example.com: created, role admin");
        assert_eq!(created[1], "waba 100200300: created");
        assert!(created[2].starts_with("waba 100200300: verify_token: generated: "));
        assert_eq!(created[3], "portal acme.bitrix24.com: created");
        assert_eq!(created[4], "phone +77272000111: created, line 17");
        assert_eq!(created[5], "phone +77272000222: created");

        let again = room.run(SETUP).await.unwrap();
        assert_eq!(again.to_string(), "nothing to change");

        let store = &room.test.store;
        let ann = store
            .person_by_email("ann@example.com")
            .await
            .unwrap()
            .unwrap();
        let words = "thoth demo password".into();
        assert!(
            password_verify(&words, Some(ann.password_hash.clone()))
                .await
                .unwrap()
        );
        let hash = room.vault.hash("demo-webhook-key-0001");
        assert!(store.person_by_key_hash(&hash).await.unwrap().is_some());

        let waba = store.wabas_of_owner(ann.id).await.unwrap().remove(0);
        let token = room
            .vault
            .open(Place::WabaAccessToken, waba.id, &waba.access_token)
            .unwrap();
        assert_eq!(token.expose_secret(), "meta-token-in-env");
        let verify = created[2].rsplit(' ').next().unwrap();
        let found = store
            .wabas_by_verify_hash(&room.vault.hash(verify))
            .await
            .unwrap();
        assert_eq!(found, vec![waba]);

        let portal = store.portal_by_member("member-1").await.unwrap().unwrap();
        assert_eq!(portal.state, "ok");
        assert_eq!(portal.protocol, "https");
        assert_eq!(portal.server_endpoint, "https://oauth.bitrix24.tech/rest/");
        let linked = store
            .phone_by_line(portal.id, 17, "thoth_whatsapp")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(linked.link_state, "unchecked");
        let free = store
            .phone_by_phone_id(ann.id, "777000222")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(free.link_state, "not_linked");
    }
}

#[tokio::test]
async fn changes_are_named_one_by_one_without_secrets() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let changed = SETUP
            .replace("line_id = 17", "line_id = 18\nsms_service = true")
            .replace("thoth demo password", "another password")
            .replace("role = \"admin\"", "role = \"user\"")
            .replace("demo-webhook-key-0001", "demo-webhook-key-0002")
            .replace("name = \"Flowers\"", "name = \"Roses\"")
            .replace("\"app-secret\"", "\"app-secret-2\"")
            .replace("client-secret", "client-secret-2");
        assert_eq!(
            room.changes(&changed).await,
            [
                "user ann@example.com: password: replaced",
                "user ann@example.com: role admin -> user",
                "user ann@example.com: api_key: replaced",
                "waba 100200300: name Flowers -> Roses",
                "waba 100200300: app_secret: replaced",
                "portal acme.bitrix24.com: client_secret: replaced",
                "phone +77272000111: line_id 17 -> 18",
                "phone +77272000111: sms_service off -> on",
            ]
        );
        assert!(room.changes(&changed).await.is_empty());
    }
}

#[tokio::test]
async fn what_is_left_out_stays() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let less = SETUP
            .replace("password = \"thoth demo password\"", "")
            .replace("role = \"admin\"", "")
            .replace("api_key = \"demo-webhook-key-0001\"", "")
            .replace("app_secret = \"app-secret\"", "")
            .replace("line_id = 17", "")
            .replace("connector = \"THOTH_whatsapp\"", "");
        assert!(room.changes(&less).await.is_empty());
        assert!(room.changes("").await.is_empty());
    }
}

#[tokio::test]
async fn two_phones_may_swap_their_lines() {
    for room in rooms().await {
        let both =
            format!("{SETUP}portal = \"member-1\"\nline_id = 18\nconnector = \"thoth_whatsapp\"\n");
        room.changes(&both).await;
        let swapped = both
            .replace("line_id = 17", "line_id = 0")
            .replace("line_id = 18", "line_id = 17")
            .replace("line_id = 0", "line_id = 18");
        assert_eq!(
            room.changes(&swapped).await,
            [
                "phone +77272000111: line_id 17 -> 18",
                "phone +77272000222: line_id 18 -> 17"
            ]
        );
    }
}

#[tokio::test]
async fn a_generated_webhook_key_is_told_once() {
    for room in rooms().await {
        let text = "[[user]]\nemail = \"bob@example.com\"\npassword = \"ten letters\"\n";
        let lines = room.changes(text).await;
        assert_eq!(lines[0], "user bob@example.com: created, role user");
        let key = lines[1]
            .strip_prefix("user bob@example.com: api_key: generated: ")
            .unwrap();
        let hash = room.vault.hash(key);
        let store = &room.test.store;
        assert!(store.person_by_key_hash(&hash).await.unwrap().is_some());
        assert!(room.changes(text).await.is_empty());
    }
}

#[tokio::test]
async fn the_sandboxs_file_fits() {
    let text = include_str!("../../../end2end/sandbox/setup.toml");
    for mut room in rooms().await {
        room.config.allow_private_targets = true;
        let oauth = url::Url::parse("http://127.0.0.1:4011").unwrap();
        room.config.bitrix_oauth_url = Some(oauth);
        assert!(!room.changes(text).await.is_empty());
        assert!(room.changes(text).await.is_empty());
    }
}

#[tokio::test]
async fn everybody_sees_what_is_theirs() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let bobs = SETUP
            .replace("Ann@Example.com", "bob@example.com")
            .replace("ann@example.com", "bob@example.com")
            .replace("demo-webhook-key-0001", "demo-webhook-key-0002")
            .replace("member-1", "member-2")
            .replace("+77272000", "+77272001")
            .replace("727 200-01-11", "727 200-11-11")
            .replace("7770002", "8880002")
            .replace("7770001", "8880001");
        room.changes(&bobs).await;
        let store = &room.test.store;
        let bob = store.person_by_email("bob@example.com").await.unwrap();
        let bob = bob.unwrap().id;
        assert_eq!(store.phones(Scope::All).await.unwrap().len(), 4);
        assert_eq!(store.wabas(Scope::All).await.unwrap().len(), 2);
        assert_eq!(store.portals(Scope::All).await.unwrap().len(), 2);
        let only = Scope::Owner(bob);
        let phones = store.phones(only).await.unwrap();
        assert_eq!(phones.len(), 2);
        assert!(phones.iter().all(|phone| only.covers(phone.owner_id)));
        let wabas = store.wabas(only).await.unwrap();
        assert!(wabas.len() == 1 && only.covers(wabas[0].owner_id));
        let portals = store.portals(only).await.unwrap();
        assert!(portals.len() == 1 && portals[0].member_id == "member-2");
        let anns = store.phone_by_phone_id(bob, "777000111").await.unwrap();
        assert!(anns.is_none());
    }
}

#[tokio::test]
async fn what_waited_for_a_phone_is_read_again() {
    for room in rooms().await {
        let (people, rest) = SETUP.split_once("[[waba]]").unwrap();
        room.changes(people).await;
        let store = &room.test.store;
        let ann = store.person_by_email("ann@example.com").await.unwrap();
        let owner = ann.unwrap().id;
        let receipt = NewReceipt {
            source: "meta",
            owner,
            portal: None,
            body: b"{}".to_vec(),
            received_at: 1,
        };
        let (_, kept) = store.receipts_insert(vec![receipt]).await.unwrap();
        kept.durable().await.unwrap();
        let id = store.receipts_new(9).await.unwrap()[0].id;
        let txn = store.begin().await.unwrap();
        let why = Some("no phone 777000111");
        txn.receipt_close_in_txn(id, "held", why).await.unwrap();
        txn.commit().await.unwrap();
        assert!(store.receipts_new(9).await.unwrap().is_empty());
        room.changes(&format!("{people}[[waba]]{rest}")).await;
        assert_eq!(store.receipts_new(9).await.unwrap()[0].id, id);
    }
}
