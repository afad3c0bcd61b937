//! What a portal posts to the handler of an SMS provider.

use super::auth::EventAuth;
use super::event::{Malformed, body_tree};
use crate::outside::loose;

/// An SMS that the portal wants to be sent. A card of the CRM and a robot write it alike; a robot may come without
/// `auth`. Source: "messageservice.sender.add" of the REST documentation.
#[derive(Clone, Debug)]
pub struct SmsOrder {
    /// The sender's code.
    pub code: String,
    /// The portal's id of the message; its status is told under it.
    pub message_id: String,
    /// The customer's number as somebody typed it.
    pub to: String,
    /// What is to be sent: a text, or the code of a template.
    pub text: String,
    /// `crm` or `bizproc`.
    pub module: Option<String>,
    /// Who asks; empty where it was left out.
    pub auth: EventAuth,
}

/// Reads the handler's form; a body said to be JSON is read as such. One without a message's id or a
/// sender's code is no SMS.
pub fn read_sms(body: &[u8], content_type: Option<&str>) -> Result<SmsOrder, Malformed> {
    let tree = body_tree(body, content_type)?;
    let text = |key: &str| loose::filled_any_case(&tree, key);
    let property = |key: &str| {
        let found = loose::field_any_case(&tree, "properties")?;
        loose::filled_any_case(found, key)
    };
    Ok(SmsOrder {
        code: text("code").ok_or(Malformed::NoMessage)?,
        message_id: text("message_id").ok_or(Malformed::NoMessage)?,
        to: text("message_to")
            .or_else(|| property("phone_number"))
            .unwrap_or_default(),
        text: text("message_body")
            .or_else(|| property("message_text"))
            .unwrap_or_default(),
        module: text("module_id"),
        auth: loose::field_any_case(&tree, "auth")
            .map(EventAuth::read)
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

    #[test]
    fn a_card_of_the_crm() {
        let order = read_sms(
            b"module_id=crm&bindings[0][OWNER_TYPE_ID]=3&bindings[0][OWNER_ID]=123\
              &properties[phone_number]=%2B1&properties[message_text]=no&type=SMS&code=thoth_7727\
              &message_id=65a0&message_to=%2B49+170&message_body=Your+code%0A1234&ts=1790000000\
              &auth[member_id]=m1&auth[application_token]=t0ken",
            FORM,
        )
        .unwrap();
        assert_eq!(order.code, "thoth_7727");
        assert_eq!(
            (order.to.as_str(), order.text.as_str()),
            ("+49 170", "Your code\n1234")
        );
        assert_eq!(order.auth.member_id.as_deref(), Some("m1"));
        let token = order.auth.application_token.unwrap();
        assert_eq!(token.expose_secret(), "t0ken");
    }

    #[test]
    fn a_robot_without_a_token_and_with_properties_alone() {
        let order = read_sms(
            b"module_id=bizproc&workflow_id=5f&document_id[0]=crm&document_id[1]=CCrmDocumentContact\
              &document_id[2]=CONTACT_123&properties[phone_number]=8+701&properties[message_text]=hi\
              &code=thoth_7727&message_id=7",
            FORM,
        )
        .unwrap();
        assert_eq!(order.module.as_deref(), Some("bizproc"));
        assert_eq!((order.to.as_str(), order.text.as_str()), ("8 701", "hi"));
        assert!(order.auth.application_token.is_none());
    }

    #[test]
    fn a_real_one_is_read() {
        let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
            return;
        };
        let folder = std::path::Path::new(&root).join("bitrix/docs");
        for (name, kind) in [
            ("SMS_handler.crm__1.txt", FORM),
            ("SMS_handler.crm__1.json", Some("application/json")),
        ] {
            let body = std::fs::read(folder.join(name)).unwrap();
            let order = read_sms(&body, kind).unwrap();
            assert_eq!(order.code, "provider1", "{name}");
            assert_eq!(order.message_id, "65575980fa531ac284c2ee68f81ebebd");
            assert_eq!(order.to, "+79990000000");
            assert!(order.text.ends_with(": 1234"), "{name}");
        }
    }

    #[test]
    fn json_and_odd_shapes() {
        let json = br#"{"message_id": 7, "code": "c", "message_to": 77015550101, "auth": [], "properties": []}"#;
        let order = read_sms(json, Some("application/json; charset=utf-8")).unwrap();
        assert_eq!(
            (
                order.message_id.as_str(),
                order.to.as_str(),
                order.text.as_str()
            ),
            ("7", "77015550101", "")
        );
        for body in [&b"code=c"[..], b"", b"message_id=", b"message_id=7"] {
            assert_eq!(read_sms(body, FORM).err(), Some(Malformed::NoMessage));
        }
        let not_json = read_sms(b"{", Some("application/json"));
        assert_eq!(not_json.err(), Some(Malformed::NotJson));
    }
}
