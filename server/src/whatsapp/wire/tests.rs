//! Webhooks as Meta writes them, written here from the contract, and what may go wrong in them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn envelope(value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "100", "changes": [
        {"field": "messages", "value": value}]}]})
}

fn change(value: Value) -> Change {
    let read = read(envelope(value).to_string().as_bytes()).unwrap();
    assert!(read.oddities.is_empty(), "{:?}", read.oddities);
    read.changes.into_iter().next().unwrap()
}

fn kind(message: Value) -> InboundKind {
    change(json!({"messages": [message]}))
        .messages
        .remove(0)
        .kind
}

#[test]
fn a_text_is_read_with_its_sender() {
    let change = change(json!({
        "metadata": {"display_phone_number": "77272000111", "phone_number_id": 777000111},
        "contacts": [{"profile": {"name": "Aigerim"}, "wa_id": "77015550101", "user_id": "KZ.20"}],
        "messages": [{"from": "77015550101", "from_user_id": "KZ.20", "id": "wamid.1", "timestamp": "1785312000",
            "type": "text", "text": {"body": "Salem"}, "context": {"id": "wamid.0", "forwarded": true}}]}));
    assert_eq!(change.waba_id.as_deref(), Some("100"));
    assert_eq!(change.phone_number_id.as_deref(), Some("777000111"));
    let message = &change.messages[0];
    assert_eq!(
        message.kind,
        InboundKind::Text {
            body: "Salem".into()
        }
    );
    assert_eq!(message.timestamp, Some(1_785_312_000));
    assert_eq!(message.peer().unwrap().to_string(), "+77015550101");
    assert_eq!(
        message.context.as_ref().unwrap().quoted_id.as_deref(),
        Some("wamid.0")
    );
    assert!(message.context.as_ref().unwrap().forwarded);
    assert_eq!(
        change.contact_for(message).unwrap().name.as_deref(),
        Some("Aigerim")
    );
}

#[test]
fn contacts_are_matched_by_id_and_not_by_position() {
    let change = change(json!({
        "contacts": [{"wa_id": "2", "profile": {"name": "Two"}}, {"user_id": "DE.3", "profile": {"name": "Three"}},
            {"wa_id": "1", "profile": {"name": "One"}}],
        "messages": [{"id": "a", "from": "1"}, {"id": "b", "from_user_id": "DE.3"}, {"id": "c", "from": "9"}]}));
    let names: Vec<_> = change
        .messages
        .iter()
        .map(|one| change.contact_for(one).and_then(|found| found.name.clone()))
        .collect();
    assert_eq!(names, [Some("One".into()), Some("Three".into()), None]);
    assert_eq!(change.messages[1].peer().unwrap().to_string(), "DE.3");
}

#[test]
fn the_kind_is_found_without_a_type() {
    assert_eq!(
        kind(json!({"text": {"body": "x"}})),
        InboundKind::Text { body: "x".into() }
    );
    let reply = kind(json!({"interactive": {"call_permission_reply": {"response": "accept"}}}));
    assert!(matches!(
        reply,
        InboundKind::Interactive(Interactive::CallPermission {
            accepted: Some(true),
            ..
        })
    ));
    assert_eq!(kind(json!({"id": "1"})).name(), "");
}

#[test]
fn what_is_unknown_or_empty_is_named_and_kept() {
    assert_eq!(
        kind(json!({"type": "hologram", "hologram": {}})),
        InboundKind::Unknown {
            type_name: "hologram".into()
        }
    );
    assert_eq!(kind(json!({"type": "text"})).name(), "text");
    assert!(matches!(
        kind(json!({"type": "interactive"})),
        InboundKind::Unknown { .. }
    ));
    let gone = kind(json!({"type": "reaction", "reaction": {"message_id": "w", "emoji": ""}}));
    assert_eq!(
        gone,
        InboundKind::Reaction {
            message_id: Some("w".into()),
            emoji: None
        }
    );
    let InboundKind::Unsupported { inner, errors } = kind(json!({"type": "unsupported",
        "unsupported": {"type": "poll_creation"}, "errors": [{"code": 131051}]}))
    else {
        panic!("not unsupported")
    };
    assert_eq!(
        (inner.as_deref(), errors[0].code),
        (Some("poll_creation"), Some(131_051))
    );
}

#[test]
fn an_edit_carries_the_new_text() {
    let InboundKind::Edit {
        original_id,
        content,
    } = kind(json!({"type": "edit", "edit": {
        "original_message_id": "w", "message": {"type": "text", "text": {"body": "new"}}}}))
    else {
        panic!("not an edit")
    };
    assert_eq!(original_id.as_deref(), Some("w"));
    assert_eq!(*content, InboundKind::Text { body: "new".into() });
}

#[test]
fn a_bad_item_never_drops_its_neighbours() {
    let body = envelope(
        json!({"contacts": [7], "messages": [{"id": "1", "text": {"body": "a"}}, "broken", null,
        {"id": 2, "timestamp": {}, "type": [], "text": {"body": "b"}}], "statuses": {"no": "list"}}),
    );
    let read = read(body.to_string().as_bytes()).unwrap();
    assert_eq!(read.changes[0].messages.len(), 2);
    assert_eq!(read.changes[0].messages[1].id.as_deref(), Some("2"));
    assert_eq!(
        read.changes[0].messages[1].kind,
        InboundKind::Text { body: "b".into() }
    );
    assert_eq!(read.oddities.len(), 4);
    assert_eq!(read.changes[0].other["statuses"], json!({"no": "list"}));
}

#[test]
fn statuses_keep_our_own_word() {
    let change = change(json!({"statuses": [
        {"id": "wamid.2", "status": "failed", "timestamp": 5, "recipient_user_id": "DE.3",
         "biz_opaque_callback_data": "d-1", "errors": [{"code": 131047, "error_data": {"details": "late"}}]},
        {"id": "wacid.1", "type": "call", "status": "RINGING"}]}));
    let failed = &change.statuses[0];
    assert_eq!(
        (failed.status.clone(), failed.opaque.as_deref()),
        (StatusKind::Failed, Some("d-1"))
    );
    assert_eq!(failed.errors[0].details.as_deref(), Some("late"));
    assert!(!failed.of_call && change.statuses[1].of_call);
    assert_eq!(
        change.statuses[1].status,
        StatusKind::Unknown("RINGING".into())
    );
}

#[test]
fn the_field_is_found_where_it_stands() {
    let body = json!({"entry": [{"changes": [
        {"value": {"field": "account_update", "event": "X"}}, {"value": {"statuses": []}}, {"value": {"a": 1}},
        {"field": "future", "value": "text"}]}]});
    let fields: Vec<_> = read(body.to_string().as_bytes())
        .unwrap()
        .changes
        .into_iter()
        .map(|change| change.field)
        .collect();
    assert_eq!(
        fields,
        [
            Some("account_update".into()),
            Some("messages".into()),
            None,
            Some("future".into())
        ]
    );
}

#[test]
fn only_what_is_no_json_object_is_refused() {
    assert_eq!(read(b"{"), Err(Malformed::NotJson));
    assert_eq!(read(b"\xff\xfe"), Err(Malformed::NotJson));
    assert_eq!(read(b"[]"), Err(Malformed::NotObject));
    assert_eq!(read(b"{}").unwrap().oddities, [Oddity::EntryNotList]);
    assert_eq!(
        read(br#"{"entry":{}}"#).unwrap().oddities,
        [Oddity::EntryNotList]
    );
    assert_eq!(
        read(br#"{"entry":[1]}"#).unwrap().oddities,
        [Oddity::ChangesNotList]
    );
}

#[test]
fn half_a_character_costs_nothing() {
    let body =
        br#"{"entry":[{"changes":[{"value":{"messages":[{"text":{"body":"hi \ud83d"}}]}}]}]}"#;
    let read = read(body).unwrap();
    assert_eq!(
        read.changes[0].messages[0].kind,
        InboundKind::Text {
            body: "hi \u{fffd}".into()
        }
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z]{0,8}".prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        let key = prop_oneof![
            Just("entry"),
            Just("changes"),
            Just("value"),
            Just("messages"),
            Just("type"),
            Just("text"),
            Just("edit"),
            Just("message"),
            Just("context"),
            Just("statuses"),
            Just("contacts"),
            Just("profile"),
            Just("errors")
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..5).prop_map(|pairs| {
                Value::Object(
                    pairs
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect(),
                )
            })
        ]
    })
}

proptest! {
    #[test]
    fn no_json_object_is_refused(value in any_json()) {
        let read = read(json!({"entry": [{"changes": [{"value": value.clone()}]}], "x": value}).to_string().as_bytes());
        prop_assert!(read.is_ok());
    }

    #[test]
    fn every_text_of_a_batch_is_read(bodies in prop::collection::vec(".*", 1..20)) {
        let messages: Vec<Value> = bodies.iter().map(|body| json!({"text": {"body": body}})).collect();
        let change = change(json!({"messages": messages}));
        let expected: Vec<_> =
            bodies.iter().map(|body| InboundKind::Text { body: body.replace('\0', "") }).collect();
        prop_assert_eq!(change.messages.into_iter().map(|one| one.kind).collect::<Vec<_>>(), expected);
    }
}
