//! What the database holds already, as one transaction sees it.

use super::error::Fault;
use crate::store::entities::{person, phone, portal, waba};
use crate::store::{StoreError, Txn};
use std::collections::HashMap;
use uuid::Uuid;

/// The rows a setup file may touch, by the names the file has for them.
pub(super) struct Known {
    pub(super) people: HashMap<String, person::Model>,
    pub(super) wabas: HashMap<(Uuid, String), waba::Model>,
    pub(super) portals: HashMap<String, portal::Model>,
    pub(super) phones: HashMap<String, phone::Model>,
}

impl Known {
    pub(super) async fn read(txn: &Txn) -> Result<Self, StoreError> {
        let people = txn.people_in_txn().await?;
        let wabas = txn.wabas_in_txn().await?;
        let portals = txn.portals_in_txn().await?;
        let phones = txn.phones_in_txn().await?;
        Ok(Self {
            people: people
                .into_iter()
                .map(|row| (row.email.clone(), row))
                .collect(),
            wabas: wabas
                .into_iter()
                .map(|row| ((row.owner_id, row.waba_id.clone()), row))
                .collect(),
            portals: portals
                .into_iter()
                .map(|row| (row.member_id.clone(), row))
                .collect(),
            phones: phones
                .into_iter()
                .map(|row| (row.phone_id.clone(), row))
                .collect(),
        })
    }

    /// The id of the person with this e-mail.
    pub(super) fn person(&self, email: &str) -> Option<Uuid> {
        self.people.get(email).map(|row| row.id)
    }

    /// The member id of a portal in the database.
    pub(super) fn member(&self, portal: Uuid) -> Option<&str> {
        self.portals
            .values()
            .find(|row| row.id == portal)
            .map(|row| row.member_id.as_str())
    }
}

/// Mistakes in the order of the file's lines, each once.
pub(super) fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}
