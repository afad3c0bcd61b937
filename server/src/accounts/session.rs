//! A browser's session: who it belongs to and how long it lasts.

use super::session_store::Sessions;
use super::{AccountError, Accounts, Person};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};
use uuid::Uuid;

/// The field of a session that names its person.
pub(super) const PERSON: &str = "person";

/// How many days a session lasts from sign-in.
pub const SESSION_DAYS: i64 = 14;

/// The layer that reads and writes the session cookie. `secure` = the panel is reached over https.
pub fn session_layer(sessions: Sessions, secure: bool) -> SessionManagerLayer<Sessions> {
    // The `__Host-` prefix keeps neighbours of the domain from setting the cookie; it needs https.
    let name = if secure { "__Host-thoth" } else { "thoth" };
    SessionManagerLayer::new(sessions)
        .with_name(name)
        .with_path("/")
        .with_http_only(true)
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::days(SESSION_DAYS)))
}

impl Accounts {
    /// Makes the session this person's, under a new id.
    pub async fn session_start(
        &self,
        session: &Session,
        person: &Person,
    ) -> Result<(), AccountError> {
        session.clear().await;
        session.cycle_id().await?;
        session.insert(PERSON, person.id).await?;
        // Written now, so that an answer never promises a session that was not kept.
        Ok(session.save().await?)
    }

    /// Who the session belongs to. Their role is read anew each time.
    pub async fn session_person(&self, session: &Session) -> Result<Option<Person>, AccountError> {
        let Some(id) = session.get::<Uuid>(PERSON).await? else {
            return Ok(None);
        };
        match self.store.person_find(id).await? {
            Some(row) => Ok(Some(row.try_into()?)),
            None => Ok(None),
        }
    }

    /// Ends the session.
    pub async fn session_end(&self, session: &Session) -> Result<(), AccountError> {
        Ok(session.flush().await?)
    }

    /// Ends all sessions of a person; answers how many.
    pub async fn sign_out_everywhere(&self, person: Uuid) -> Result<u64, AccountError> {
        Ok(self.store.sessions_delete_of(person).await?)
    }
}
