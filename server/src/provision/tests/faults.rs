//! Mistakes in the file: each is named with its place, and nothing is written.

use super::super::document::document_read;
use super::{Room, SETUP, rooms};
use crate::provision::ProvisionError;
use proptest::prelude::*;

async fn faults(room: &Room, text: &str) -> Vec<String> {
    match room.run(text).await {
        Ok(report) => panic!("accepted: {report}"),
        Err(ProvisionError::Faults { faults, .. }) => {
            faults.iter().map(ToString::to_string).collect()
        }
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn every_mistake_names_its_line_and_key() {
    let cases: [(&str, &str, &str); 29] = [
        (
            "email = \"Ann@Example.com\"",
            "email = \"ann\"",
            "line 3, column 9: [[user]] email: ",
        ),
        (
            "email = \"Ann@Example.com\"",
            "",
            "line 2, column 1: [[user]] email: is missing",
        ),
        (
            "password = \"thoth demo password\"",
            "",
            "line 2, column 1: [[user]] password: is needed for a new user",
        ),
        (
            "role = \"admin\"",
            "role = \"boss\"",
            "line 5, column 8: [[user]] role: \"boss\": a role is admin or user",
        ),
        (
            "role = \"admin\"",
            "roel = \"admin\"",
            "line 5, column 1: [[user]] roel: unknown key; known are email, password, role, api_key",
        ),
        (
            "role = \"admin\"",
            "role = true",
            "line 5, column 8: [[user]] role: should be a text in quotes, not true or false",
        ),
        (
            "api_key = \"demo-webhook-key-0001\"",
            "api_key = \"a b\"",
            "line 6, column 11: [[user]] api_key: an api_key has 1 to 128",
        ),
        (
            "owner = \"ann@example.com\"\nname",
            "owner = \"eve@example.com\"\nname",
            "line 9, column 9: [[waba]] owner: there is no user \"eve@example.com\"",
        ),
        (
            "waba_id = \"100200300\"",
            "waba_id = true",
            "line 11, column 11: [[waba]] waba_id: should be a text in quotes, not true or false",
        ),
        (
            "env:TEST_META_TOKEN",
            "env:NOT_SET_ANYWHERE",
            "line 12, column 16: [[waba]] access_token: the environment variable NOT_SET_ANYWHERE is not set",
        ),
        (
            "app_secret = \"app-secret\"",
            "app_secret = \" \"",
            "line 14, column 14: [[waba]] app_secret: is empty; leave the key out",
        ),
        (
            "domain = \"acme.bitrix24.com\"",
            "domain = \"https://acme.bitrix24.com/\"",
            "line 18, column 10: [[portal]] domain: \"https://acme.bitrix24.com/\": should be a host alone",
        ),
        (
            "domain = \"acme.bitrix24.com\"",
            "domain = \"10.0.0.7\"",
            "line 18, column 10: [[portal]] domain: \"10.0.0.7\": private and loopback",
        ),
        (
            "client_id = \"local.1\"",
            "client_id = \"local.1\"\nprotocol = \"http\"",
            "line 21, column 12: [[portal]] protocol: \"http\": plain http is only",
        ),
        (
            "client_id = \"local.1\"",
            "client_id = \"local.1\"\nprotocol = \"ftp\"",
            "line 21, column 12: [[portal]] protocol: \"ftp\": should be https or http",
        ),
        (
            "client_id = \"local.1\"",
            "client_id = \"local.1\"\nserver_endpoint = \"https://evil.example/rest/\"",
            "line 21, column 19: [[portal]] server_endpoint: ",
        ),
        (
            "refresh_token = \"refresh-1\"",
            "",
            "line 23, column 16: [[portal]] access_token: comes together with refresh_token",
        ),
        (
            "client_secret = \"client-secret\"",
            "",
            "line 16, column 1: [[portal]] client_secret: is missing",
        ),
        (
            "phone = \"+7 727 200-01-11\"",
            "phone = \"call me\"",
            "line 28, column 9: [[phone]] phone: \"call me\": a phone number is",
        ),
        (
            "phone_id = \"777000111\"",
            "phone_id = \"777 000\"",
            "line 29, column 12: [[phone]] phone_id: \"777 000\": an id has",
        ),
        (
            "phone_id = \"777000222\"",
            "phone_id = \"777000111\"",
            "line 38, column 12: [[phone]] phone_id: \"777000111\" is there twice",
        ),
        (
            "waba = \"100200300\"\nportal",
            "waba = \"404\"\nportal",
            "line 30, column 8: [[phone]] waba: \"404\": ann@example.com has no such WABA",
        ),
        (
            "portal = \"member-1\"",
            "portal = \"member-2\"",
            "line 31, column 10: [[phone]] portal: \"member-2\": ann@example.com has no such portal",
        ),
        (
            "portal = \"member-1\"",
            "",
            "line 32, column 11: [[phone]] line_id: a line is a portal's",
        ),
        (
            "line_id = 17",
            "line_id = 0",
            "line 32, column 11: [[phone]] line_id: 0: a line's number is greater than zero",
        ),
        (
            "line_id = 17",
            "line_id = \"x17\"",
            "line 32, column 11: [[phone]] line_id: should be a whole number, not a text",
        ),
        (
            "line_id = 17",
            "",
            "line 33, column 13: [[phone]] connector: comes together with line_id",
        ),
        (
            "connector = \"THOTH_whatsapp\"",
            "connector = \"thoth whatsapp\"",
            "line 33, column 13: [[phone]] connector: ",
        ),
        (
            "connector = \"THOTH_whatsapp\"",
            "connector = \"thoth\"\nsms_service = \"yes\"",
            "line 34, column 15: [[phone]] sms_service: should be true or false, not a text",
        ),
    ];
    for room in rooms().await {
        for (right, wrong, expected) in cases {
            let text = SETUP.replacen(right, wrong, 1);
            assert_ne!(text, SETUP, "{right} is not in the file");
            let found = faults(&room, &text).await;
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
            assert!(found[0].starts_with(expected), "{}\n{expected}", found[0]);
        }
        assert!(!room.test.store.people_exist().await.unwrap());
        assert_eq!(room.changes(SETUP).await.len(), 6);
    }
}

#[tokio::test]
async fn all_mistakes_are_named_at_once_in_order() {
    for room in rooms().await {
        let text = SETUP
            .replace("role = \"admin\"", "role = \"boss\"")
            .replace("line_id = 17", "line_id = -1")
            .replace("waba_id = \"100200300\"", "waba_id = \"100200301\"");
        let found = faults(&room, &text).await;
        let lines: Vec<&str> = found
            .iter()
            .map(|fault| fault.split(',').next().unwrap())
            .collect();
        assert_eq!(
            lines,
            ["line 5", "line 30", "line 32", "line 39"],
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_no_toml_names_the_line_too() {
    for room in rooms().await {
        let found = faults(&room, "[[user]]\nemail = ann\n").await;
        assert!(found[0].starts_with("line 2, "), "{found:?}");
        let found = faults(&room, "[user]\nemail = \"ann@example.com\"\n").await;
        assert_eq!(
            found[0],
            "line 1, column 2: user: each user is a table of its own that starts with [[user]]"
        );
        let found = faults(&room, "# nothing\n[[users]]\n").await;
        assert!(
            found[0].starts_with("line 2, column 3: users: unknown; "),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn what_another_owner_has_is_not_taken() {
    for room in rooms().await {
        room.changes(SETUP).await;
        let text = SETUP
            .replace("Ann@Example.com", "bob@example.com")
            .replace("ann@example.com", "bob@example.com");
        let found = faults(&room, &text).await;
        let expected = [
            "line 6, column 11: [[user]] api_key: another user has this key",
            "line 19, column 13: [[portal]] member_id: this portal belongs to another owner",
            "line 29, column 12: [[phone]] phone_id: this phone belongs to another owner",
            "line 38, column 12: [[phone]] phone_id: this phone belongs to another owner",
        ];
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_line_has_one_phone() {
    for room in rooms().await {
        let both =
            format!("{SETUP}portal = \"member-1\"\nline_id = 17\nconnector = \"thoth_whatsapp\"\n");
        let expected = "[[phone]] line_id: line 17 is linked to +77272000111 already";
        let found = faults(&room, &both).await;
        assert_eq!(found, [format!("line 41, column 11: {expected}")]);
        // Also when the phone that has the line is not in the file, or keeps it unsaid.
        room.changes(SETUP).await;
        let (first, second) = both.rsplit_once("[[phone]]").unwrap();
        let alone = format!("[[phone]]{second}");
        let found = faults(&room, &alone).await;
        assert!(found[0].ends_with(expected), "{found:?}");
        let silent = first.replace("line_id = 17", "").replace("connector", "#");
        let found = faults(&room, &format!("{silent}[[phone]]{second}")).await;
        assert!(found[0].ends_with(expected), "{found:?}");
    }
}

#[tokio::test]
async fn no_fault_repeats_a_secret() {
    for room in rooms().await {
        let text = SETUP
            .replace("\"app-secret\"", "\"hid den\"")
            .replace("\"client-secret\"", "\"hidden\u{e9}\"")
            .replace("thoth demo password", &"hidden".repeat(50))
            .replace("demo-webhook-key-0001", "hid den");
        let found = faults(&room, &text).await;
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|fault| !fault.contains("hid")));
    }
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "([\\[\\]a-z_=\"'#\\n.0-9 ]|\\PC){0,80}") {
        let (_, faults) = document_read(&text);
        prop_assert!(faults.iter().all(|fault| fault.at.line > 0 && fault.at.column > 0));
    }
}
