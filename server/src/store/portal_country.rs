//! The country in which the numbers of a portal's customers are dialled: a setting, for few portals need another than
//! their business number's.

use super::{Store, StoreError, Txn};
use uuid::Uuid;

impl Store {
    /// The country that was chosen for a portal, as two letters; nothing where none was.
    pub async fn portal_country(&self, portal: Uuid) -> Result<Option<String>, StoreError> {
        Ok(read(self.setting_find(&key(portal)).await?))
    }
}

impl Txn {
    /// The country that was chosen for a portal, as this transaction sees it.
    pub async fn portal_country_in_txn(&self, portal: Uuid) -> Result<Option<String>, StoreError> {
        Ok(read(self.setting_find_in_txn(&key(portal)).await?))
    }

    /// Chooses a country for a portal; an empty one is the business number's own.
    pub async fn portal_country_put_in_txn(
        &self,
        portal: Uuid,
        country: &str,
    ) -> Result<(), StoreError> {
        if country.is_empty() {
            return self.portal_country_drop_in_txn(portal).await;
        }
        self.setting_put_in_txn(&key(portal), country.as_bytes())
            .await
    }

    /// Forgets what was chosen for a portal.
    pub async fn portal_country_drop_in_txn(&self, portal: Uuid) -> Result<(), StoreError> {
        self.run("DELETE FROM setting WHERE key = ?", [key(portal).into()])
            .await?;
        Ok(())
    }
}

fn read(kept: Option<Vec<u8>>) -> Option<String> {
    kept.and_then(|kept| String::from_utf8(kept).ok())
}

fn key(portal: Uuid) -> String {
    format!("portal_country.{}", portal.simple())
}
