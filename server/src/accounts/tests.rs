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
