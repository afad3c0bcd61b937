//! Ready codes: of real templates where `THOTH_FIXTURES` names a folder, and of arbitrary ones.

use super::*;
use crate::whatsapp::templates::Component;

/// The ready code of a template is a code, and its placeholders are values the template takes.
fn check(template: &Template, what: &str) {
    let text = signature(template);
    let code = read_code(&text, CodeFrom::Chat);
    let code = code
        .unwrap_or_else(|| panic!("{what}: {text}"))
        .unwrap_or_else(|why| panic!("{what}: {text}: {why:?}"));
    assert_eq!(code.to_string(), text, "{what}");
    match fill(template, &code.arguments) {
        Ok(filled) => {
            assert!(
                !filled.text.is_empty() && !filled.text.contains("{{"),
                "{what}: {}",
                filled.text
            );
            assert_eq!(filled.content["name"], template.name, "{what}");
        }
        Err(FillProblem::CannotSend { .. }) => {}
        Err(why) => panic!("{what}: {text}: {why:?}"),
    }
}

/// Placeholders of documentation are no names.
fn has_real_name(template: &Template) -> bool {
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    template.name.chars().all(fits)
}

#[test]
fn ready_codes_of_real_templates_are_codes_that_fill_them() {
    for (file, raw) in template_fixtures() {
        if let Ok(mut template) = Template::read(&raw)
            && has_real_name(&template)
        {
            template.status = "APPROVED".into();
            check(&template, &file);
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    "[a-zя:|+\\\\ .\n👍]{0,8}"
}

fn header() -> impl Strategy<Value = Value> {
    let media = prop::sample::select(vec!["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"]);
    prop_oneof![
        media.prop_map(|format| json!({"type": "HEADER", "format": format})),
        words().prop_map(
            |example| json!({"type": "HEADER", "format": "TEXT", "text": "For {{1}}",
            "example": {"header_text": [example]}})
        ),
    ]
}

fn body() -> impl Strategy<Value = Value> {
    let numbered = prop::collection::vec(words(), 0..4).prop_map(|examples| {
        let text: String = (1..=examples.len())
            .map(|number| format!("x {{{{{number}}}}} "))
            .collect();
        json!({"type": "BODY", "text": format!("Hi {text}"), "example": {"body_text": [examples]}})
    });
    let named = words().prop_map(|example| {
        json!({"type": "BODY", "text": "Hi {{client}} and {{order_no}}",
        "example": {"body_text_named_params": [{"param_name": "client", "example": example}]}})
    });
    prop_oneof![numbered, named]
}

fn button() -> impl Strategy<Value = Value> {
    (0usize..6, words()).prop_map(|(kind, example)| match kind {
        0 => json!({"type": "URL", "text": "Shop", "url": "https://x/{{1}}", "example": [example]}),
        1 => json!({"type": "COPY_CODE", "example": example}),
        2 => json!({"type": "QUICK_REPLY", "text": "Yes"}),
        3 => json!({"type": "FLOW", "text": "Form"}),
        4 => json!({"type": "OTP", "text": "Copy"}),
        _ => json!({"type": "VOICE_CALL", "text": "Call"}),
    })
}

/// A template has one copy button at most.
fn buttons() -> impl Strategy<Value = Value> {
    prop::collection::vec(button(), 0..5).prop_map(|mut buttons| {
        let mut seen = false;
        buttons
            .retain(|button| button["type"] != "COPY_CODE" || !std::mem::replace(&mut seen, true));
        buttons.retain(|button| button["type"] != "FLOW");
        json!({"type": "BUTTONS", "buttons": buttons})
    })
}

proptest! {
    #[test]
    fn ready_codes_are_codes_that_fill_their_template(
        header in header(), body in body(), buttons in buttons(), offer in any::<bool>(),
        cards in prop::collection::vec((header(), body()), 0..3),
    ) {
        let cards: Vec<_> = cards.into_iter()
            .filter(|(header, _)| header["format"] == "IMAGE")
            .map(|(header, body)| json!({"components": [header, body]}))
            .collect();
        let mut parts = vec![header, body, buttons];
        parts.push(json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"has_expiration": offer}}));
        if !cards.is_empty() {
            parts.push(json!({"type": "CAROUSEL", "cards": cards}));
        }
        let template = of(Value::Array(parts));
        let has_code = template.components.iter().any(|part| matches!(part, Component::Body(body) if body.text.as_ref().is_some_and(|text| !text.variables.is_empty())));
        let has_otp = template.buttons().iter().any(|button| button.text() == "Copy");
        if has_code || !has_otp {
            check(&template, "arbitrary");
        }
    }
}
