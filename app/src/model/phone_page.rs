//! A phone's own page, its forms and its line.

use serde::{Deserialize, Serialize};

use super::{Check, Moment, PhoneId, PhoneRow, PortalChoice, PortalId, UserId, WabaId};

/// Everything a phone's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneDetail {
    /// As in the list.
    pub row: PhoneRow,
    /// Its WABA.
    pub waba: WabaId,
    /// Its portal.
    pub portal: Option<PortalId>,
    /// Whether it is being linked now.
    pub is_linking: bool,
    /// The name of the line it gets: `THOTH_77272000111`.
    pub line_name: String,
    /// Whether what is sent as SMS opens a chat.
    pub sms_opens_chat: bool,
    /// When Meta verified the webhook of the WABA.
    pub verified_at: Option<Moment>,
    /// When Meta last sent a webhook for the phone.
    pub heard_at: Option<Moment>,
    /// When the last customer's message came.
    pub last_in: Option<Moment>,
    /// When the last answer went.
    pub last_out: Option<Moment>,
    /// When the WABA's token ends.
    pub token_until: Option<Moment>,
    /// Steps of linking, in their order, as far as they have come.
    pub steps: Vec<Check>,
    /// The phone's, its WABA's and its portal's checks.
    pub checks: Vec<Check>,
}

/// What a phone's form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneChoices {
    /// WABAs to choose from.
    pub wabas: Vec<WabaChoice>,
    /// Portals to choose from.
    pub portals: Vec<PortalChoice>,
}

/// A WABA to choose, with the numbers Meta lists for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaChoice {
    /// Its id here.
    pub id: WabaId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: UserId,
    /// Numbers that are no phones here yet.
    pub numbers: Vec<NumberChoice>,
}

/// A number that Meta lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChoice {
    /// Meta's id of it.
    pub phone_id: String,
    /// The number with `+`.
    pub phone: String,
    /// The name customers see.
    pub name: Option<String>,
}

/// A phone as its form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneForm {
    /// The WABA's printed id.
    pub waba: String,
    /// The number as typed.
    pub phone: String,
    /// Meta's id of it.
    pub phone_id: String,
    /// The portal's printed id; empty for none.
    pub portal: String,
    /// Whether it shall be an SMS provider.
    pub sms_service: bool,
    /// Whether what is sent as SMS shall open a chat.
    pub sms_opens_chat: bool,
}

/// What goes with a phone that is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneLoss {
    /// The number with `+`.
    pub phone: String,
    /// Conversations.
    pub conversations: u32,
    /// Messages in them.
    pub messages: u32,
}

/// An open line of a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChoice {
    /// Its id in the portal.
    pub id: i64,
    /// Its name there.
    pub name: String,
    /// The number of the phone that has it.
    pub taken_by: Option<String>,
}

/// A line that was opened in the contact centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePage {
    /// Its id in the portal.
    pub line: i64,
    /// The phone that is linked to it.
    pub phone: Option<PhoneId>,
    /// Phones of the portal's owner that have no line: number and printed id.
    pub free: Vec<(PhoneId, String)>,
}
