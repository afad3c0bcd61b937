//! Looking things up, and the few changes that several rooms make.

use super::build::line_build;
use super::{
    App, Chat, ChatMessage, Customer, Line, LocalApp, Owner, Phone, Portal, Seed, Talk,
    TalkMessage, Template, Token, User, Waba, World,
};
use crate::words::{digits, now, random_hex};

impl World {
    /// The number with this id.
    pub fn phone(&self, id: &str) -> Option<&Phone> {
        self.phones.iter().find(|phone| phone.id == id)
    }

    /// The number with this id, to change.
    pub fn phone_mut(&mut self, id: &str) -> Option<&mut Phone> {
        self.phones.iter_mut().find(|phone| phone.id == id)
    }

    /// The account with this id.
    pub fn waba(&self, id: &str) -> Option<&Waba> {
        self.wabas.iter().find(|waba| waba.id == id)
    }

    /// The account with this id, to change.
    pub fn waba_mut(&mut self, id: &str) -> Option<&mut Waba> {
        self.wabas.iter_mut().find(|waba| waba.id == id)
    }

    /// The app with this id.
    pub fn app(&self, id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }

    /// The customer behind a number (any form) or a business-scoped id.
    pub fn customer_by_peer(&self, peer: &str) -> Option<&Customer> {
        let id = self
            .peers
            .get(peer)
            .or_else(|| self.peers.get(&digits(peer)))?;
        self.customers.get(id)
    }

    /// The talk of a customer with a number, made when it is not there.
    pub fn talk_mut(&mut self, customer: &str, phone_id: &str) -> &mut Talk {
        self.talks
            .entry((customer.to_string(), phone_id.to_string()))
            .or_default()
    }

    /// A message of a talk, newest first.
    pub fn talk_message(
        &mut self,
        customer: &str,
        phone_id: &str,
        wamid: &str,
    ) -> Option<&mut TalkMessage> {
        self.talk_mut(customer, phone_id)
            .messages
            .iter_mut()
            .rev()
            .find(|message| message.wamid == wamid)
    }

    /// The template with this id.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The template with this id, to change.
    pub fn template_mut(&mut self, id: &str) -> Option<&mut Template> {
        self.templates.iter_mut().find(|template| template.id == id)
    }

    /// Adds a template to a WABA and tells its id.
    pub fn template_add(&mut self, waba: &str, seed: Seed) -> String {
        let ids = self
            .templates
            .iter()
            .filter_map(|it| it.id.parse::<u64>().ok());
        let id = ids.max().unwrap_or(594_425_479_261_000) + 1;
        self.templates.push(Template::plant(waba, id, seed));
        id.to_string()
    }

    /// The portal with this member id.
    pub fn portal(&self, member_id: &str) -> Option<&Portal> {
        self.portals
            .iter()
            .find(|portal| portal.member_id == member_id)
    }

    /// The portal with this member id, to change.
    pub fn portal_mut(&mut self, member_id: &str) -> Option<&mut Portal> {
        self.portals
            .iter_mut()
            .find(|portal| portal.member_id == member_id)
    }
}

impl Portal {
    /// A new id for anything; ids of one portal never repeat.
    pub fn new_id(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    /// A user by id.
    pub fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// Who answers in the operator's window: the first who is not an admin, else the first.
    pub fn operator(&self) -> User {
        let found = self.users.iter().find(|user| !user.admin);
        found.or(self.users.first()).cloned().unwrap_or(User {
            id: 27,
            name: "Operator".to_string(),
            last_name: String::new(),
            admin: false,
            lines: true,
            dismissed: false,
        })
    }

    /// An app by its client id.
    pub fn app(&self, client_id: &str) -> Option<&LocalApp> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// An app by its client id, to change.
    pub fn app_mut(&mut self, client_id: &str) -> Option<&mut LocalApp> {
        self.apps.iter_mut().find(|app| app.client_id == client_id)
    }

    /// A fresh access token, and a refresh token where one is wanted.
    pub fn token_new(&mut self, owner: Owner, life: i64) -> (String, String) {
        let (access, refresh) = (random_hex(24), random_hex(24));
        let token = Token {
            owner: owner.clone(),
            expires: now() + life,
        };
        self.access.insert(access.clone(), token);
        self.refresh.insert(refresh.clone(), owner);
        (access, refresh)
    }

    /// Forgets what an app has bound: handlers and placements.
    pub fn app_unbind(&mut self, client_id: &str) {
        self.bound.retain(|bound| bound.app != client_id);
        self.placements
            .retain(|placement| placement.app != client_id);
    }

    /// Forgets an app and everything it brought: tokens, handlers, connectors, placements, senders.
    pub fn app_forget(&mut self, client_id: &str) {
        self.apps.retain(|app| app.client_id != client_id);
        self.access.retain(|_, token| token.owner.app != client_id);
        self.refresh.retain(|_, owner| owner.app != client_id);
        self.frames.retain(|_, frame| frame.owner.app != client_id);
        self.app_unbind(client_id);
        self.connectors
            .retain(|_, connector| connector.app != client_id);
        self.senders.retain(|sender| sender.app != client_id);
    }

    /// The connector's app is there and its installation is finished.
    pub fn connector_shown(&self, connector: &str) -> bool {
        let connector = self.connectors.get(connector);
        connector
            .and_then(|it| self.app(&it.app))
            .is_some_and(|app| app.installed)
    }

    /// The connector is registered, the line exists and works, and the channel is switched on.
    pub fn channel_works(&self, connector: &str, line: i64) -> bool {
        self.lines.get(&line).is_some_and(Line::active)
            && self
                .connectors
                .get(connector)
                .and_then(|connector| connector.channels.get(&line))
                .is_some_and(|channel| channel.active)
    }

    /// Adds a line and tells its id: the first free number.
    pub fn line_add(&mut self, name: &str) -> i64 {
        let id = self.lines.keys().max().copied().unwrap_or_default() + 1;
        self.lines.insert(id, line_build(id, name));
        id
    }

    /// The chat of an external user on a line, made when it is not there.
    pub fn chat_open(
        &mut self,
        connector: &str,
        line: i64,
        external_user: &str,
        external_chat: &str,
        name: &str,
    ) -> &mut Chat {
        let grouped = self
            .connectors
            .get(connector)
            .is_some_and(|it| it.chat_group);
        let peer = if grouped {
            external_chat
        } else {
            external_user
        };
        let key = (connector.to_string(), line, peer.to_string());
        let id = match self.chat_index.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.new_id();
                self.chat_index.insert(key, id);
                id
            }
        };
        let (session_id, guest_id) = match self.chats.get(&id) {
            Some(chat) => (chat.session_id, chat.guest_id),
            None => (self.new_id(), self.new_id()),
        };
        self.chats.entry(id).or_insert_with(|| Chat {
            id,
            session_id,
            connector: connector.to_string(),
            line,
            external_chat_id: external_chat.to_string(),
            external_user_id: external_user.to_string(),
            guest_id,
            name: name.to_string(),
            messages: Vec::new(),
        })
    }

    /// A message of a chat by the portal's own ids, newest first.
    pub fn message_mut(&mut self, chat: i64, message: i64) -> Option<&mut ChatMessage> {
        self.chats
            .get_mut(&chat)?
            .messages
            .iter_mut()
            .rev()
            .find(|it| it.id == message)
    }
}
