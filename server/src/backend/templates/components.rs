//! A form as Meta wants a new template. Source: "Create a message template" of the Cloud API reference.

use app::model::{ButtonKind, HeaderKind, TemplateButton, TemplateForm, place_names};
use serde_json::{Value, json};

/// The body of the call.
pub(super) fn request(form: &TemplateForm) -> Value {
    let named = form.is_named();
    let mut components = Vec::new();
    components.extend(header(form, named));
    components.push(body(form, named));
    if !form.footer.is_empty() {
        components.push(json!({ "type": "FOOTER", "text": form.footer }));
    }
    if !form.buttons.is_empty() {
        let buttons: Vec<Value> = form.buttons.iter().map(button).collect();
        components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
    }
    json!({
        "name": form.name,
        "language": form.language,
        "category": form.category,
        "parameter_format": if named { "NAMED" } else { "POSITIONAL" },
        "components": components,
    })
}

fn header(form: &TemplateForm, named: bool) -> Option<Value> {
    let media = |format: &str| json!({ "type": "HEADER", "format": format, "example": { "header_handle": [form.sample] } });
    match form.header {
        HeaderKind::None => None,
        HeaderKind::Image => Some(media("IMAGE")),
        HeaderKind::Video => Some(media("VIDEO")),
        HeaderKind::Document => Some(media("DOCUMENT")),
        HeaderKind::Location => Some(json!({ "type": "HEADER", "format": "LOCATION" })),
        HeaderKind::Text => {
            let mut part = json!({ "type": "HEADER", "format": "TEXT", "text": form.header_text });
            let name = place_names(&form.header_text).first().copied();
            if let (Some(name), Some(fields)) = (name, part.as_object_mut()) {
                let example = if named {
                    json!({ "header_text_named_params": [named_example(name, &form.header_example)] })
                } else {
                    json!({ "header_text": [form.header_example] })
                };
                fields.insert("example".to_owned(), example);
            }
            Some(part)
        }
    }
}

fn body(form: &TemplateForm, named: bool) -> Value {
    let mut part = json!({ "type": "BODY", "text": form.body });
    let mut names = place_names(&form.body);
    if names.is_empty() {
        return part;
    }
    let example = if named {
        let listed = names
            .iter()
            .map(|name| named_example(name, form.example(name)));
        json!({ "body_text_named_params": listed.collect::<Vec<_>>() })
    } else {
        // Meta takes them in the order of their numbers, wherever they stand.
        names.sort_by_key(|name| name.parse::<u32>().ok());
        let listed = names.iter().map(|name| form.example(name));
        json!({ "body_text": [listed.collect::<Vec<_>>()] })
    };
    if let Some(fields) = part.as_object_mut() {
        fields.insert("example".to_owned(), example);
    }
    part
}

fn named_example(name: &str, example: &str) -> Value {
    json!({ "param_name": name, "example": example })
}

fn button(button: &TemplateButton) -> Value {
    match button.kind {
        ButtonKind::Url => match place_names(&button.value).first() {
            None => json!({ "type": "URL", "text": button.text, "url": button.value }),
            Some(_) => {
                // Meta knows only this variable in an address, whatever the others are called.
                let start = button.value.split("{{").next().unwrap_or_default();
                json!({
                    "type": "URL",
                    "text": button.text,
                    "url": format!("{start}{{{{1}}}}"),
                    "example": [button.example],
                })
            }
        },
        ButtonKind::Phone => {
            let digits: String = button.value.chars().filter(char::is_ascii_digit).collect();
            json!({ "type": "PHONE_NUMBER", "text": button.text, "phone_number": format!("+{digits}") })
        }
        ButtonKind::CopyCode => json!({ "type": "COPY_CODE", "example": button.value }),
        ButtonKind::Reply
        | ButtonKind::Flow
        | ButtonKind::Call
        | ButtonKind::List
        | ButtonKind::Location
        | ButtonKind::Consent
        | ButtonKind::Other => json!({ "type": "QUICK_REPLY", "text": button.text }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::preview::preview;
    use super::*;
    use crate::whatsapp::templates::Template;

    fn form() -> TemplateForm {
        let button = |kind, text: &str, value: &str, example: &str| TemplateButton {
            kind,
            text: text.to_owned(),
            value: value.to_owned(),
            example: example.to_owned(),
        };
        TemplateForm {
            name: "order_ready".to_owned(),
            category: "UTILITY".to_owned(),
            language: "ru".to_owned(),
            header: HeaderKind::Text,
            header_text: "Order {{1}}".to_owned(),
            header_example: "118".to_owned(),
            body: "It is {{2}}, {{1}}.".to_owned(),
            examples: vec![
                ("2".to_owned(), "ready".to_owned()),
                ("1".to_owned(), "Ann".to_owned()),
            ],
            footer: "Shop".to_owned(),
            buttons: vec![
                button(ButtonKind::Reply, "Thanks", "", ""),
                button(
                    ButtonKind::Url,
                    "Track",
                    "https://a.kz/{{1}}",
                    "https://a.kz/118",
                ),
                button(ButtonKind::Phone, "Call", "+7 (727) 200-01-11", ""),
                button(ButtonKind::CopyCode, "", "SALE", ""),
            ],
            ..TemplateForm::default()
        }
    }

    #[test]
    fn examples_stand_in_the_order_of_their_numbers() {
        let sent = request(&form());
        let parts = &sent["components"];
        assert_eq!(parts[0]["example"], json!({ "header_text": ["118"] }));
        assert_eq!(
            parts[1]["example"],
            json!({ "body_text": [["Ann", "ready"]] })
        );
        let buttons = &parts[3]["buttons"];
        assert_eq!(buttons[1]["example"], json!(["https://a.kz/118"]));
        assert_eq!(buttons[2]["phone_number"], "+77272000111");
        assert_eq!(
            buttons[3],
            json!({ "type": "COPY_CODE", "example": "SALE" })
        );
    }

    #[test]
    fn named_variables_carry_their_names() {
        let named = TemplateForm {
            header: HeaderKind::Image,
            sample: "4::handle".to_owned(),
            body: "Hi {{client}}!".to_owned(),
            examples: vec![("client".to_owned(), "Ann".to_owned())],
            ..form()
        };
        let sent = request(&named);
        assert_eq!(sent["parameter_format"], "NAMED");
        assert_eq!(
            sent["components"][0]["example"],
            json!({ "header_handle": ["4::handle"] })
        );
        let wanted =
            json!({ "body_text_named_params": [{ "param_name": "client", "example": "Ann" }] });
        assert_eq!(sent["components"][1]["example"], wanted);
    }

    #[test]
    fn what_meta_gets_is_what_the_form_showed() {
        let form = form();
        let template = Template::read(&request(&form)).unwrap();
        let (sent, shown) = (preview(&template), form.preview());
        assert_eq!((&sent.header, &sent.footer), (&shown.header, &shown.footer));
        assert_eq!(sent.body.filled(), shown.body.filled());
        assert_eq!(sent.buttons.len(), shown.buttons.len());
    }
}
