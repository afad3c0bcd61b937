//! Events as Bitrix24 writes them, written here from the contract; real ones where `THOTH_FIXTURES` names a folder.

use secrecy::ExposeSecret;

use super::*;

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

fn event(body: &str) -> Event {
    read_event(body.as_bytes(), FORM).unwrap()
}

#[test]
fn every_message_of_an_event_is_read() {
    let event = event(
        "event=OnImConnectorMessageAdd&event_handler_id=555&ts=1790000000&data[CONNECTOR]=Acme_WA&data[LINE]=17\
         &data[MESSAGES][0][im][chat_id]=1767&data[MESSAGES][0][im][message_id]=86497\
         &data[MESSAGES][0][message][user_id]=27&data[MESSAGES][0][message][text]=%5Bb%5DAnn%3A%5B%2Fb%5D+hi\
         &data[MESSAGES][0][chat][id]=%2B491700000000\
         &data[MESSAGES][2][im][message_id]=86499&data[MESSAGES][2][message][files][0][name]=a.pdf\
         &data[MESSAGES][2][message][files][0][link]=https%3A%2F%2Fx%2F1&data[MESSAGES][2][message][files][0][size]=7\
         &auth[member_id]=m1&auth[application_token]=t0ken&auth[scope]=imconnector, imopenlines",
    );
    assert_eq!(
        (event.name.as_str(), event.handler_id.as_deref(), event.ts),
        ("ONIMCONNECTORMESSAGEADD", Some("555"), Some(1_790_000_000))
    );
    assert_eq!(event.auth.member_id.as_deref(), Some("m1"));
    assert_eq!(
        event
            .auth
            .application_token
            .as_ref()
            .unwrap()
            .expose_secret(),
        "t0ken"
    );
    assert_eq!(event.auth.scope, ["imconnector", "imopenlines"]);
    let EventKind::MessageAdd(data) = event.kind else {
        panic!("not a message")
    };
    assert_eq!(
        (data.connector.as_deref(), data.line.as_deref()),
        (Some("acme_wa"), Some("17"))
    );
    assert_eq!(data.messages.len(), 2);
    assert_eq!(data.messages[0].text.as_deref(), Some("[b]Ann:[/b] hi"));
    assert_eq!(data.messages[0].chat_id.as_deref(), Some("+491700000000"));
    assert_eq!(data.messages[1].text, None);
    assert_eq!(
        data.messages[1].files[0].link.as_deref(),
        Some("https://x/1")
    );
    assert_eq!(data.messages[1].files[0].size, Some(7));
}

#[test]
fn no_secret_is_shown() {
    let event = event(
        "event=X&auth[application_token]=s3cret&auth[access_token]=s3cret&auth[refresh_token]=s3cret",
    );
    assert!(!format!("{event:?}").contains("s3cret"));
}

#[test]
fn external_ids_are_a_list_or_a_text() {
    for (body, ids) in [
        (
            "[id][0]=a&data[MESSAGES][0][message][id][1]=b",
            vec!["a", "b"],
        ),
        ("[id]=a", vec!["a"]),
        ("[id]=", vec![]),
    ] {
        let event = event(&format!(
            "event=ONIMCONNECTORMESSAGEUPDATE&data[MESSAGES][0][message]{body}"
        ));
        let EventKind::MessageUpdate(data) = event.kind else {
            panic!("not an update")
        };
        assert_eq!(data.messages[0].external_ids, ids);
    }
}

#[test]
fn the_odd_shapes_of_the_other_events_are_known() {
    let kind = |body: &str| event(body).kind;
    assert_eq!(
        kind("event=ONIMCONNECTORLINEDELETE&data=17"),
        EventKind::LineDelete {
            line: Some("17".into())
        }
    );
    assert_eq!(
        kind("event=ONIMCONNECTORSTATUSDELETE&data[connector]=a&data[line]=17"),
        EventKind::StatusDelete {
            connector: Some("a".into()),
            line: Some("17".into())
        }
    );
    assert_eq!(
        kind("event=ONAPPUNINSTALL&data[CLEAN]=1"),
        EventKind::AppUninstall { clean: true }
    );
    assert_eq!(
        kind("event=ONAPPUNINSTALL&data[CLEAN]=0"),
        EventKind::AppUninstall { clean: false }
    );
    assert_eq!(kind("event=ONCRMDEALADD"), EventKind::Other);
    let EventKind::DialogFinish(dialog) = kind(
        "event=ONIMCONNECTORDIALOGFINISH&data[LINE]=1&data[DATA][0][connector][chat_id]=%2B49&data[DATA][0][session][id]=5\
         &data[DATA][0][session][closed]=Y",
    ) else {
        panic!("not a dialog")
    };
    assert_eq!(
        (dialog.items[0].chat_id.as_deref(), dialog.items[0].closed),
        (Some("+49"), true)
    );
}

#[test]
fn json_is_read_too_and_nonsense_is_refused() {
    let body = br#"{"event":"ONIMCONNECTORMESSAGEADD","data":{"connector":"a","line":17,"messages":{"3":{"chat":{"id":5}}}}}"#;
    let EventKind::MessageAdd(data) = read_event(body, Some("application/json; charset=utf-8"))
        .unwrap()
        .kind
    else {
        panic!("not a message")
    };
    assert_eq!(
        (data.line.as_deref(), data.messages[0].chat_id.as_deref()),
        (Some("17"), Some("5"))
    );
    assert_eq!(
        read_event(b"{", Some("application/json")).unwrap_err(),
        Malformed::NotJson
    );
    assert_eq!(read_event(b"ts=1", FORM).unwrap_err(), Malformed::NoEvent);
    assert_eq!(
        read_event(b"event=%ff", FORM).unwrap_err(),
        Malformed::Form(FormError::NotUtf8)
    );
}

#[test]
fn real_events_are_read() {
    let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
        return;
    };
    for folder in ["bitrix/docs", "bitrix/b24phpsdk"] {
        for entry in std::fs::read_dir(std::path::Path::new(&root).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".txt") || name.ends_with(".kv.txt") {
                continue;
            }
            let body = std::fs::read(&path).unwrap();
            let tree = form_tree(&body).unwrap_or_else(|error| panic!("{name}: {error}"));
            if tree.get("event").is_none() {
                assert_eq!(
                    read_event(&body, FORM).unwrap_err(),
                    Malformed::NoEvent,
                    "{name}"
                );
                continue;
            }
            let event = read_event(&body, FORM).unwrap();
            assert_eq!(name.split("__").next(), Some(event.name.as_str()), "{name}");
            let ours = name.starts_with("ONIMCONNECTOR") || name.starts_with("ONAPP");
            assert_eq!(event.kind != EventKind::Other, ours, "{name}");
            if let EventKind::MessageAdd(data) = event.kind {
                assert!(
                    data.messages
                        .iter()
                        .all(|one| one.text.is_some() && one.chat_id.is_some()),
                    "{name}"
                );
            }
        }
    }
}
