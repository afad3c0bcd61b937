//! The buttons under a template.

use serde_json::Value;

use super::TemplateText;
use super::text::flat;
use crate::outside::loose;

/// The address behind Meta's own button of an authentication template, as lists show it.
const OTP_ADDRESS: &str = "whatsapp.com/otp/";

/// A button. Its place among all buttons is its index in a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Button {
    /// Answers with its own text; may carry a payload.
    QuickReply { text: String },
    /// Opens an address.
    Url(UrlButton),
    /// Calls a number.
    PhoneNumber { text: String, phone_number: String },
    /// Copies a code, given anew with each message.
    CopyCode {
        text: String,
        example: Option<String>,
    },
    /// Copies or fills in a one-time code: the same as in the body.
    OneTimeCode {
        text: String,
        /// `COPY_CODE`, `ONE_TAP`, `ZERO_TAP`.
        otp_type: Option<String>,
    },
    /// Opens a form of Meta's Flows.
    Flow {
        text: String,
        flow_id: Option<String>,
    },
    /// Opens the catalogue.
    Catalog { text: String },
    /// Shows products of a catalogue, named with each message: several or, as `SPM`, one.
    Products { text: String, single: bool },
    /// Begins a call in WhatsApp.
    VoiceCall { text: String },
    /// Asks the customer for a phone number.
    RequestContactInfo { text: String },
    /// Another kind.
    Unknown {
        /// Meta's word for it.
        type_name: String,
        text: String,
        /// As it came.
        raw: Value,
    },
}

/// A button that opens an address.
#[derive(Clone, Debug, PartialEq)]
pub struct UrlButton {
    /// What the customer reads.
    pub text: String,
    /// The address; at most one variable, at its end.
    pub url: TemplateText,
}

impl Button {
    pub(super) fn read(raw: &Value) -> Self {
        let text = loose::text(raw, "text").unwrap_or_default();
        let type_name = loose::text(raw, "type").unwrap_or_default();
        let example = || loose::field(raw, "example").map(flat).unwrap_or_default();
        match type_name.to_ascii_uppercase().as_str() {
            "QUICK_REPLY" => Self::QuickReply { text },
            "URL" => {
                let url = loose::text(raw, "url").unwrap_or_default();
                if url.contains(OTP_ADDRESS) {
                    let otp_type = None;
                    return Self::OneTimeCode { text, otp_type };
                }
                let url = TemplateText::with_examples(url, &example());
                Self::Url(UrlButton { text, url })
            }
            "PHONE_NUMBER" => {
                let phone_number = loose::text(raw, "phone_number").unwrap_or_default();
                Self::PhoneNumber { text, phone_number }
            }
            "COPY_CODE" => {
                let example = example().into_iter().next();
                Self::CopyCode { text, example }
            }
            "OTP" => {
                let otp_type = loose::filled(raw, "otp_type");
                Self::OneTimeCode { text, otp_type }
            }
            "FLOW" => {
                let flow_id = loose::filled(raw, "flow_id");
                Self::Flow { text, flow_id }
            }
            "CATALOG" => Self::Catalog { text },
            "MPM" => Self::Products {
                text,
                single: false,
            },
            "SPM" => Self::Products { text, single: true },
            "VOICE_CALL" => Self::VoiceCall { text },
            "REQUEST_CONTACT_INFO" => Self::RequestContactInfo { text },
            _ => Self::Unknown {
                type_name,
                text,
                raw: raw.clone(),
            },
        }
    }

    /// What the customer reads on it; may be empty.
    pub fn text(&self) -> &str {
        match self {
            Self::Url(button) => &button.text,
            Self::QuickReply { text }
            | Self::PhoneNumber { text, .. }
            | Self::CopyCode { text, .. }
            | Self::OneTimeCode { text, .. }
            | Self::Flow { text, .. }
            | Self::Catalog { text }
            | Self::Products { text, .. }
            | Self::VoiceCall { text }
            | Self::RequestContactInfo { text }
            | Self::Unknown { text, .. } => text,
        }
    }
}
