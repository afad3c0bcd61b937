use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::Scope;
use crate::store::testing::{TestStore, engines};
use crate::vault::Vault;
use secrecy::{ExposeSecret, SecretString};
use std::net::IpAddr;
use std::sync::Arc;
use tower_sessions::Session;
use url::Url;

const NOW: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;

fn password() -> SecretString {
    "thoth demo password".into()
}

fn address(last: u8) -> IpAddr {
    [192, 0, 2, last].into()
}

async fn accounts(test: &TestStore) -> (Accounts, Clock) {
    let config = Config::for_tests(test.folder());
    let vault = Vault::unlock(&config, &test.store).await.unwrap();
    let clock = Clock::fixed(NOW);
    let accounts = Accounts::new(test.store.clone(), vault, clock.clone());
    (accounts, clock)
}

async fn ann(accounts: &Accounts) -> Person {
    let email = Email::parse("Ann@Example.com").unwrap();
    let chosen = Password::choose(&password()).unwrap();
    accounts
        .person_add(email, &chosen, Role::User)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_right_password_signs_in_whatever_the_case_of_the_email() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let signed_in = accounts
            .sign_in(" ANN@example.com ", &password(), address(1))
            .await
            .unwrap();
        assert_eq!(signed_in, ann);
        assert_eq!(signed_in.scope(), Scope::Owner(ann.id));
        for (email, words) in [
            ("ann@example.com", "wrong password"),
            ("eve@example.com", "thoth demo password"),
            ("not an address", "thoth demo password"),
        ] {
            let error = accounts
                .sign_in(email, &words.into(), address(1))
                .await
                .unwrap_err();
            assert!(matches!(error, AccountError::WrongCredentials), "{error}");
        }
        let again = accounts
            .person_add(
                Email::parse("ann@example.com").unwrap(),
                &Password::choose(&password()).unwrap(),
                Role::Admin,
            )
            .await;
        assert!(matches!(again, Err(AccountError::EmailTaken)));
    }
}

#[tokio::test]
async fn five_failures_close_an_account_for_a_while() {
    for test in engines().await {
        let (accounts, clock) = accounts(&test).await;
        ann(&accounts).await;
        for attempt in 0..5 {
            clock.set(NOW + attempt * MINUTE);
            let from = address(u8::try_from(attempt).unwrap());
            let error = accounts
                .sign_in("ann@example.com", &"wrong password".into(), from)
                .await
                .unwrap_err();
            assert!(matches!(error, AccountError::WrongCredentials));
        }
        let error = accounts
            .sign_in("ann@example.com", &password(), address(9))
            .await
            .unwrap_err();
        let AccountError::TooManyAttempts { seconds } = error else {
            panic!("{error}");
        };
        assert_eq!(seconds, 11 * 60, "{}", test.engine);
        clock.set(NOW + 15 * MINUTE);
        accounts
            .sign_in("ann@example.com", &password(), address(9))
            .await
            .unwrap();
        clock.set(NOW + 16 * MINUTE);
        assert!(accounts.sweep().await.is_ok());
    }
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let mut refused = 0;
        for number in 0..22 {
            let email = format!("person{number}@example.com");
            let answer = accounts.attempt_begin(&email, address(1)).await;
            if let Err(AccountError::TooManyAttempts { .. }) = answer {
                refused += 1;
            }
        }
        assert_eq!(refused, 2, "{}", test.engine);
        assert!(
            accounts
                .attempt_begin("person1@example.com", address(2))
                .await
                .is_ok()
        );
    }
}

#[tokio::test]
async fn the_setup_link_makes_one_admin() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let public = Url::parse("https://thoth.example.com/").unwrap();
        let first = accounts.setup_link(&public).await.unwrap().unwrap();
        let link = accounts.setup_link(&public).await.unwrap().unwrap();
        let token = |link: &Url| {
            link.path_segments()
                .unwrap()
                .next_back()
                .unwrap()
                .to_owned()
        };
        assert!(
            link.as_str()
                .starts_with("https://thoth.example.com/setup/")
        );
        assert!(!accounts.setup_pending(&token(&first)).await.unwrap());
        assert!(accounts.setup_pending(&token(&link)).await.unwrap());

        let short = accounts
            .setup_first_admin(&token(&link), "ann@example.com", &"short".into())
            .await;
        assert!(matches!(short, Err(AccountError::PasswordShort { .. })));

        let token = token(&link);
        let (email, words) = ("ann@example.com", password());
        let (one, two) = tokio::join!(
            accounts.setup_first_admin(&token, email, &words),
            accounts.setup_first_admin(&token, "eve@example.com", &words),
        );
        assert_eq!(
            [&one, &two].iter().filter(|made| made.is_ok()).count(),
            1,
            "{}",
            test.engine
        );
        let admin = one.or(two).unwrap();
        assert_eq!(admin.role, Role::Admin);
        assert_eq!(admin.scope(), Scope::All);
        assert!(!accounts.setup_pending(&token).await.unwrap());
        assert!(accounts.setup_link(&public).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_session_changes_its_id_at_sign_in_and_ends_everywhere() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let sessions = Arc::new(Sessions::new(test.store.clone(), Clock::system()));
        let before = Session::new(None, sessions.clone(), None);
        before.insert("language", "ru").await.unwrap();
        before.save().await.unwrap();
        let old = before.id().unwrap();

        let session = Session::new(Some(old), sessions.clone(), None);
        assert!(accounts.session_person(&session).await.unwrap().is_none());
        accounts.session_start(&session, &ann).await.unwrap();
        let new = session.id().unwrap();
        assert_ne!(old, new);

        let after = Session::new(Some(new), sessions.clone(), None);
        assert_eq!(
            accounts.session_person(&after).await.unwrap(),
            Some(ann.clone())
        );
        let stale = Session::new(Some(old), sessions.clone(), None);
        assert!(accounts.session_person(&stale).await.unwrap().is_none());

        assert_eq!(accounts.sign_out_everywhere(ann.id).await.unwrap(), 1);
        let ended = Session::new(Some(new), sessions.clone(), None);
        assert!(accounts.session_person(&ended).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn an_expired_session_is_nobodys() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let clock = Clock::fixed(Clock::system().now());
        let sessions = Arc::new(Sessions::new(test.store.clone(), clock.clone()));
        let session = Session::new(None, sessions.clone(), None);
        accounts.session_start(&session, &ann).await.unwrap();
        let id = session.id();
        clock.set(clock.now() + (SESSION_DAYS + 1) * 24 * 60 * MINUTE);
        let later = Session::new(id, sessions.clone(), None);
        assert!(accounts.session_person(&later).await.unwrap().is_none());
        let swept = test.store.sessions_sweep(clock.now(), 0).await.unwrap();
        assert_eq!(swept, 1);
    }
}

#[tokio::test]
async fn a_webhook_key_is_found_by_its_hash_and_shown_to_its_owner() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let key = accounts.webhook_key(ann.id).await.unwrap().unwrap();
        let hash = accounts.vault.hash(key.expose_secret());
        let found = test.store.person_by_key_hash(&hash).await.unwrap().unwrap();
        assert_eq!(found.id, ann.id);
        assert_ne!(found.webhook_key, key.expose_secret().as_bytes());
        let other = accounts.vault.hash("another key");
        assert!(
            test.store
                .person_by_key_hash(&other)
                .await
                .unwrap()
                .is_none()
        );
    }
}

/// A page in the frame of a portal of this person.
async fn frame(accounts: &Accounts, test: &TestStore, owner: uuid::Uuid) -> String {
    let id = uuid::Uuid::now_v7();
    let portal = crate::store::entities::portal::Model {
        id,
        owner_id: owner,
        protocol: "https".to_owned(),
        domain: "shop.bitrix24.com".to_owned(),
        member_id: id.to_string(),
        client_id: format!("local.{}", id.simple()),
        client_secret: Vec::new(),
        application_token: Vec::new(),
        server_endpoint: String::new(),
        state: "ok".to_owned(),
        state_reason: None,
        name: None,
        kind: None,
        scopes: None,
        installed_at: Some(NOW - 1),
        created_at: NOW,
        updated_at: NOW,
    };
    let txn = test.store.begin().await.unwrap();
    txn.portal_insert_in_txn(portal).await.unwrap();
    txn.commit().await.unwrap();
    let key = accounts.frame_open(owner, id, "7", "en").await.unwrap();
    key.expose_secret().to_owned()
}

#[tokio::test]
async fn a_page_in_a_frame_ends_with_its_persons_sessions_and_with_the_app() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let chosen = Password::choose(&password()).unwrap();
        let admin = Email::parse("admin@example.com").unwrap();
        accounts
            .person_add(admin, &chosen, Role::Admin)
            .await
            .unwrap();
        let is_open = async |key: &str| accounts.frame_find(key).await.unwrap().is_some();
        let key = frame(&accounts, &test, ann.id).await;
        assert!(is_open(&key).await);
        accounts.sign_out_everywhere(ann.id).await.unwrap();
        assert!(!is_open(&key).await, "{}", test.engine);
        let key = frame(&accounts, &test, ann.id).await;
        accounts.password_set(ann.id, &chosen).await.unwrap();
        assert!(!is_open(&key).await);
        let key = frame(&accounts, &test, ann.id).await;
        accounts
            .person_edit(ann.id, Role::Admin, None)
            .await
            .unwrap();
        assert!(!is_open(&key).await);
        let key = frame(&accounts, &test, ann.id).await;
        let framed = accounts.frame_find(&key).await.unwrap().unwrap();
        assert_eq!(framed.person.role, Role::User);
        let portal = framed.portal;
        assert_eq!(
            framed.scope(),
            Scope::Framed {
                owner: ann.id,
                portal
            }
        );
        let txn = test.store.begin().await.unwrap();
        txn.portal_uninstalled_in_txn(portal, NOW).await.unwrap();
        txn.commit().await.unwrap();
        assert!(!is_open(&key).await);
    }
}

#[tokio::test]
async fn of_two_admins_who_take_each_others_right_away_one_stays() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let chosen = Password::choose(&password()).unwrap();
        let mut ids = Vec::new();
        for email in ["one@example.com", "two@example.com"] {
            let email = Email::parse(email).unwrap();
            let person = accounts.person_add(email, &chosen, Role::Admin).await;
            ids.push(person.unwrap().id);
        }
        let (one, two) = tokio::join!(
            accounts.person_edit(ids[0], Role::User, None),
            accounts.person_edit(ids[1], Role::User, None)
        );
        assert!(one.is_ok() != two.is_ok(), "{}", test.engine);
        let last = [one, two].into_iter().find_map(Result::err);
        assert!(matches!(last, Some(AccountError::LastAdmin)));
    }
}

#[tokio::test]
async fn a_new_webhook_key_leaves_the_rest_of_a_person_alone() {
    for test in engines().await {
        let (accounts, _) = accounts(&test).await;
        let ann = ann(&accounts).await;
        let before = test.store.person_find(ann.id).await.unwrap().unwrap();
        accounts.key_rotate(ann.id).await.unwrap();
        let after = test.store.person_find(ann.id).await.unwrap().unwrap();
        assert_eq!(after.old_key_hash, Some(before.webhook_key_hash));
        assert_eq!(after.key_rotated_at, Some(NOW), "{}", test.engine);
        assert_eq!(after.password_hash, before.password_hash);
        accounts.key_old_off(ann.id).await.unwrap();
        let after = test.store.person_find(ann.id).await.unwrap().unwrap();
        assert_eq!(after.old_key_hash, None);
        let nobody = accounts.key_rotate(uuid::Uuid::from_u128(9)).await;
        assert!(matches!(nobody, Err(AccountError::Nobody)));
    }
}
