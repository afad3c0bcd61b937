//! The pretend world's memory.
//!
//! `meta` keeps apps, accounts, numbers, customers and their talks; `portal` keeps portals, lines and
//! chats; `build` makes a world from a setup. Everything is in memory behind one lock, nothing here
//! speaks to the network.

mod build;
mod find;
mod meta;
mod portal;

pub use meta::{
    App, Author, Customer, GraphToken, LoginCode, Person, Phone, Subscription, Talk, TalkMessage,
    Tick, TokenState, Waba,
};
pub use portal::{
    Bound, Channel, Chat, ChatMessage, ChatTick, Connector, Direction, Frame, Line, LocalApp,
    OauthCode, Owner, Placement, Portal, Token, User,
};

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
    pub portals: Vec<Portal>,
}
