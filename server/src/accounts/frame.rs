//! Sessions of pages in Bitrix24's frame. A frame has no cookie: its session is a key in the path.

use super::{AccountError, Accounts, Person, Role};
use crate::store::Scope;
use crate::store::entities::frame_session;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// How long a page may rest, and how long a session lasts at most, in milliseconds.
const REST: i64 = 60 * 60 * 1000;
const MOST: i64 = 12 * 60 * 60 * 1000;

/// Written no more often than this.
const TOUCH: i64 = 60 * 1000;

/// Who looks at a page in a frame.
#[derive(Clone, Debug)]
pub struct Framed {
    /// For whom they act, within the portal. Never with an admin's rights: what others own is not shown in a portal.
    pub person: Person,
    /// The portal around the page.
    pub portal: Uuid,
    /// The language of the portal.
    pub language: String,
}

impl Framed {
    /// What the page may show: its owner's, as far as the portal reaches.
    pub fn scope(&self) -> Scope {
        Scope::Framed {
            owner: self.person.id,
            portal: self.portal,
        }
    }
}

impl Accounts {
    /// A new session; answers its key, 256 random bits. Only its hash is stored.
    pub async fn frame_open(
        &self,
        person: Uuid,
        portal: Uuid,
        bitrix_user: &str,
        language: &str,
    ) -> Result<SecretString, AccountError> {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes);
        let key = SecretString::from(URL_SAFE_NO_PAD.encode(bytes));
        let now = self.clock.now();
        let row = frame_session::Model {
            id: Uuid::now_v7(),
            token_hash: self.frame_hash(key.expose_secret()),
            person_id: person,
            portal_id: portal,
            bitrix_user: bitrix_user.to_owned(),
            language: language.to_owned(),
            created_at: now,
            expires_at: now + REST,
        };
        self.store.frame_insert(row, now).await?;
        Ok(key)
    }

    /// Who looks, by the key of the path. A page that is used lives on.
    pub async fn frame_find(&self, key: &str) -> Result<Option<Framed>, AccountError> {
        let now = self.clock.now();
        let Some(row) = self.store.frame_find(&self.frame_hash(key), now).await? else {
            return Ok(None);
        };
        let Some(person) = self.store.person_find(row.person_id).await? else {
            return Ok(None);
        };
        let until = (now + REST).min(row.created_at + MOST);
        if until - row.expires_at > TOUCH {
            self.store.frame_touch(row.id, until).await?;
        }
        let mut person = Person::try_from(person)?;
        person.role = Role::User;
        Ok(Some(Framed {
            person,
            portal: row.portal_id,
            language: row.language,
        }))
    }

    fn frame_hash(&self, key: &str) -> Vec<u8> {
        self.vault.hash(&format!("frame {key}"))
    }
}
