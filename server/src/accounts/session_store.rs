//! Where tower-sessions keeps its sessions: our own table.

use super::session::PERSON;
use crate::clock::Clock;
use crate::store::Store;
use crate::store::entities::session;
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::fmt;
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};
use uuid::Uuid;

/// Sessions in the database. The table holds the hash of an id: who reads it cannot sign in with it.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Clock,
}

impl Sessions {
    /// Sessions in this database.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sessions")
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            if self
                .store
                .session_insert(row(record)?)
                .await
                .map_err(backend)?
            {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.store
            .session_update(row(record)?)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self
            .store
            .session_find(&hashed(id), self.clock.now())
            .await
            .map_err(backend)?;
        let Some(found) = found else { return Ok(None) };
        let data =
            serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        let nanos = i128::from(found.expires_at) * 1_000_000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store
            .session_delete(&hashed(id))
            .await
            .map_err(backend)
    }
}

fn hashed(id: &Id) -> String {
    hex::encode(Sha256::digest(id.0.to_be_bytes()))
}

fn row(record: &Record) -> Result<session::Model> {
    let person = record
        .data
        .get(PERSON)
        .and_then(|value| value.as_str())
        .and_then(|words| Uuid::parse_str(words).ok());
    Ok(session::Model {
        id: hashed(&record.id),
        person_id: person,
        data: serde_json::to_string(&record.data)
            .map_err(|error| Error::Encode(error.to_string()))?,
        expires_at: i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000)
            .map_err(|error| Error::Encode(error.to_string()))?,
    })
}

fn backend(error: impl fmt::Display) -> Error {
    Error::Backend(error.to_string())
}
