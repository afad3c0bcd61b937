use super::*;
use crate::model::ButtonKind;

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_form_is_read_from_its_fields() {
    let form = TemplateForm::read(&[
        field("name", " order_ready "),
        field("body", "Hi {{1}},\r\norder {{2}}."),
        field("example-2", "118"),
        field("button-0-kind", "url"),
        field("button-0-text", "Track"),
        field("button-0-value", "https://example.com/{{1}}"),
        field("button-1-kind", "reply"),
        field("button-3-kind", "reply"),
        field("header", "text"),
        field("header_text", "Order"),
    ]);
    assert_eq!(form.name, "order_ready");
    assert_eq!(form.body, "Hi {{1}},\norder {{2}}.");
    assert_eq!(form.examples, [field("1", ""), field("2", "118")]);
    assert_eq!(form.buttons.len(), 2);
    assert_eq!(form.buttons[0].kind, ButtonKind::Url);
    let preview = form.preview();
    assert_eq!(preview.body.filled(), "Hi {{1}},\norder 118.");
    assert_eq!(preview.buttons.len(), 1);
}

#[test]
fn steps_change_the_form_as_a_script_would() {
    let mut form = TemplateForm::default();
    for step in [
        "variable", "variable", "named", "named", "button", "button", "remove-0", "show",
    ] {
        form.step(step);
    }
    assert_eq!(form.body, "{{1}} {{2}} {{name}} {{name_2}}");
    assert_eq!((form.examples.len(), form.buttons.len()), (4, 1));
    for _ in 0..20 {
        form.step("button");
    }
    assert_eq!(form.buttons.len(), MOST_BUTTONS);
    assert!(form.is_named());
    form.set_body("Hi, order ".to_owned());
    assert!(!form.is_named());
    assert_eq!(form.add_variable(false, 2), 8);
    assert_eq!(form.body, "Hi {{1}}, order ");
}
