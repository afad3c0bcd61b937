//! Graph calls about the settings of a number's calling.

use super::{Calling, SipPassword, passwords_take};
use crate::outside::loose;
use crate::whatsapp::{GraphClient, GraphTrouble};
use secrecy::SecretString;
use serde_json::{Value, json};

impl GraphClient {
    /// What Meta has for a number, and the SIP passwords, which stand in it no more.
    pub async fn calling(
        &self,
        token: &SecretString,
        phone_id: &str,
    ) -> Result<(Calling, Vec<SipPassword>), GraphTrouble> {
        let query = [("include_sip_credentials", "true")];
        let mut answer = self.get(token, &[phone_id, "settings"], &query).await?;
        let passwords = passwords_take(&mut answer);
        let none = json!({});
        // A number whose calling never was set may have no such object.
        let raw = loose::field(&answer, "calling").unwrap_or(&none);
        Ok((Calling::read(raw), passwords))
    }

    /// Writes a `calling` object, and nothing else: Meta takes one feature in a call.
    pub async fn calling_write(
        &self,
        token: &SecretString,
        phone_id: &str,
        calling: &Value,
    ) -> Result<(), GraphTrouble> {
        let body = json!({ "calling": calling });
        self.post(token, &[phone_id, "settings"], body).await?;
        Ok(())
    }

    /// Meta's `health_status` of a number, as it came; empty where Meta says nothing.
    pub async fn phone_health(
        &self,
        token: &SecretString,
        phone_id: &str,
    ) -> Result<Value, GraphTrouble> {
        let query = [("fields", "health_status")];
        let mut answer = self.get(token, &[phone_id], &query).await?;
        let health = answer.get_mut("health_status").map(Value::take);
        Ok(health.unwrap_or_else(|| json!({})))
    }
}
