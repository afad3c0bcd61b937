//! WhatsApp Business Accounts at Meta: their name, who gets their webhooks, which there are.

use secrecy::SecretString;
use serde_json::{Value, json};

use super::client::{GraphClient, GraphTrouble};
use crate::outside::loose;

/// A WABA as Meta shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The WABA id.
    pub id: String,
    /// Its name at Meta.
    pub name: Option<String>,
}

impl Account {
    fn read(raw: &Value) -> Option<Self> {
        Some(Self {
            id: loose::filled(raw, "id")?,
            name: loose::filled(raw, "name"),
        })
    }
}

impl GraphClient {
    /// One WABA.
    pub async fn account(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Account, GraphTrouble> {
        let answer = self
            .get(token, &[waba_id], &[("fields", "id,name")])
            .await?;
        let reason = "Meta's answer names no WABA".to_owned();
        Account::read(&answer).ok_or(GraphTrouble::Unknown { reason })
    }

    /// Every WABA of every business the token's person works for: for tokens that reach all there are.
    pub async fn accounts(&self, token: &SecretString) -> Result<Vec<Account>, GraphTrouble> {
        let fields = [("fields", "id,name")];
        let mut found: Vec<Account> = Vec::new();
        for business in self
            .all_pages(token, &["me", "businesses"], &fields)
            .await?
        {
            let Some(id) = loose::filled(&business, "id") else {
                continue;
            };
            for edge in [
                "owned_whatsapp_business_accounts",
                "client_whatsapp_business_accounts",
            ] {
                let listed = self.all_pages(token, &[&id, edge], &fields).await?;
                for account in listed.iter().filter_map(Account::read) {
                    if found.iter().all(|other| other.id != account.id) {
                        found.push(account);
                    }
                }
            }
        }
        Ok(found)
    }

    /// The ids of the apps that get a WABA's webhooks.
    pub async fn subscribed_apps(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Vec<String>, GraphTrouble> {
        let items = self
            .all_pages(token, &[waba_id, "subscribed_apps"], &[])
            .await?;
        let app = |item: &Value| {
            let data = loose::field(item, "whatsapp_business_api_data");
            loose::filled(data.unwrap_or(item), "id")
        };
        Ok(items.iter().filter_map(app).collect())
    }

    /// Makes the token's app get a WABA's webhooks. Doing it twice changes nothing.
    pub async fn subscribe(&self, token: &SecretString, waba_id: &str) -> Result<(), GraphTrouble> {
        self.post(token, &[waba_id, "subscribed_apps"], json!({}))
            .await?;
        Ok(())
    }
}
