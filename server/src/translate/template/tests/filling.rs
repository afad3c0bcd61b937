//! Variables of the text and of its header, filled and refused.

use super::*;

#[test]
fn a_template_without_variables_needs_nothing() {
    let template = of(
        json!([{"type": "HEADER", "format": "TEXT", "text": "Hello"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]},
        {"type": "BODY", "text": "Welcome"}, {"type": "FOOTER", "text": "We"}]),
    );
    let filled = fill(&template, &Arguments::default()).unwrap();
    assert_eq!(
        filled.content,
        json!({"name": "order", "language": {"code": "ru"}})
    );
    assert_eq!(filled.text, "Hello\nWelcome\nWe\n• Stop");
    assert!(fill(&template, &args("")).is_ok());
    assert_eq!(
        problem(&template, "x"),
        FillProblem::Count {
            key: None,
            wanted: 0,
            given: 1
        }
    );
}

#[test]
fn numbered_variables_are_counted_and_cleaned() {
    let template = of(json!([{"type": "BODY", "text": "{{2}}, {{1}}! {{1}}"}]));
    let wanted = json!([{"type": "body", "parameters": [
        {"type": "text", "text": "a b"}, {"type": "text", "text": "total: 5"}]}]);
    assert_eq!(content(&template, "a\nb|total: 5"), wanted);
    assert_eq!(fill(&template, &args("a|b|")).unwrap().text, "b, a! a");
    for (text, given) in [("a", 1), ("a|b|c", 3)] {
        assert_eq!(
            problem(&template, text),
            FillProblem::Count {
                key: None,
                wanted: 2,
                given
            }
        );
    }
    assert_eq!(
        problem(&template, "a| "),
        FillProblem::Empty { what: "2".into() }
    );
    let link = content(&template, "https://x.kz|10:30");
    assert_eq!(link[0]["parameters"][0]["text"], "https://x.kz");
    let unknown = problem(&template, "a|b|client:x");
    assert_eq!(
        unknown,
        FillProblem::UnknownName {
            name: "client".into()
        }
    );
    let words = unknown.words(Language::Russian, &template);
    assert!(
        words.ends_with("Напишите так: template-order+ru+value1|value2"),
        "{words}"
    );
}

#[test]
fn named_variables_go_by_name() {
    let template = of(
        json!([{"type": "HEADER", "format": "TEXT", "text": "For {{client}}"},
        {"type": "BODY", "text": "{{client}}, {{order}}", "example": {"body_text_named_params":
            [{"param_name": "client", "example": "Anna"}, {"param_name": "order", "example": "118"}]}}]),
    );
    let named =
        |name: &str, text: &str| json!({"type": "text", "parameter_name": name, "text": text});
    let wanted = json!([{"type": "header", "parameters": [named("client", "A")]},
        {"type": "body", "parameters": [named("client", "A"), named("order", "7")]}]);
    assert_eq!(content(&template, "order: 7 |Client:A"), wanted);
    assert_eq!(
        problem(&template, "order:7|client:A|header:B"),
        FillProblem::NotWanted { key: key("header") }
    );
    assert_eq!(problem(&template, "A|7"), FillProblem::NamesNeeded);
    assert_eq!(
        problem(&template, "order:7"),
        FillProblem::MissingNames {
            names: vec!["client".into()]
        }
    );
    assert_eq!(
        problem(&template, "client:A"),
        FillProblem::MissingNames {
            names: vec!["order".into()]
        }
    );
    assert_eq!(
        problem(&template, "client:A|order:7|date:1"),
        FillProblem::UnknownName {
            name: "date".into()
        }
    );
    assert_eq!(
        problem(&template, "client:A|order:7|order:8"),
        FillProblem::NameTwice {
            name: "order".into()
        }
    );
    assert_eq!(
        signature(&template),
        "template-order+ru+client:Anna|order:118"
    );
}

#[test]
fn a_text_header_has_a_variable_of_its_own() {
    let template = of(
        json!([{"type": "HEADER", "format": "TEXT", "text": "Our {{1}}", "example": {"header_text": ["Sale"]}},
        {"type": "BODY", "text": "Until {{1}}", "example": {"body_text": [["May"]]}}]),
    );
    let filled = fill(&template, &args("June+header:Feast")).unwrap();
    assert_eq!(filled.text, "Our Feast\nUntil June");
    assert_eq!(filled.content["components"][0]["type"], "header");
    assert_eq!(
        problem(&template, "June"),
        FillProblem::Missing { key: key("header") }
    );
    assert_eq!(
        problem(&template, "June|header:a|header:b"),
        FillProblem::Twice { key: key("header") }
    );
    assert_eq!(signature(&template), "template-order+ru+May|header:Sale");
}

#[test]
fn only_approved_templates_are_filled() {
    let mut template = of(json!([{"type": "BODY", "text": "Hi"}]));
    template.status = "PAUSED".into();
    let refused = problem(&template, "");
    assert_eq!(
        refused,
        FillProblem::NotApproved {
            status: "PAUSED".into()
        }
    );
    assert!(
        refused
            .words(Language::English, &template)
            .contains("its state at Meta is PAUSED")
    );
}

#[test]
fn a_text_is_offered_inside_the_only_variable() {
    let one = of(
        json!([{"type": "BODY", "text": "Hello! {{1}}"}, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Ok"}]}]),
    );
    let offered = offer_code(&one, "See you|at 10:30\nnote:x").unwrap();
    assert_eq!(offered, "template-order+ru+See you\\|at 10:30 note:x");
    let code = read_code(&offered, CodeFrom::Chat).unwrap().unwrap();
    assert_eq!(
        fill(&one, &code.arguments).unwrap().text,
        "Hello! See you|at 10:30 note:x\n• Ok"
    );
    let named = of(json!([{"type": "BODY", "text": "Hello! {{text}}"}]));
    assert_eq!(
        offer_code(&named, "Hi").as_deref(),
        Some("template-order+ru+text:Hi")
    );
    let two = of(json!([{"type": "BODY", "text": "{{1}} {{2}}"}]));
    let none = of(json!([{"type": "BODY", "text": "Hi"}]));
    let file =
        of(json!([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "{{1}}"}]));
    for template in [&two, &none, &file] {
        assert_eq!(offer_code(template, "Hi"), None);
    }
    assert_eq!(offer_code(&one, " \n"), None);
}
