//! The pretend world's memory.
//!
//! `meta` keeps apps, accounts, numbers, customers and their talks; `calling` what a number's calls are set to; `call`
//! calls and who may be called; `template` keeps message templates and
//! uploads; `portal` keeps portals, lines and chats; `build` makes a world from a setup. Everything is in memory behind one lock, nothing here
//! speaks to the network.

mod build;
mod call;
mod calling;
mod find;
mod meta;
mod portal;
mod template;

pub use build::NOT_ONBOARDED;
pub use call::{CallEnd, Caller, Leave, PhoneCall};
pub use calling::{Calling, SipServer, switch};
pub use meta::{
    App, Author, Customer, GraphToken, LoginCode, Person, Phone, SentTemplate, Subscription, Talk,
    TalkMessage, Tick, TokenState, Waba,
};
pub use portal::{
    Bound, Channel, Chat, ChatMessage, ChatTick, Connector, Direction, ExternalCall, ExternalLine,
    Frame, Line, LocalApp, OauthCode, Owner, Placement, Portal, Sender, Sms, Token, User,
};
pub use template::{FIELDS as TEMPLATE_FIELDS, Seed, Template, Upload, is};

use crate::setup::Behaviour;
use std::collections::{BTreeMap, HashMap};

/// Everything the sandbox remembers.
#[derive(Debug, Default)]
pub struct World {
    pub behaviour: Behaviour,
    pub apps: Vec<App>,
    pub wabas: Vec<Waba>,
    pub tokens: Vec<GraphToken>,
    pub persons: Vec<Person>,
    pub codes: Vec<LoginCode>,
    pub phones: Vec<Phone>,
    pub customers: BTreeMap<String, Customer>,
    /// Customer by digits of the number or by business-scoped id.
    pub peers: HashMap<String, String>,
    /// Talks by customer and phone number id.
    pub talks: BTreeMap<(String, String), Talk>,
    /// Calls on WhatsApp, oldest first.
    pub calls: Vec<PhoneCall>,
    /// Whether a business number may call a customer, by customer and phone number id.
    pub leaves: BTreeMap<(String, String), Leave>,
    pub portals: Vec<Portal>,
    pub templates: Vec<Template>,
    /// Names of deleted templates with their WABA, not free for thirty days.
    pub names_gone: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
}
