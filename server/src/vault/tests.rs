use super::error::VaultError;
use super::key::key_parse;
use super::{Place, Vault};
use crate::config::Config;
use crate::store::testing::{TestStore, engines};
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use std::os::unix::fs::PermissionsExt;
use uuid::Uuid;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn vault() -> Vault {
    Vault::with_key(&key_parse(KEY).unwrap())
}

fn config(test: &TestStore, key: Option<&str>) -> Config {
    let mut config = Config::for_tests(test.folder());
    config.vault_key = key.map(SecretString::from);
    config
}

#[test]
fn a_key_is_hex_or_base64() {
    let hex = key_parse(KEY).unwrap();
    for words in [
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    ] {
        assert_eq!(key_parse(words).unwrap(), hex);
    }
    for words in ["", "secret", &KEY[2..], "zz"] {
        assert!(key_parse(words).is_none());
    }
}

#[test]
fn a_value_opens_only_where_it_was_sealed() {
    let vault = vault();
    let row = Uuid::now_v7();
    let sealed = vault.seal(Place::WabaAppSecret, row, &"words".into());
    let opened = vault.open(Place::WabaAppSecret, row, &sealed).unwrap();
    assert_eq!(opened.expose_secret(), "words");
    assert!(vault.open(Place::WabaAccessToken, row, &sealed).is_err());
    assert!(
        vault
            .open(Place::WabaAppSecret, Uuid::now_v7(), &sealed)
            .is_err()
    );
    let other = Vault::with_key(&key_parse(&"ab".repeat(32)).unwrap());
    assert!(matches!(
        other.open(Place::WabaAppSecret, row, &sealed),
        Err(VaultError::OtherKey)
    ));
    assert_ne!(other.hash("words"), vault.hash("words"));
}

proptest! {
    #[test]
    fn any_text_survives_and_no_changed_byte_does(words in "\\PC{0,64}", at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let vault = vault();
        let row = Uuid::now_v7();
        let mut sealed = vault.seal(Place::PhonePin, row, &SecretString::from(words.as_str()));
        let opened = vault.open(Place::PhonePin, row, &sealed).unwrap();
        prop_assert_eq!(opened.expose_secret(), words.as_str());
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(vault.open(Place::PhonePin, row, &sealed).is_err());
    }

    #[test]
    fn no_bytes_make_opening_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert!(vault().open(Place::PhonePin, Uuid::nil(), &bytes).is_err());
    }
}

#[tokio::test]
async fn the_first_start_makes_a_key_only_its_owner_may_read() {
    for test in engines().await {
        let config = config(&test, None);
        let first = Vault::unlock(&config, &test.store).await.unwrap();
        let path = test.folder().join("vault.key");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", test.engine);
        let second = Vault::unlock(&config, &test.store).await.unwrap();
        let row = Uuid::now_v7();
        let sealed = first.seal(Place::WebhookKey, row, &"words".into());
        assert!(second.open(Place::WebhookKey, row, &sealed).is_ok());
        assert_eq!(
            std::fs::read_dir(test.folder())
                .unwrap()
                .filter(|entry| {
                    entry
                        .as_ref()
                        .unwrap()
                        .file_name()
                        .to_string_lossy()
                        .starts_with("vault")
                })
                .count(),
            1
        );
    }
}

#[tokio::test]
async fn a_wrong_or_lost_key_is_refused_and_nothing_changes() {
    for test in engines().await {
        Vault::unlock(&config(&test, Some(KEY)), &test.store)
            .await
            .unwrap();
        let check = test.store.setting_find("vault.check").await.unwrap();

        let wrong = config(&test, Some(&"ab".repeat(32)));
        let error = Vault::unlock(&wrong, &test.store).await.unwrap_err();
        assert!(error.to_string().contains("THOTH_VAULT_KEY"), "{error}");
        assert!(matches!(error, VaultError::WrongKey(_)));

        let error = Vault::unlock(&config(&test, None), &test.store)
            .await
            .unwrap_err();
        assert!(matches!(error, VaultError::MissingKey(_)), "{error}");
        assert!(!test.folder().join("vault.key").exists());

        std::fs::write(test.folder().join("vault.key"), "short").unwrap();
        let error = Vault::unlock(&config(&test, None), &test.store)
            .await
            .unwrap_err();
        assert!(matches!(error, VaultError::NotAKey(_)), "{error}");
        assert_eq!(test.store.setting_find("vault.check").await.unwrap(), check);
    }
}

#[tokio::test]
async fn nodes_that_start_at_once_agree_on_one_key() {
    for test in engines().await {
        let config = config(&test, None);
        let (one, two, three) = tokio::join!(
            Vault::unlock(&config, &test.store),
            Vault::unlock(&config, &test.store),
            Vault::unlock(&config, &test.store),
        );
        let hash = one.unwrap().hash("words");
        assert_eq!(two.unwrap().hash("words"), hash, "{}", test.engine);
        assert_eq!(three.unwrap().hash("words"), hash, "{}", test.engine);
    }
}

#[test]
fn threads_that_make_a_key_at_once_get_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.key");
    let keys: Vec<_> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| super::file::key_create(&path).unwrap()))
            .collect();
        makers
            .into_iter()
            .map(|maker| maker.join().unwrap())
            .collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
