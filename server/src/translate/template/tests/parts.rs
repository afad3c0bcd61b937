//! Headers, buttons, offers and cards, filled and refused.

use super::*;

#[test]
fn files_go_by_a_public_address() {
    let of_kind = |format: &str| {
        of(json!([{"type": "HEADER", "format": format}, {"type": "BODY", "text": "Hi"}]))
    };
    let document = of_kind("DOCUMENT");
    let wanted = json!([{"type": "header", "parameters": [{"type": "document",
        "document": {"link": "https://x.kz/a.pdf", "filename": "Bill.pdf"}}]}]);
    assert_eq!(
        content(&document, "file_link:https://x.kz/a.pdf+file_name:Bill.pdf"),
        wanted
    );
    let image = content(&of_kind("IMAGE"), "file_link:https://x.kz/a.jpg");
    assert_eq!(
        image[0]["parameters"][0]["image"]["link"],
        "https://x.kz/a.jpg"
    );
    let missing = problem(&of_kind("VIDEO"), "");
    assert_eq!(
        missing,
        FillProblem::Missing {
            key: key("file_link")
        }
    );
    assert!(
        missing
            .words(Language::English, &of_kind("VIDEO"))
            .contains("needs a video: add file_link:")
    );
    for link in [
        "http://x.kz/a.pdf",
        "a.pdf",
        "https://",
        "https://x.kz/a b.pdf",
    ] {
        let found = link.to_owned();
        let wrong = FillProblem::Malformed {
            key: key("file_link"),
            found,
        };
        assert_eq!(problem(&document, &format!("file_link:{link}")), wrong);
    }
    let named = problem(
        &of_kind("IMAGE"),
        "file_link:https://x.kz/a.jpg|file_name:a",
    );
    assert_eq!(
        named,
        FillProblem::NotWanted {
            key: key("file_name")
        }
    );
    let text_only = problem(
        &of(json!([{"type": "BODY", "text": "Hi"}])),
        "file_link:https://x.kz/a.jpg",
    );
    assert_eq!(
        text_only,
        FillProblem::NotWanted {
            key: key("file_link")
        }
    );
}

#[test]
fn a_place_has_degrees_and_may_have_a_name() {
    let template =
        of(json!([{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Here"}]));
    let full = fill(
        &template,
        &args("location:43.2, 76.9,Office,Abay 10, 2nd floor"),
    )
    .unwrap();
    let place = &full.content["components"][0]["parameters"][0]["location"];
    assert_eq!(
        *place,
        json!({"latitude": "43.2", "longitude": "76.9", "name": "Office", "address": "Abay 10, 2nd floor"})
    );
    assert_eq!(full.text, "Office\nAbay 10, 2nd floor\n43.2, 76.9\nHere");
    assert!(fill(&template, &args("location:43.2,76.9")).is_ok());
    for found in ["43.2", "x,y", "91,0", "0,181", "NaN,0"] {
        let found = found.to_owned();
        let wrong = problem(&template, &format!("location:{found}"));
        assert_eq!(
            wrong,
            FillProblem::Malformed {
                key: key("location"),
                found
            }
        );
    }
}

#[test]
fn buttons_carry_what_they_are_given() {
    let template = of(
        json!([{"type": "BODY", "text": "Hi"}, {"type": "BUTTONS", "buttons": [
        {"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"},
        {"type": "URL", "text": "Site", "url": "https://x.kz"},
        {"type": "URL", "text": "Shop", "url": "https://x.kz/{{1}}"},
        {"type": "COPY_CODE", "text": "Copy"}, {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+77"},
        {"type": "FLOW", "text": "Form", "flow_id": "1"}]}]),
    );
    let filled = fill(
        &template,
        &args("payload:|payload:n-1|button_param:https://x.kz/a/b|copy_code:TEN"),
    )
    .unwrap();
    let button = |kind: &str, index: &str, parameter: Value| json!({"type": "button", "sub_type": kind, "index": index, "parameters": [parameter]});
    let wanted = json!([
        button(
            "quick_reply",
            "1",
            json!({"type": "payload", "payload": "n-1"})
        ),
        button("url", "3", json!({"type": "text", "text": "a/b"})),
        button(
            "copy_code",
            "4",
            json!({"type": "coupon_code", "coupon_code": "TEN"})
        ),
        button(
            "flow",
            "6",
            json!({"type": "action", "action": {"flow_token": "unused"}})
        )
    ]);
    assert_eq!(filled.content["components"], wanted);
    assert_eq!(
        filled.text,
        "Hi\n• Yes\n• No\n• Site: https://x.kz\n• Shop: https://x.kz/a/b\n• Copy: TEN\n• Call: +77\n• Form"
    );
    let count = |key_text: &str, wanted, given| FillProblem::Count {
        key: Some(key(key_text)),
        wanted,
        given,
    };
    assert_eq!(
        problem(&template, "copy_code:TEN"),
        count("button_param", 1, 0)
    );
    assert_eq!(
        problem(&template, "button_param:a|button_param:b"),
        count("button_param", 1, 2)
    );
    assert_eq!(
        problem(&template, "button_param:a|payload:1|payload:2|payload:3"),
        count("payload", 2, 3)
    );
    assert_eq!(
        problem(&template, "button_param:a"),
        FillProblem::Missing {
            key: key("copy_code")
        }
    );
    let long = problem(&template, "button_param:a|copy_code:012345678901234567890");
    assert!(matches!(long, FillProblem::Malformed { .. }));
    let token = content(&template, "button_param:a|copy_code:T|flow_token:t-1");
    assert_eq!(token[2]["parameters"][0]["action"]["flow_token"], "t-1");
}

#[test]
fn a_one_time_code_stands_in_the_body_and_in_the_button() {
    let otp = json!({"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"});
    let raw = json!({"name": "order", "language": "ru", "category": "AUTHENTICATION", "components": [
        {"type": "BODY", "add_security_recommendation": true}, {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "BUTTONS", "buttons": [otp]}]});
    let template = approved(raw);
    let filled = fill(&template, &args("4711")).unwrap();
    let parameter = json!([{"type": "text", "text": "4711"}]);
    let wanted = json!([{"type": "body", "parameters": parameter},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": parameter}]);
    assert_eq!(filled.content["components"], wanted);
    assert!(
        filled.text.starts_with("4711 is your verification code.")
            && filled.text.contains("5 minutes")
    );
    assert_eq!(
        fill(&template, &Arguments::default()),
        Err(FillProblem::Count {
            key: None,
            wanted: 1,
            given: 0
        })
    );
    assert_eq!(offer_code(&template, "4711"), None);
}

#[test]
fn an_offer_has_an_end() {
    let template = of(
        json!([{"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Hurry", "has_expiration": true}},
        {"type": "BODY", "text": "Hi"}]),
    );
    let wanted = json!([{"type": "limited_time_offer", "parameters": [{"type": "limited_time_offer",
        "limited_time_offer": {"expiration_time_ms": 1_893_456_000_000i64}}]}]);
    assert_eq!(content(&template, "offer_until:2030-01-01"), wanted);
    assert_eq!(
        problem(&template, ""),
        FillProblem::Missing {
            key: key("offer_until")
        }
    );
    let wrong = problem(&template, "offer_until:soon");
    assert!(
        wrong
            .words(Language::English, &template)
            .contains("2030-12-31 18:00")
    );
}

#[test]
fn cards_have_words_of_their_own() {
    let card = |url: &str| {
        json!({"components": [{"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Look, {{1}}", "example": {"body_text": [["Anna"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Shop", "url": url, "example": ["https://x.kz/A1"]}]}]})
    };
    let cards = [card("https://x.kz/{{1}}"), card("https://x.kz")];
    let template =
        of(json!([{"type": "BODY", "text": "For {{1}}"}, {"type": "CAROUSEL", "cards": cards}]));
    let text = "you|card1.file_link:https://x.kz/1.jpg|card1.body:A|card1.button_param:b\
        |card2.file_link:https://x.kz/2.jpg|card2.body:C";
    let filled = fill(&template, &args(text)).unwrap();
    let cards = &filled.content["components"][1]["cards"];
    assert_eq!(
        (&cards[0]["card_index"], &cards[1]["card_index"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(
        cards[1]["components"][0]["parameters"][0]["image"]["link"],
        "https://x.kz/2.jpg"
    );
    assert_eq!(cards[0]["components"][2]["index"], "0");
    assert!(
        filled
            .text
            .ends_with("\n\nhttps://x.kz/2.jpg\nLook, C\n• Shop: https://x.kz")
    );
    assert_eq!(
        problem(&template, "you"),
        FillProblem::Missing {
            key: key("card1.file_link")
        }
    );
    let third = format!("{text}|card3.body:D");
    assert_eq!(
        problem(&template, &third),
        FillProblem::NotWanted {
            key: key("card3.body")
        }
    );
}

#[test]
fn what_no_code_can_fill_is_refused_in_words() {
    let template = of(
        json!([{"type": "BODY", "text": "Hi"}, {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "View"}]}]),
    );
    let refused = problem(&template, "");
    assert_eq!(refused, FillProblem::CannotSend { part: "MPM".into() });
    assert!(
        refused
            .words(Language::Russian, &template)
            .contains("Выберите другой шаблон")
    );
    let product = of(json!([{"type": "HEADER", "format": "PRODUCT"}]));
    assert_eq!(
        problem(&product, ""),
        FillProblem::CannotSend {
            part: "PRODUCT".into()
        }
    );
    let odd = of(
        json!([{"type": "BODY", "text": "Hi"}, {"type": "HOLOGRAM"}, {"type": "CALL_PERMISSION_REQUEST"}]),
    );
    assert_eq!(fill(&odd, &args("")).unwrap().text, "Hi");
}
