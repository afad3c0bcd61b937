//! A world from a setup.

use super::portal::Channel;
use super::template;
use super::{
    App, Calling, Connector, Customer, GraphToken, Line, LocalApp, Owner, Person, Phone, Portal,
    Subscription, Token, TokenState, User, Waba, World,
};
use crate::setup::{CustomerSetup, PortalSetup, Setup, TokenSetup};
use crate::words::{digits, now, random_hex};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

impl World {
    /// Builds the world. Portal domains are filled in when their ports are known.
    pub fn build(setup: &Setup) -> Self {
        let mut world = Self {
            behaviour: setup.behaviour.clone(),
            ..Self::default()
        };
        world.apps.extend(setup.app.iter().map(|app| App {
            id: app.id.clone(),
            name: app.name.clone(),
            secret: app.secret.clone(),
            callback_url: app.callback_url.clone(),
            verify_token: app.verify_token.clone(),
            redirect_uris: app.redirect_uris.clone(),
            config_id: app.config_id.clone(),
            fields: app.fields.clone().unwrap_or_else(|| {
                let fields = ["messages", "calls", "account_settings_update"].into_iter();
                let fields = fields.chain(template::FIELDS);
                let heard = fields.filter(|_| !app.callback_url.is_empty());
                heard.map(str::to_string).collect()
            }),
            live: app.live.unwrap_or(!app.callback_url.is_empty()),
        }));
        world.wabas.extend(setup.waba.iter().map(|waba| {
            Waba {
                id: waba.id.clone(),
                name: waba.name.clone(),
                app: waba.app.clone(),
                business: waba.business.clone(),
                client_of: waba.client_of.clone(),
                shared_with: waba.shared_with.clone(),
                subscribed: Some(Subscription {
                    app: waba.app.clone(),
                    override_url: None,
                })
                .filter(|_| waba.subscribed)
                .into_iter()
                .collect(),
                marketing_refusal: if waba.marketing { 0 } else { NOT_ONBOARDED },
                marketing_only: false,
            }
        }));
        let full = setup.waba.iter().filter(|waba| waba.templates);
        for (index, waba) in full.enumerate() {
            world.templates.extend(template::seed(&waba.id, index));
        }
        world.phones.extend(setup.phone.iter().map(|phone| Phone {
            id: phone.id.clone(),
            waba: phone.waba.clone(),
            number: digits(&phone.number),
            name: phone.name.clone(),
            settings: json!({}),
            calling: Calling::default(),
            pin: Some(phone.pin.clone()).filter(|pin| !pin.is_empty()),
            registered: phone.registered,
            verified: phone.verified,
            quality: phone.quality.clone(),
            registrations: 0,
            status: None,
            on_biz_app: false,
            limit: "TIER_2K".to_string(),
        }));
        world
            .persons
            .extend(setup.person.iter().map(|person| Person {
                id: person.id.clone(),
                name: person.name.clone(),
                wabas: person.wabas.clone(),
            }));
        world.tokens = tokens(setup);
        for customer in &setup.customer {
            world.customer_add(customer);
        }
        let life = setup.behaviour.token_seconds;
        world
            .portals
            .extend(setup.portal.iter().map(|portal| portal_build(portal, life)));
        world
    }

    /// Adds or replaces a customer; an absent scoped id is made from the number's country.
    pub fn customer_add(&mut self, setup: &CustomerSetup) {
        let number = setup
            .number
            .as_deref()
            .map(digits)
            .filter(|number| !number.is_empty());
        let user_id = setup
            .user_id
            .clone()
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| {
                let tail = u64::from_str_radix(&random_hex(7), 16).unwrap_or_default();
                format!("KZ.{tail:019}")
            });
        if let Some(number) = &number {
            self.peers.insert(number.clone(), setup.id.clone());
        }
        self.peers.insert(user_id.clone(), setup.id.clone());
        self.customers.insert(
            setup.id.clone(),
            Customer {
                id: setup.id.clone(),
                name: setup.name.clone(),
                number,
                user_id,
                offline: false,
                fails_with: None,
            },
        );
    }
}

/// The listed tokens, and those that stand with their WABA; the same text twice reaches both.
fn tokens(setup: &Setup) -> Vec<GraphToken> {
    let mut tokens: Vec<GraphToken> = setup.token.iter().map(token).collect();
    for waba in &setup.waba {
        if waba.access_token.is_empty() {
            continue;
        }
        match tokens.iter_mut().find(|it| it.text == waba.access_token) {
            Some(known) => known.wabas.push(waba.id.clone()),
            None => tokens.push(token(&TokenSetup {
                text: waba.access_token.clone(),
                app: waba.app.clone(),
                kind: "SYSTEM_USER".to_string(),
                scopes: SCOPES.map(str::to_string).to_vec(),
                wabas: vec![waba.id.clone()],
                expires_in: 0,
            })),
        }
    }
    tokens
}

/// What the Marketing Messages API answers to a WABA that was not onboarded, until told otherwise.
pub const NOT_ONBOARDED: u32 = 134_100;

/// What a token needs for WhatsApp.
const SCOPES: [&str; 2] = [
    "whatsapp_business_management",
    "whatsapp_business_messaging",
];

fn token(setup: &TokenSetup) -> GraphToken {
    GraphToken {
        text: setup.text.clone(),
        app: setup.app.clone(),
        kind: setup.kind.clone(),
        scopes: setup.scopes.clone(),
        wabas: setup.wabas.clone(),
        user_id: "122100000000001".to_string(),
        expires_at: if setup.expires_in == 0 {
            0
        } else {
            now() + setup.expires_in
        },
        issued_at: now() - 86_400,
        state: TokenState::Good,
    }
}

fn portal_build(setup: &PortalSetup, life: i64) -> Portal {
    let mut access = HashMap::new();
    let mut refresh = HashMap::new();
    for user in &setup.user {
        let owner = Owner {
            user: user.id,
            app: setup.client_id.clone(),
        };
        if !user.access_token.is_empty() {
            let token = Token {
                owner: owner.clone(),
                expires: now() + life,
            };
            access.insert(user.access_token.clone(), token);
        }
        if !user.refresh_token.is_empty() {
            refresh.insert(user.refresh_token.clone(), owner);
        }
    }
    Portal {
        name: setup.name.clone(),
        language: setup.language.clone(),
        member_id: setup.member_id.clone(),
        apps: app(setup).into_iter().collect(),
        frames: HashMap::new(),
        codes: Vec::new(),
        placements: Vec::new(),
        domain: String::new(),
        old_domains: Vec::new(),
        users: users(setup),
        access,
        refresh,
        connectors: connectors(setup),
        lines: setup
            .line
            .iter()
            .map(|line| (line.id, line_build(line.id, &line.name)))
            .collect(),
        chats: BTreeMap::new(),
        chat_index: HashMap::new(),
        bound: Vec::new(),
        next_id: 1000,
        bucket: (0.0, 0.0),
        operating: HashMap::new(),
        items: 0,
        touched: Vec::new(),
        senders: Vec::new(),
        texts: Vec::new(),
        calls: Vec::new(),
        call_lines: Vec::new(),
    }
}

/// The app that is there from the beginning, installed and with every permission.
fn app(setup: &PortalSetup) -> Option<LocalApp> {
    if setup.client_id.is_empty() {
        return None;
    }
    Some(LocalApp {
        client_id: setup.client_id.clone(),
        client_secret: setup.client_secret.clone(),
        application_token: setup.application_token.clone(),
        name: "THOTH".to_string(),
        handler: setup.handler_url.clone(),
        install: String::new(),
        api_only: true,
        scopes: crate::oauth::SCOPE.split(',').map(str::to_string).collect(),
        scopes_pending: None,
        users: Vec::new(),
        version: 1,
        installed: true,
        events_url: setup.handler_url.clone(),
    })
}

fn users(setup: &PortalSetup) -> Vec<User> {
    setup
        .user
        .iter()
        .map(|user| User {
            id: user.id,
            name: user.name.clone(),
            last_name: user.last_name.clone(),
            admin: user.admin,
            lines: user.admin || user.lines,
            dismissed: false,
        })
        .collect()
}

fn connectors(setup: &PortalSetup) -> BTreeMap<String, Connector> {
    setup
        .connector
        .iter()
        .map(|connector| {
            let on = setup
                .line
                .iter()
                .filter(|line| line.connectors.contains(&connector.id));
            let channels = on.map(|line| {
                let data = json!({
                    "ID": format!("{}_line{}", connector.id, line.id),
                    "NAME": line.name,
                });
                (
                    line.id,
                    Channel {
                        active: true,
                        data: Some(data),
                    },
                )
            });
            let built = Connector {
                app: setup.client_id.clone(),
                name: connector.name.clone(),
                need_signature: connector.need_signature,
                chat_group: false,
                placement_handler: String::new(),
                channels: channels.collect(),
            };
            (connector.id.clone(), built)
        })
        .collect()
}

/// A line with the fields the portal would show for it.
pub(super) fn line_build(id: i64, name: &str) -> Line {
    let mut params = Map::new();
    for (key, value) in [
        ("LINE_NAME", name),
        ("ACTIVE", "Y"),
        ("CRM", "N"),
        ("QUEUE_TYPE", "evenly"),
        ("WELCOME_MESSAGE", "N"),
        ("LANGUAGE_ID", "en"),
    ] {
        params.insert(key.to_string(), Value::String(value.to_string()));
    }
    Line { id, params }
}
