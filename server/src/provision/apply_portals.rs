//! Writes `[[portal]]`. Bitrix24 rotates tokens and renames portals by itself: such a value is
//! taken from the file only when the file says something else than it did last time.

use super::apply::Apply;
use super::entries::{Portal, Tokens};
use super::error::ProvisionError;
use crate::store::entities::{portal, portal_token};
use crate::vault::Place;
use secrecy::ExposeSecret;
use uuid::Uuid;

/// Which of a portal's users the tokens of a file are filed under.
const FILE_USER: &str = "file";

/// A portal that can be called, and one that cannot yet.
const OK: &str = "ok";
const NEEDS_TOKENS: &str = "needs_tokens";

impl Apply<'_> {
    pub(super) async fn portal(&mut self, given: &Portal) -> Result<(), ProvisionError> {
        let owner = self.owner(given.owner.value.as_str())?;
        let member = given.member_id.value.as_str();
        let address = format!("{}://{}", given.protocol, given.domain);
        let application_token = given.application_token.expose_secret();
        let moved = self.news(member, "address", &address).await?;
        let renewed = self
            .news(member, "application_token", application_token)
            .await?;
        let (stored, mut row) = match self.known.portals.get(member) {
            Some(stored) => (Some(stored.clone()), stored.clone()),
            None => (None, self.portal_new(given, owner)),
        };
        let name = given.domain.as_str();
        if stored.is_none() {
            self.txn.portal_insert_in_txn(row.clone()).await?;
            let how = match &given.tokens {
                Some(_) => "",
                None => ", needs tokens",
            };
            self.report.created("portal", name, how);
        }
        let old = format!("{}://{}", row.protocol, row.domain);
        if moved && old != address {
            row.protocol = given.protocol.to_owned();
            row.domain.clone_from(&given.domain);
            self.report
                .changed("portal", name, "address", Some(&old), Some(&address));
        }
        if row.client_id != given.client_id {
            let old = std::mem::replace(&mut row.client_id, given.client_id.clone());
            let new = Some(given.client_id.as_str());
            self.report
                .changed("portal", name, "client_id", Some(&old), new);
        }
        let place = Place::PortalClientSecret;
        if self.reseal(place, row.id, &mut row.client_secret, &given.client_secret)? {
            self.report.replaced("portal", name, "client_secret");
        }
        let place = Place::PortalApplicationToken;
        let token = &given.application_token;
        if renewed && self.reseal(place, row.id, &mut row.application_token, token)? {
            self.report.replaced("portal", name, "application_token");
        }
        let endpoint = given.server_endpoint.as_str();
        if row.server_endpoint != endpoint {
            let old = std::mem::replace(&mut row.server_endpoint, endpoint.to_owned());
            self.report.changed(
                "portal",
                name,
                "server_endpoint",
                Some(&old),
                Some(endpoint),
            );
        }
        if let Some(tokens) = &given.tokens
            && self.tokens(&row, name, tokens).await?
            && row.state != OK
        {
            let old = std::mem::replace(&mut row.state, OK.to_owned());
            row.state_reason = None;
            if stored.is_some() {
                self.report
                    .changed("portal", name, "state", Some(&old), Some(OK));
            }
        }
        if stored.as_ref() != Some(&row) {
            row.updated_at = self.now;
            self.txn.portal_update_in_txn(row.clone()).await?;
            self.known.portals.insert(member.to_owned(), row);
        }
        Ok(())
    }

    fn portal_new(&self, given: &Portal, owner: Uuid) -> portal::Model {
        let id = Uuid::now_v7();
        let seal = |place, secret| self.vault.seal(place, id, secret);
        portal::Model {
            id,
            owner_id: owner,
            protocol: given.protocol.to_owned(),
            domain: given.domain.clone(),
            member_id: given.member_id.value.clone(),
            client_id: given.client_id.clone(),
            client_secret: seal(Place::PortalClientSecret, &given.client_secret),
            application_token: seal(Place::PortalApplicationToken, &given.application_token),
            server_endpoint: given.server_endpoint.as_str().to_owned(),
            state: NEEDS_TOKENS.to_owned(),
            state_reason: None,
            name: None,
            kind: None,
            scopes: None,
            installed_at: None,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    /// Writes the file's tokens where they are news; answers whether any was.
    async fn tokens(
        &mut self,
        portal: &portal::Model,
        name: &str,
        given: &Tokens,
    ) -> Result<bool, ProvisionError> {
        let member = portal.member_id.as_str();
        let access = given.access.expose_secret();
        let refresh = given.refresh.expose_secret();
        let access_news = self.news(member, "access_token", access).await?;
        let refresh_news = self.news(member, "refresh_token", refresh).await?;
        if !access_news && !refresh_news {
            return Ok(false);
        }
        let rows = self.txn.portal_tokens_in_txn(portal.id).await?;
        let stored = rows.into_iter().find(|row| row.bitrix_user == FILE_USER);
        let Some(mut row) = stored else {
            self.token_create(portal.id, given).await?;
            if self.known.portals.contains_key(member) {
                self.report.replaced("portal", name, "access_token");
                self.report.replaced("portal", name, "refresh_token");
            }
            return Ok(true);
        };
        let place = Place::PortalAccessToken;
        let mut changed = row.dead_reason.is_some();
        if access_news && self.reseal(place, row.id, &mut row.access_token, &given.access)? {
            self.report.replaced("portal", name, "access_token");
            changed = true;
        }
        let place = Place::PortalRefreshToken;
        if refresh_news && self.reseal(place, row.id, &mut row.refresh_token, &given.refresh)? {
            self.report.replaced("portal", name, "refresh_token");
            changed = true;
        }
        if changed {
            // A refresh that is under way on some node must not write its result over these.
            row.generation += 1;
            row.refreshing_until = 0;
            row.dead_reason = None;
            row.updated_at = self.now;
            self.txn.portal_token_update_in_txn(row).await?;
        }
        Ok(changed)
    }

    async fn token_create(&self, portal: Uuid, given: &Tokens) -> Result<(), ProvisionError> {
        let id = Uuid::now_v7();
        let row = portal_token::Model {
            id,
            portal_id: portal,
            bitrix_user: FILE_USER.to_owned(),
            no_admin: false,
            access_token: self.vault.seal(Place::PortalAccessToken, id, &given.access),
            refresh_token: self
                .vault
                .seal(Place::PortalRefreshToken, id, &given.refresh),
            generation: 1,
            refreshing_until: 0,
            dead_reason: None,
            updated_at: self.now,
        };
        Ok(self.txn.portal_token_insert_in_txn(row).await?)
    }

    /// Whether the file says something else about a portal than it did last time; remembers it.
    async fn news(&self, member: &str, what: &str, given: &str) -> Result<bool, ProvisionError> {
        let key = format!("provision.portal.{member}.{what}");
        let hash = self.vault.hash(&format!("{key} {given}"));
        let last = self.txn.setting_find_in_txn(&key).await?;
        if last.as_deref() == Some(hash.as_slice()) {
            return Ok(false);
        }
        self.txn.setting_put_in_txn(&key, &hash).await?;
        Ok(true)
    }
}
