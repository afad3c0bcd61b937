//! Signed-in browsers.

use super::entities::session;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

impl Store {
    /// Adds a session. False when its id is taken.
    pub async fn session_insert(&self, session: session::Model) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let written = session::Entity::insert(session.into_active_model())
            .exec_without_returning(&txn.0)
            .await
            .map_err(StoreError::from);
        match written {
            Ok(_) => {
                txn.commit().await?;
                Ok(true)
            }
            Err(error) if error.is_duplicate() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Writes what a session knows now. One that was ended meanwhile stays ended.
    pub async fn session_update(&self, session: session::Model) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE session SET person_id = ?, data = ?, expires_at = ? WHERE id = ?",
            [
                session.person_id.into(),
                session.data.into(),
                session.expires_at.into(),
                session.id.into(),
            ],
        )
        .await?;
        txn.commit().await
    }

    /// The session with this id that has not expired.
    pub async fn session_find(
        &self,
        id: &str,
        now: i64,
    ) -> Result<Option<session::Model>, StoreError> {
        Ok(session::Entity::find_by_id(id)
            .filter(session::Column::ExpiresAt.gt(now))
            .one(self.reader())
            .await?)
    }

    /// Ends a session.
    pub async fn session_delete(&self, id: &str) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run("DELETE FROM session WHERE id = ?", [id.into()])
            .await?;
        txn.commit().await
    }

    /// Ends all sessions of a person; answers how many.
    pub async fn sessions_delete_of(&self, person: Uuid) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let ended = txn.sessions_delete_of_in_txn(person).await?;
        txn.commit().await?;
        Ok(ended)
    }

    /// Forgets sessions, pages in frames and logins with Facebook that have expired, and failures older than
    /// `failures_before`.
    pub async fn sessions_sweep(&self, now: i64, failures_before: i64) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let swept = txn
            .run("DELETE FROM session WHERE expires_at <= ?", [now.into()])
            .await?;
        for table in ["frame_session", "facebook_login"] {
            let sql = format!("DELETE FROM {table} WHERE expires_at <= ?");
            txn.run(&sql, [now.into()]).await?;
        }
        txn.run(
            "DELETE FROM sign_in_failure WHERE at < ?",
            [failures_before.into()],
        )
        .await?;
        txn.commit().await?;
        Ok(swept)
    }
}

impl Txn {
    /// Ends all sessions of a person, also those in portals' frames; answers how many browsers are signed out.
    pub async fn sessions_delete_of_in_txn(&self, person: Uuid) -> Result<u64, StoreError> {
        self.run(
            "DELETE FROM frame_session WHERE person_id = ?",
            [person.into()],
        )
        .await?;
        self.run("DELETE FROM session WHERE person_id = ?", [person.into()])
            .await
    }
}
