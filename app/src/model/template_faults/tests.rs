use super::*;
use crate::model::TemplateButton;

fn form() -> TemplateForm {
    TemplateForm {
        name: "order_ready".to_owned(),
        category: "UTILITY".to_owned(),
        language: "ru".to_owned(),
        body: "Order {{1}} is ready.".to_owned(),
        examples: vec![("1".to_owned(), "118".to_owned())],
        ..TemplateForm::default()
    }
}

fn button(kind: ButtonKind, value: &str) -> TemplateButton {
    TemplateButton {
        kind,
        text: "Press".to_owned(),
        value: value.to_owned(),
        example: String::new(),
    }
}

fn faults(change: impl FnOnce(&mut TemplateForm)) -> Vec<(ProblemCode, String)> {
    let mut form = form();
    change(&mut form);
    let faults = form.faults().into_iter();
    faults
        .map(|fault| (fault.code, fault.field.unwrap()))
        .collect()
}

/// A change of a whole form, and the fault it makes at a field.
type Case = (fn(&mut TemplateForm), ProblemCode, &'static str);

fn one(code: ProblemCode, field: &str) -> Vec<(ProblemCode, String)> {
    vec![(code, field.to_owned())]
}

#[test]
fn a_whole_form_has_no_faults() {
    assert_eq!(faults(|_| {}), []);
}

#[test]
fn each_fault_stands_at_its_field() {
    use ProblemCode as C;
    let cases: Vec<Case> = vec![
        (|form| form.name = "Заказ".into(), C::TemplateName, "name"),
        (|form| form.name.clear(), C::FieldEmpty, "name"),
        (
            |form| form.category = "AUTHENTICATION".into(),
            C::NotChosen,
            "category",
        ),
        (
            |form| form.body = "{{1}} is ready".into(),
            C::VariableEdge,
            "body",
        ),
        (|form| form.body = "a".repeat(1025), C::TooLong, "body"),
        (|form| form.footer = "{{1}}".into(), C::NoVariable, "footer"),
        (|form| form.examples.clear(), C::FieldEmpty, "example-1"),
        (
            |form| form.header = HeaderKind::Text,
            C::FieldEmpty,
            "header_text",
        ),
        (
            |form| form.buttons = vec![button(ButtonKind::Url, "example.com")],
            C::UrlInvalid,
            "button-0-value",
        ),
        (
            |form| form.buttons = vec![button(ButtonKind::Url, "https://a.b/{{1}}/c")],
            C::UrlVariable,
            "button-0-value",
        ),
        (
            |form| form.buttons = vec![button(ButtonKind::Url, "https://a.b/{{1}}")],
            C::FieldEmpty,
            "button-0-example",
        ),
        (
            |form| form.buttons = vec![button(ButtonKind::Phone, "+7")],
            C::PhoneInvalid,
            "button-0-value",
        ),
        (
            |form| {
                form.buttons = vec![
                    button(ButtonKind::CopyCode, "A"),
                    button(ButtonKind::CopyCode, "B"),
                ]
            },
            C::TooManyButtons,
            "button-1-kind",
        ),
        (
            |form| {
                form.buttons = ["", "https://a.b", ""]
                    .map(|value| {
                        button(
                            if value.is_empty() {
                                ButtonKind::Reply
                            } else {
                                ButtonKind::Url
                            },
                            value,
                        )
                    })
                    .into()
            },
            C::RepliesApart,
            "button-2-kind",
        ),
    ];
    for (change, code, field) in cases {
        assert_eq!(faults(change), one(code, field));
    }
}

#[test]
fn variables_are_numbered_without_a_gap_or_all_named() {
    let examples = |names: &[&str]| {
        names
            .iter()
            .map(|name| ((*name).to_owned(), "x".to_owned()))
            .collect()
    };
    let body = |text: &'static str, names: &'static [&'static str]| {
        faults(move |form| {
            form.body = text.to_owned();
            form.examples = examples(names);
        })
    };
    assert_eq!(
        body("a {{1}} {{3}} b", &["1", "3"]),
        one(ProblemCode::VariablesGap, "body")
    );
    assert_eq!(
        body("a {{1}} {{x}} b", &["1", "x"]),
        one(ProblemCode::VariablesMixed, "body")
    );
    assert_eq!(
        body("a {{Name}} b", &["Name"]),
        one(ProblemCode::VariableName, "body")
    );
    assert_eq!(body("a {{name}} {{order}} b", &["name", "order"]), []);
}
