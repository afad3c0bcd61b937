//! Writes `[[phone]]`.

use super::apply::Apply;
use super::entries::Phone;
use super::error::ProvisionError;
use crate::connect::name;
use crate::connect::phone::leave_sender_in_txn;
use crate::errands::Errand;
use crate::store::StoreError;
use crate::store::entities::phone;
use uuid::Uuid;

impl Apply<'_> {
    /// Writes all phones. Lines that change hands are let go of first: two phones may swap theirs.
    pub(super) async fn phones(&mut self, given: &[Phone]) -> Result<(), ProvisionError> {
        let mut wanted = Vec::with_capacity(given.len());
        for phone in given {
            wanted.push(self.phone_wanted(phone)?);
        }
        for row in &wanted {
            if let Some(stored) = self.known.phones.get(&row.phone_id)
                && place(stored) != place(row)
                && stored.line_id.is_some()
            {
                let mut free = stored.clone();
                free.line_id = None;
                self.txn.phone_update_in_txn(free).await?;
            }
        }
        for row in wanted {
            self.phone(row).await?;
        }
        Ok(())
    }

    /// The row of a phone as it will be.
    fn phone_wanted(&mut self, given: &Phone) -> Result<phone::Model, ProvisionError> {
        let owner = self.owner(given.owner.value.as_str())?;
        let waba = self
            .known
            .wabas
            .get(&(owner, given.waba.value.clone()))
            .ok_or_else(|| vanished("WABA", &given.waba.value))?
            .id;
        let portal = match &given.portal {
            Some(member) => Some(
                self.known
                    .portals
                    .get(&member.value)
                    .ok_or_else(|| vanished("portal", &member.value))?
                    .id,
            ),
            None => None,
        };
        let stored = self.known.phones.get(&given.phone_id.value);
        let mut row = stored.cloned().unwrap_or_else(|| {
            phone::Model::new(owner, waba, &given.phone, &given.phone_id.value, self.now)
        });
        row.phone.clone_from(&given.phone);
        row.waba_id = waba;
        row.sms_service = given.sms_service.unwrap_or(row.sms_service);
        if portal.is_some() && portal != row.portal_id {
            row.portal_id = portal;
            row.line_id = None;
            row.connector = None;
        }
        if let Some(line) = &given.line {
            row.line_id = Some(line.value.line_id);
            row.connector = Some(line.value.connector.clone());
        }
        if stored.is_none_or(|stored| place(stored) != place(&row)) {
            let linked = row.line_id.is_some();
            row.link_state = if linked { "unchecked" } else { "not_linked" }.to_owned();
            row.link_reason = None;
            row.link_checked_at = None;
        }
        Ok(row)
    }

    async fn phone(&mut self, mut row: phone::Model) -> Result<(), ProvisionError> {
        let name = row.phone.clone();
        let line = row.line_id.map(|line| line.to_string());
        let Some(stored) = self.known.phones.get(&row.phone_id).cloned() else {
            self.txn.phone_insert_in_txn(row.clone()).await?;
            self.sender(None, &row).await?;
            let how = line.map_or_else(String::new, |line| format!(", line {line}"));
            self.report.created("phone", &name, &how);
            self.known.phones.insert(row.phone_id.clone(), row);
            return Ok(());
        };
        if row == stored {
            return Ok(());
        }
        let old_line = stored.line_id.map(|line| line.to_string());
        let sms = |on: bool| Some(if on { "on" } else { "off" });
        let differences = [
            (
                "phone",
                Some(stored.phone.as_str()),
                Some(row.phone.as_str()),
            ),
            (
                "waba",
                self.waba_name(stored.waba_id),
                self.waba_name(row.waba_id),
            ),
            (
                "portal",
                self.portal_name(stored.portal_id),
                self.portal_name(row.portal_id),
            ),
            ("line_id", old_line.as_deref(), line.as_deref()),
            (
                "connector",
                stored.connector.as_deref(),
                row.connector.as_deref(),
            ),
            ("sms_service", sms(stored.sms_service), sms(row.sms_service)),
        ]
        .map(|(key, old, new)| (key, old.map(str::to_owned), new.map(str::to_owned)));
        for (key, old, new) in differences {
            if old != new {
                self.report
                    .changed("phone", &name, key, old.as_deref(), new.as_deref());
            }
        }
        if place(&stored) != place(&row) {
            self.txn
                .checks_drop_in_txn(row.id, Some(&[name::CONNECTOR]))
                .await?;
        }
        row.updated_at = self.now;
        self.txn.phone_update_in_txn(row.clone()).await?;
        self.sender(Some(&stored), &row).await?;
        self.known.phones.insert(row.phone_id.clone(), row);
        Ok(())
    }

    /// What follows for the phone as an SMS provider: the server registers and removes it.
    async fn sender(
        &self,
        stored: Option<&phone::Model>,
        row: &phone::Model,
    ) -> Result<(), ProvisionError> {
        if stored.is_some_and(|stored| stored.portal_id != row.portal_id) {
            leave_sender_in_txn(self.txn, row.id, self.now).await?;
        }
        let is_other = stored.is_none_or(|stored| {
            (stored.sms_service, stored.portal_id, &stored.phone)
                != (row.sms_service, row.portal_id, &row.phone)
        });
        let concerns = row.sms_service || stored.is_some_and(|stored| stored.sms_service);
        if is_other && concerns && row.portal_id.is_some() {
            let sync = Errand::SenderSync { phone: row.id };
            let sync = sync.row(self.now, self.now)?;
            self.txn.errand_put_in_txn(&sync).await?;
        }
        Ok(())
    }

    fn waba_name(&self, id: Uuid) -> Option<&str> {
        let mut wabas = self.known.wabas.values();
        wabas
            .find(|row| row.id == id)
            .map(|row| row.waba_id.as_str())
    }

    fn portal_name(&self, id: Option<Uuid>) -> Option<&str> {
        let mut portals = self.known.portals.values();
        portals
            .find(|row| Some(row.id) == id)
            .map(|row| row.domain.as_str())
    }
}

/// What makes a link another link.
fn place(row: &phone::Model) -> (Option<Uuid>, Option<i64>, Option<&str>) {
    (row.portal_id, row.line_id, row.connector.as_deref())
}

fn vanished(what: &str, name: &str) -> ProvisionError {
    StoreError::Unreadable(format!("{what} {name} vanished")).into()
}
