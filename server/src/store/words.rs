//! Words between nodes over PostgreSQL's LISTEN and NOTIFY. A word that is lost is no loss: everybody also looks
//! by themselves from time to time.

use super::{Store, StoreError};
use sea_orm::DbErr;
use sea_orm::sqlx::postgres::PgListener;

/// The channel all nodes share.
const CHANNEL: &str = "thoth";

/// Hears what other nodes say.
pub struct Ear(PgListener);

impl Store {
    /// Starts to hear; `None` on SQLite, where there is one node.
    pub async fn words_listen(&self) -> Result<Option<Ear>, StoreError> {
        if !self.has_nodes() {
            return Ok(None);
        }
        let pool = self.reader().get_postgres_connection_pool();
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        Ok(Some(Ear(listener)))
    }

    /// Says something to all nodes, this one among them. At most 8000 bytes.
    pub async fn words_say(&self, words: &str) -> Result<(), StoreError> {
        self.row("SELECT pg_notify(?, ?)", [CHANNEL.into(), words.into()])
            .await?;
        Ok(())
    }
}

impl Ear {
    /// What is said next; an empty word when the connection was lost and something may have been missed.
    pub async fn hear(&mut self) -> Result<String, StoreError> {
        let heard = self.0.try_recv().await.map_err(failed)?;
        Ok(heard.map_or_else(String::new, |word| word.payload().to_owned()))
    }
}

fn failed(error: sea_orm::SqlxError) -> StoreError {
    StoreError::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())))
}
