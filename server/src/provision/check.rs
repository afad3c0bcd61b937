//! Checks a setup against itself and against the database: who refers to whom, what is taken.

use super::document::{At, Kind};
use super::entries::{Phone, Setup, Spot};
use super::error::Fault;
use super::known::Known;
use crate::accounts::Email;
use crate::vault::Vault;
use secrecy::ExposeSecret;
use std::collections::HashMap;

/// What is wrong between the tables.
pub(super) fn check(setup: &Setup, known: &Known, vault: &Vault) -> Vec<Fault> {
    let mut check = Check {
        setup,
        known,
        faults: Vec::new(),
    };
    check.users(vault);
    for waba in &setup.wabas {
        check.owner(Kind::Waba, &waba.owner);
    }
    for portal in &setup.portals {
        check.owner(Kind::Portal, &portal.owner);
        let taken = known
            .portals
            .get(&portal.member_id.value)
            .map(|row| row.owner_id);
        if taken.is_some_and(|owner| known.person(portal.owner.value.as_str()) != Some(owner)) {
            let what = "this portal belongs to another owner";
            check.fault(portal.member_id.at, Kind::Portal, "member_id", what);
        }
    }
    for phone in &setup.phones {
        check.owner(Kind::Phone, &phone.owner);
        check.phone(phone);
    }
    check.lines();
    check.faults
}

struct Check<'a> {
    setup: &'a Setup,
    known: &'a Known,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, at: At, kind: Kind, key: &str, what: impl Into<String>) {
        self.faults.push(Fault {
            at,
            table: Some(kind.name()),
            key: Some(key.to_owned()),
            what: what.into(),
        });
    }

    fn users(&mut self, vault: &Vault) {
        let mut keys: HashMap<Vec<u8>, String> = self
            .known
            .people
            .values()
            .map(|row| (row.webhook_key_hash.clone(), row.email.clone()))
            .collect();
        for user in &self.setup.users {
            let email = user.email.value.as_str();
            if !user.password_given && !self.known.people.contains_key(email) {
                let what = "is needed for a new user";
                self.fault(user.at, Kind::User, "password", what);
            }
            let Some(key) = &user.api_key else { continue };
            let hash = vault.hash(key.value.expose_secret());
            let holder = keys.entry(hash).or_insert_with(|| email.to_owned());
            if holder != email {
                let what = "another user has this key";
                self.fault(key.at, Kind::User, "api_key", what);
            }
        }
    }

    /// Whether somebody with this e-mail is there, or may be: a `[[user]]` whose e-mail
    /// cannot be read could be anybody.
    fn is_somebody(&self, email: &str) -> bool {
        let declared = &self.setup.declared;
        declared.nameless.contains(&Kind::User)
            || declared.users.iter().any(|user| user == email)
            || self.known.people.contains_key(email)
    }

    fn owner(&mut self, kind: Kind, owner: &Spot<Email>) {
        let email = owner.value.as_str();
        if !self.is_somebody(email) {
            let what = format!("there is no user \"{email}\" in this file or in the database");
            self.fault(owner.at, kind, "owner", what);
        }
    }

    /// Whether the file gives `owner` this thing. A table whose own name or owner has a mistake
    /// counts too: that mistake is reported already.
    fn is_declared(&self, kind: Kind, owner: &str, id: &str) -> bool {
        let declared = &self.setup.declared;
        let named = match kind {
            Kind::Waba => &declared.wabas,
            Kind::Portal => &declared.portals,
            Kind::User | Kind::Phone => return false,
        };
        declared.nameless.contains(&kind)
            || named
                .iter()
                .any(|(holder, name)| name == id && (holder == owner || !self.is_somebody(holder)))
    }

    fn phone(&mut self, phone: &Phone) {
        let owner = phone.owner.value.as_str();
        let person = self.known.person(owner);
        let stored = self.known.phones.get(&phone.phone_id.value);
        if stored.is_some_and(|row| person != Some(row.owner_id)) {
            let what = "this phone belongs to another owner";
            self.fault(phone.phone_id.at, Kind::Phone, "phone_id", what);
        }
        let number = |phone: &str| phone.trim_start_matches('+').to_owned();
        let mut known = self.known.phones.values();
        if stored.is_none()
            && let Some(twin) = known.find(|row| number(&row.phone) == number(&phone.phone))
        {
            let what = format!("{} is there with phone id {}", phone.phone, twin.phone_id);
            self.fault(phone.phone_id.at, Kind::Phone, "phone_id", what);
        }
        if !self.is_somebody(owner) {
            return;
        }
        let Spot { at, value: waba } = &phone.waba;
        let stored_waba =
            person.is_some_and(|id| self.known.wabas.contains_key(&(id, waba.clone())));
        if !stored_waba && !self.is_declared(Kind::Waba, owner, waba) {
            let what = format!("\"{waba}\": {owner} has no such WABA");
            self.fault(*at, Kind::Phone, "waba", what);
        }
        if let Some(Spot { at, value: member }) = &phone.portal {
            let row = self.known.portals.get(member);
            let stored_portal = row.is_some_and(|row| person == Some(row.owner_id));
            if !stored_portal && !self.is_declared(Kind::Portal, owner, member) {
                let what = format!("\"{member}\": {owner} has no such portal");
                self.fault(*at, Kind::Phone, "portal", what);
            }
        } else if let Some(line) = &phone.line
            && stored.is_none_or(|row| row.portal_id.is_none())
        {
            let what = "a line is a portal's; name the portal too";
            self.fault(line.at, Kind::Phone, "line_id", what);
        }
    }

    /// No two phones on one line, as they will be.
    fn lines(&mut self) {
        let mut taken: HashMap<(String, i64, String), String> = HashMap::new();
        for row in self.known.phones.values() {
            let (Some(portal), Some(line), Some(connector)) =
                (row.portal_id, row.line_id, &row.connector)
            else {
                continue;
            };
            let named = self
                .setup
                .phones
                .iter()
                .find(|phone| phone.phone_id.value == row.phone_id);
            let member = self.known.member(portal);
            let stays = named.is_none_or(|phone| {
                let same = phone
                    .portal
                    .as_ref()
                    .is_none_or(|portal| member == Some(portal.value.as_str()));
                phone.line.is_none() && same
            });
            if let (true, Some(member)) = (stays, member) {
                let key = (member.to_owned(), line, connector.clone());
                taken.insert(key, row.phone.clone());
            }
        }
        for phone in &self.setup.phones {
            let Some(line) = &phone.line else { continue };
            let stored = self
                .known
                .phones
                .get(&phone.phone_id.value)
                .and_then(|row| row.portal_id)
                .and_then(|portal| self.known.member(portal));
            let member = phone.portal.as_ref().map(|portal| portal.value.as_str());
            let Some(member) = member.or(stored) else {
                continue;
            };
            let Spot { at, value } = line;
            let key = (member.to_owned(), value.line_id, value.connector.clone());
            if let Some(other) = taken.insert(key, phone.phone.clone()) {
                let what = format!("line {} is linked to {other} already", value.line_id);
                self.fault(*at, Kind::Phone, "line_id", what);
            }
        }
    }
}
