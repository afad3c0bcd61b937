//! Templates as Meta writes them, and the calls about them over real sockets.

use secrecy::SecretString;
use serde_json::{Value, json};

use super::testing::template_fixtures;
use super::*;
use crate::outside::testing::{Server, json_answer, local_client};
use crate::translate::Language;
use crate::whatsapp::{GraphClient, GraphTrouble};

fn graph(server: &Server) -> GraphClient {
    GraphClient::new(
        local_client(),
        server.url().parse().unwrap(),
        "v25.0".to_owned(),
    )
}

fn token() -> SecretString {
    "EAAtoken".into()
}

fn read(raw: Value) -> Template {
    Template::read(&raw).unwrap()
}

#[test]
fn a_template_is_read_with_all_its_parts() {
    let template = read(
        json!({"id": 594425479261596u64, "name": "order_ready", "language": "ru",
        "status": "APPROVED", "category": "MARKETING", "rejected_reason": "NONE",
        "quality_score": {"score": "GREEN", "date": 1}, "components": [
        {"type": "HEADER", "format": "DOCUMENT", "example": {"header_handle": ["https://x/y.pdf"]}},
        {"type": "body", "text": "Hi {{client}}, {{order}}", "example": {"body_text_named_params": [
            {"param_name": "order", "example": 118}, {"param_name": "client", "example": "Aigerim"}]}},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Hurry", "has_expiration": true}},
        {"type": "call_permission_request"}, {"type": "HOLOGRAM", "depth": 3},
        {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Shop", "url": "https://s/{{1}}", "example": ["https://s/1"]},
            {"type": "COPY_CODE", "example": "CARIBE25"}, {"type": "TELEPORT", "text": "Go"}]}]}),
    );
    assert_eq!(template.id.as_deref(), Some("594425479261596"));
    assert!(template.is_approved() && template.is_marketing());
    assert_eq!(
        (
            template.quality.as_deref(),
            template.rejected_reason.as_deref()
        ),
        (Some("GREEN"), None)
    );
    assert_eq!(template.parameter_format, ParameterFormat::Named);
    let sample = Some("https://x/y.pdf".to_owned());
    let kind = MediaKind::Document;
    assert_eq!(template.header(), Some(&Header::Media { kind, sample }));
    let body = template.body().unwrap().text.as_ref().unwrap();
    let variables: Vec<_> = body
        .variables
        .iter()
        .map(|one| (one.name.as_str(), one.example.as_deref()))
        .collect();
    assert_eq!(
        variables,
        [("client", Some("Aigerim")), ("order", Some("118"))]
    );
    assert_eq!(
        body.filled(|name| Some(name.to_uppercase())),
        "Hi CLIENT, ORDER"
    );
    assert!(
        matches!(&template.components[2], Component::LimitedTimeOffer(offer) if offer.has_expiration)
    );
    assert_eq!(template.components[3], Component::CallPermissionRequest);
    assert!(
        matches!(&template.components[4], Component::Unknown { type_name, raw } if type_name == "HOLOGRAM" && raw["depth"] == 3)
    );
    assert!(matches!(&template.buttons()[0], Button::Url(one) if one.url.variables.len() == 1));
    assert!(
        matches!(&template.buttons()[1], Button::CopyCode { example: Some(code), .. } if code == "CARIBE25")
    );
    assert!(
        matches!(&template.buttons()[2], Button::Unknown { type_name, .. } if type_name == "TELEPORT")
    );
}

#[test]
fn numbered_variables_stand_by_number_and_once() {
    let parts = json!([{"type": "BODY", "text": "{{2}} {{1}} {{2}} {{10}}", "example": {"body_text": [["a", "b"]]}}]);
    let template = read(json!({"name": "n", "language": {"code": "en"}, "components": parts}));
    let text = template.body().unwrap().text.clone().unwrap();
    let names: Vec<_> = text.variables.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["1", "2", "10"]);
    assert_eq!(text.variables[1].example.as_deref(), Some("b"));
    assert_eq!(
        text.filled(|name| (name == "2").then(|| "x".into())),
        "x {{1}} x {{10}}"
    );
    assert_eq!(template.language, "en");
    assert!(!template.is_approved());
}

#[test]
fn authentication_has_a_text_of_metas_own() {
    let raw = json!({"name": "otp", "language": "en_US", "category": "AUTHENTICATION", "components": [
        {"type": "BODY", "add_security_recommendation": true}, {"type": "FOOTER", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code",
            "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]}]});
    let template = read(raw);
    assert_eq!(
        template.body(),
        Some(&Body {
            text: None,
            security_recommendation: true
        })
    );
    assert!(
        matches!(&template.components[1], Component::Footer(footer) if footer.code_expiration_minutes == Some(10))
    );
    assert!(
        matches!(&template.buttons()[0], Button::OneTimeCode { text, .. } if text == "Copy code")
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    let why = |raw: Value| Template::read(&raw).unwrap_err();
    assert_eq!(why(json!([])), Unreadable::NotAnObject);
    assert_eq!(
        why(json!({"id": "1", "status": "PENDING"})),
        Unreadable::NoName
    );
    assert_eq!(why(json!({"name": "a"})), Unreadable::NoLanguage);
    let with = |parts: Value| why(json!({"name": "a", "language": "en", "components": parts}));
    assert_eq!(with(json!("x")), Unreadable::PartsNotAList);
    assert_eq!(with(json!([{"type": "BODY"}])), Unreadable::BodyWithoutText);
    let card = json!([{"type": "CAROUSEL", "cards": [{"components": [{"type": "HEADER", "format": "TEXT"}]}]}]);
    assert_eq!(with(card), Unreadable::HeaderWithoutText);
    assert_eq!(
        Unreadable::NoName.words(Language::Russian),
        "У шаблона нет имени."
    );
}

/// Meta's words for the parts this version knows.
const KNOWN: [&str; 7] = [
    "HEADER",
    "BODY",
    "FOOTER",
    "BUTTONS",
    "CAROUSEL",
    "LIMITED_TIME_OFFER",
    "CALL_PERMISSION_REQUEST",
];

/// Whether a part of this type, wherever it stands, has no text.
fn textless(raw: &Value, kind: &str) -> bool {
    match raw {
        Value::Object(fields) => {
            let is = |key: &str, word: &str| {
                fields
                    .get(key)
                    .and_then(Value::as_str)
                    .is_some_and(|found| found.eq_ignore_ascii_case(word))
            };
            is("type", kind) && !fields.contains_key("text")
                || fields.values().any(|one| textless(one, kind))
        }
        Value::Array(items) => items.iter().any(|one| textless(one, kind)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[test]
fn every_real_template_is_read_or_reported_with_the_right_reason() {
    for (file, raw) in template_fixtures() {
        match Template::read(&raw) {
            Ok(template) => {
                assert_eq!(template.name, raw["name"], "{file}");
                let parts = raw["components"].as_array().map_or(0, Vec::len);
                assert_eq!(template.components.len(), parts, "{file}");
                for part in &template.components {
                    if let Component::Unknown { type_name, .. } = part {
                        let known = KNOWN.contains(&type_name.to_uppercase().as_str());
                        assert!(!known, "{file}: {type_name}");
                    }
                }
            }
            Err(Unreadable::NotAnObject) => assert!(!raw.is_object(), "{file}"),
            Err(Unreadable::NoName) => assert!(raw.get("name").is_none(), "{file}"),
            Err(Unreadable::NoLanguage) => assert!(!raw["language"].is_string(), "{file}"),
            Err(Unreadable::PartsNotAList) => assert!(!raw["components"].is_array(), "{file}"),
            Err(Unreadable::BodyWithoutText) => assert!(textless(&raw, "BODY"), "{file}"),
            Err(Unreadable::HeaderWithoutText) => assert!(textless(&raw, "HEADER"), "{file}"),
        }
        if file.contains("create-response") || file.contains("POST-response") {
            let created = Created::read(&raw).unwrap_or_else(|| panic!("{file}"));
            assert!(!created.status.is_empty(), "{file}");
        }
    }
}

#[tokio::test]
async fn every_page_of_templates_is_read() {
    let server = Server::start(|heard| {
        let last = heard.path.contains("after=p2");
        let paging = json!({"cursors": {"after": "p2"}, "next": "https://elsewhere/"});
        let paging = if last { Value::Null } else { paging };
        let name = if last { "b" } else { "a" };
        json_answer(
            200,
            json!({"data": [{"name": name, "language": "en"}], "paging": paging}),
        )
    })
    .await;
    let found = graph(&server).templates(&token(), "100").await.unwrap();
    let names: Vec<_> = found.into_iter().map(|raw| read(raw).name).collect();
    assert_eq!(names, ["a", "b"]);
    let path = &server.heard()[0].path;
    assert!(
        path.starts_with("/v25.0/100/message_templates?fields=id%2Cname%2C")
            && path.contains("limit=100")
    );
}

#[tokio::test]
async fn young_fields_are_left_out_where_meta_does_not_know_them() {
    let server = Server::start(|heard| {
        if heard.path.contains("quality_score") {
            return json_answer(
                400,
                json!({"error": {"code": 100, "message": "nonexisting field"}}),
            );
        }
        json_answer(
            200,
            json!({"id": "7", "name": "a", "language": "en", "data": []}),
        )
    })
    .await;
    let one = graph(&server).template(&token(), "7").await.unwrap();
    assert_eq!(read(one).id.as_deref(), Some("7"));
    assert!(
        graph(&server)
            .templates(&token(), "100")
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(server.heard().len(), 4);
}

#[tokio::test]
async fn a_template_is_sent_in_and_deleted() {
    let server = Server::start(|heard| {
        if heard.method == http::Method::DELETE {
            return json_answer(200, json!({"success": true}));
        }
        json_answer(
            200,
            json!({"id": 12, "status": "PENDING", "category": "UTILITY"}),
        )
    })
    .await;
    let body = json!({"name": "a", "language": "en"});
    let created = graph(&server)
        .template_create(&token(), "100", body.clone())
        .await
        .unwrap();
    assert_eq!(
        created,
        Created {
            id: "12".into(),
            status: "PENDING".into(),
            category: Some("UTILITY".into())
        }
    );
    graph(&server)
        .template_delete(&token(), "100", "a", Some("12"))
        .await
        .unwrap();
    graph(&server)
        .template_delete(&token(), "100", "a", None)
        .await
        .unwrap();
    let heard = server.heard();
    assert_eq!(
        (heard[0].path.as_str(), heard[0].json()),
        ("/v25.0/100/message_templates", body)
    );
    assert_eq!(
        heard[1].path,
        "/v25.0/100/message_templates?hsm_id=12&name=a"
    );
    assert_eq!(heard[2].path, "/v25.0/100/message_templates?name=a");
    assert_eq!(heard[2].authorization, "Bearer EAAtoken");
}

#[tokio::test]
async fn a_refused_template_brings_metas_own_words() {
    let server = Server::start(|_| {
        let error = json!({"code": 100, "error_subcode": 2388299, "error_user_title": "Variable at the end",
            "error_user_msg": "Variables can't be at the end.", "message": "Invalid parameter"});
        json_answer(400, json!({"error": error}))
    })
    .await;
    let trouble = graph(&server)
        .template_create(&token(), "100", json!({}))
        .await
        .unwrap_err();
    assert!(trouble.words().contains("Variables can't be at the end"));
}

#[tokio::test]
async fn a_sample_is_announced_and_sent() {
    let server = Server::start(|heard| {
        if heard.path.contains("/uploads?") {
            return json_answer(200, json!({"id": "upload:MTph?sig=AR_z%3D"}));
        }
        json_answer(200, json!({"h": "4::aW1h:e:1"}))
    })
    .await;
    let sent = graph(&server)
        .upload_sample(&token(), "555", "a b.png", "image/png", b"bytes".to_vec())
        .await;
    assert_eq!(sent.unwrap(), "4::aW1h:e:1");
    let heard = server.heard();
    assert_eq!(
        heard[0].path,
        "/v25.0/555/uploads?file_name=a+b.png&file_length=5&file_type=image%2Fpng"
    );
    assert_eq!(heard[0].authorization, "Bearer EAAtoken");
    assert_eq!(heard[1].path, "/v25.0/upload:MTph?sig=AR_z%3D");
    assert_eq!(heard[1].authorization, "OAuth EAAtoken");
    assert_eq!(heard[1].headers["file_offset"], "0");
    assert_eq!(heard[1].body, "bytes");
}

#[tokio::test]
async fn an_upload_without_a_handle_is_no_success() {
    let server = Server::start(|_| json_answer(200, json!({"id": "upload:1"}))).await;
    let sent = graph(&server)
        .upload_sample(&token(), "555", "a", "image/png", Vec::new())
        .await;
    assert!(matches!(sent, Err(GraphTrouble::Unknown { .. })));
}
