//! Parameters as the contract names them, and results in all their shapes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::bitrix::CallError;

fn channel() -> Channel {
    Channel {
        connector: "acme_wa".into(),
        line: "17".into(),
    }
}

fn item(id: &str) -> InboundItem {
    InboundItem {
        user_id: "+49".into(),
        name: "Ann".into(),
        message_id: id.into(),
        chat_id: "+49".into(),
        text: "hi".into(),
        ..InboundItem::default()
    }
}

fn result_of(id: &str, success: bool) -> Value {
    json!({"message": {"id": id}, "chat": {"id": "+49"}, "user": "585", "SUCCESS": success, "ERRORS": ["no", "way"],
        "session": {"ID": "323", "CHAT_ID": "1767"}})
}

fn accepted() -> ItemResult {
    ItemResult::Accepted {
        session_id: Some("323".into()),
        chat_id: Some("1767".into()),
        user: Some("585".into()),
    }
}

#[test]
fn a_message_has_its_three_blocks() {
    let mut full = item("w1");
    full.phone = Some("+49".into());
    full.last_name = Some("Lee".into());
    full.date = Some(5);
    full.disable_crm = true;
    full.chat_name = Some("Ann Lee".into());
    assert_eq!(
        send_messages_params(&channel(), &[full]),
        json!({"CONNECTOR": "acme_wa", "LINE": 17, "MESSAGES": [{
            "user": {"id": "+49", "name": "Ann", "last_name": "Lee", "phone": "+49", "skip_phone_validate": "Y"},
            "message": {"id": "w1", "text": "hi", "date": 5, "disable_crm": "Y"},
            "chat": {"id": "+49", "name": "Ann Lee"}}]})
    );
    let bare = send_messages_params(&channel(), &[item("w1")]);
    assert_eq!(
        bare["MESSAGES"][0]["user"],
        json!({"id": "+49", "name": "Ann"})
    );
}

#[test]
fn an_item_may_fail_inside_a_success() {
    let result = json!({"SUCCESS": true, "DATA": {"RESULT": [result_of("w2", false), result_of("w1", true)]}});
    let ends = send_messages_read(&result, &[item("w1"), item("w2"), item("w3")]);
    assert_eq!(
        ends,
        [
            accepted(),
            ItemResult::Refused {
                errors: "no; way".into()
            },
            ItemResult::Unknown
        ]
    );
}

#[test]
fn results_without_ids_go_by_position() {
    let bare = |success: bool| json!({"SUCCESS": success, "message": []});
    let result = json!({"SUCCESS": "Y", "DATA": {"RESULT": {"0": bare(true), "1": bare(false)}}});
    let ends = send_messages_read(&result, &[item("w1"), item("w2")]);
    assert!(matches!(
        ends[0],
        ItemResult::Accepted {
            session_id: None,
            ..
        }
    ));
    assert!(matches!(ends[1], ItemResult::Refused { .. }));
    let one = json!({"SUCCESS": true, "DATA": {"RESULT": [bare(true)]}});
    assert_eq!(
        send_messages_read(&one, &[item("w1"), item("w2")]),
        [ItemResult::Unknown, ItemResult::Unknown]
    );
}

#[test]
fn a_refused_call_refuses_every_item() {
    let refused = json!({"SUCCESS": false, "ERRORS": ["closed"]});
    assert_eq!(
        send_messages_read(&refused, &[item("w1")]),
        [ItemResult::Refused {
            errors: "closed".into()
        }]
    );
    assert_eq!(
        send_messages_read(&json!([]), &[item("w1")]),
        [ItemResult::Unknown]
    );
}

#[test]
fn ticks_name_message_and_chat() {
    let status = StatusItem {
        im_chat_id: "1767".into(),
        im_message_id: "86497".into(),
        message_ids: vec!["w".into()],
        date: Some(9),
        chat_id: "+49".into(),
    };
    assert_eq!(
        delivery_params(&channel(), std::slice::from_ref(&status)),
        json!({"CONNECTOR": "acme_wa", "LINE": 17, "MESSAGES": [{"im": {"chat_id": 1767, "message_id": 86497},
            "message": {"id": ["w"], "date": 9}, "chat": {"id": "+49"}}]})
    );
    assert_eq!(
        reading_params(&channel(), &[status])["MESSAGES"][0]["message"],
        json!({"id": ["w"]})
    );
    assert_eq!(
        status_call_read(&json!({"SUCCESS": true, "DATA": []})),
        Ok(())
    );
    assert!(matches!(
        status_call_read(&json!({"SUCCESS": false})),
        Err(CallError::Refused { http: 200, .. })
    ));
}

#[test]
fn a_status_is_read_with_its_line() {
    let read = status_read(
        &json!({"LINE": 12, "CONNECTOR": "c", "ERROR": false, "CONFIGURED": "Y", "STATUS": true}),
    );
    assert_eq!(
        read,
        Some(ConnectorStatus {
            status: true,
            configured: true,
            error: false,
            line: Some("12".into())
        })
    );
    assert_eq!(status_read(&json!([])), None);
    assert_eq!(activate_params(&channel(), false)["ACTIVE"], json!("0"));
}

proptest! {
    #[test]
    fn every_item_gets_its_own_end_in_any_order(
        ends in prop::collection::vec(any::<bool>(), 1..8), seed in any::<prop::sample::Index>()
    ) {
        let items: Vec<_> = (0..ends.len()).map(|index| item(&format!("w{index}"))).collect();
        let mut results: Vec<_> = ends.iter().enumerate().map(|(index, end)| result_of(&format!("w{index}"), *end)).collect();
        results.rotate_left(seed.index(ends.len()));
        let read = send_messages_read(&json!({"SUCCESS": true, "DATA": {"RESULT": results}}), &items);
        let accepted: Vec<bool> = read.iter().map(|end| matches!(end, ItemResult::Accepted { .. })).collect();
        prop_assert_eq!(accepted, ends);
    }
}
