//! What Bitrix24 changes by itself is not rolled back by running the file again.

use super::{Room, SETUP, rooms};
use crate::store::entities::portal_token;
use crate::vault::Place;
use secrecy::ExposeSecret;

async fn token(room: &Room) -> portal_token::Model {
    let store = &room.test.store;
    let portal = store.portal_by_member("member-1").await.unwrap().unwrap();
    store.portal_tokens(portal.id).await.unwrap().remove(0)
}

fn words(room: &Room, row: &portal_token::Model) -> (String, String) {
    let open = |place, sealed: &[u8]| {
        let secret = room.vault.open(place, row.id, sealed).unwrap();
        secret.expose_secret().to_owned()
    };
    (
        open(Place::PortalAccessToken, &row.access_token),
        open(Place::PortalRefreshToken, &row.refresh_token),
    )
}

#[tokio::test]
async fn a_rotated_token_stays_until_the_file_brings_another() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let row = token(&room).await;
        let store = &room.test.store;
        let seal = |place, words: &str| room.vault.seal(place, row.id, &words.into());
        let begun = store
            .portal_token_begin_refresh(row.id, row.generation, 1000, 2000)
            .await
            .unwrap();
        assert!(begun);
        let twice = store
            .portal_token_begin_refresh(row.id, row.generation, 1500, 2500)
            .await
            .unwrap();
        assert!(!twice, "two refreshes at once");
        let kept = store
            .portal_token_finish_refresh(
                row.id,
                row.generation,
                &seal(Place::PortalAccessToken, "access-2"),
                &seal(Place::PortalRefreshToken, "refresh-2"),
            )
            .await
            .unwrap();
        assert!(kept);

        assert!(room.changes(SETUP).await.is_empty());
        let rotated = token(&room).await;
        assert_eq!(rotated.generation, row.generation + 1);
        let expected = ("access-2".to_owned(), "refresh-2".to_owned());
        assert_eq!(words(&room, &rotated), expected);

        // A refresh under way must not write over what the file brings.
        let begun = store
            .portal_token_begin_refresh(row.id, rotated.generation, 3000, 4000)
            .await
            .unwrap();
        assert!(begun);
        let third = SETUP
            .replace("access-1", "access-3")
            .replace("refresh-1", "refresh-3");
        assert_eq!(
            room.changes(&third).await,
            [
                "portal acme.bitrix24.com: access_token: replaced",
                "portal acme.bitrix24.com: refresh_token: replaced",
            ]
        );
        let late = store
            .portal_token_finish_refresh(row.id, rotated.generation, b"late", b"late")
            .await
            .unwrap();
        assert!(!late);
        let expected = ("access-3".to_owned(), "refresh-3".to_owned());
        assert_eq!(words(&room, &token(&room).await), expected);
        assert!(room.changes(&third).await.is_empty());
    }
}

#[tokio::test]
async fn new_tokens_bring_a_dead_portal_back() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let row = token(&room).await;
        let store = &room.test.store;
        store
            .portal_token_kill(row.id, row.generation, "invalid_grant")
            .await
            .unwrap();
        store
            .portal_set_state(row.portal_id, "uninstalled", Some("app_uninstalled"))
            .await
            .unwrap();
        assert!(room.changes(SETUP).await.is_empty());
        let fresh = SETUP.replace("refresh-1", "refresh-2");
        assert_eq!(
            room.changes(&fresh).await,
            [
                "portal acme.bitrix24.com: refresh_token: replaced",
                "portal acme.bitrix24.com: state uninstalled -> ok",
            ]
        );
        assert_eq!(token(&room).await.dead_reason, None);
    }
}

#[tokio::test]
async fn a_portal_without_tokens_says_what_it_needs() {
    for room in rooms().await {
        let without = SETUP
            .replace("access_token = \"access-1\"", "")
            .replace("refresh_token = \"refresh-1\"", "");
        let lines = room.changes(&without).await;
        assert!(lines.contains(&"portal acme.bitrix24.com: created, needs tokens".to_owned()));
        let lines = room.changes(SETUP).await;
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert_eq!(
            lines[2],
            "portal acme.bitrix24.com: state needs_tokens -> ok"
        );
    }
}

#[tokio::test]
async fn a_renamed_portal_keeps_its_new_address() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let store = &room.test.store;
        let portal = store.portal_by_member("member-1").await.unwrap().unwrap();
        store
            .portal_set_address(portal.id, "https", "new.bitrix24.com")
            .await
            .unwrap();
        assert!(room.changes(SETUP).await.is_empty());
        let moved = SETUP.replace("acme.bitrix24.com", "third.bitrix24.com");
        assert_eq!(
            room.changes(&moved).await,
            [
                "portal third.bitrix24.com: address https://new.bitrix24.com -> https://third.bitrix24.com"
            ]
        );
    }
}

#[tokio::test]
async fn a_line_the_portal_took_away_is_linked_again_by_the_file() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let store = &room.test.store;
        let portal = store.portal_by_member("member-1").await.unwrap().unwrap();
        let phone = store
            .phone_by_line(portal.id, 17, "thoth_whatsapp")
            .await
            .unwrap()
            .unwrap();
        store
            .phone_set_link(phone.id, "linked", None, 1000)
            .await
            .unwrap();
        assert!(room.changes(SETUP).await.is_empty());
        store
            .phone_unlink(phone.id, "line_deleted", 2000)
            .await
            .unwrap();
        let unlinked = store.phone_find(phone.id).await.unwrap().unwrap();
        assert_eq!(unlinked.link_state, "not_linked");
        assert_eq!(
            room.changes(SETUP).await,
            [
                "phone +77272000111: line_id none -> 17",
                "phone +77272000111: connector none -> thoth_whatsapp",
            ]
        );
    }
}
