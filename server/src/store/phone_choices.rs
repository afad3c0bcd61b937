//! What people chose for a phone: its default template, and what a closed window and an SMS do.

use super::{Scope, Store, StoreError, Txn};
use sea_orm::QueryResult;
use uuid::Uuid;

const COLUMNS: &str =
    "SELECT default_template, template_when_closed, sms_opens_chat FROM phone WHERE id = ?";

/// The choices of one phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhoneChoices {
    /// The template offered when the customer's window is closed.
    pub default_template: Option<Uuid>,
    /// It is sent by itself then, with the operator's text inside.
    pub template_when_closed: bool,
    /// What was sent as an SMS appears in the open line.
    pub sms_opens_chat: bool,
}

impl Store {
    /// The choices of a phone. Whoever asks has found it with its owner.
    pub async fn phone_choices(&self, phone: Uuid) -> Result<PhoneChoices, StoreError> {
        let row = self.row(COLUMNS, [phone.into()]).await?;
        row.map_or_else(|| Ok(PhoneChoices::default()), |row| read(&row))
    }

    /// Writes the choices of a phone that may be seen. False when it may not, or when the template is none of its WABA.
    pub async fn phone_choose(
        &self,
        scope: Scope,
        phone: Uuid,
        choices: PhoneChoices,
    ) -> Result<bool, StoreError> {
        if self.phone_of(scope, phone).await?.is_none() {
            return Ok(false);
        }
        let txn = self.begin().await?;
        let touched = txn
            .run(
                "UPDATE phone SET default_template = ?, template_when_closed = ?, sms_opens_chat = ? WHERE id = ? \
                 AND (CAST(? AS INTEGER) = 0 OR EXISTS \
                 (SELECT 1 FROM template t WHERE t.waba_id = phone.waba_id AND t.id = ?))",
                [
                    choices.default_template.into(),
                    choices.template_when_closed.into(),
                    choices.sms_opens_chat.into(),
                    phone.into(),
                    i32::from(choices.default_template.is_some()).into(),
                    choices.default_template.into(),
                ],
            )
            .await?;
        txn.commit().await?;
        Ok(touched == 1)
    }
}

impl Txn {
    /// The choices of a phone, as this transaction sees them.
    pub async fn phone_choices_in_txn(&self, phone: Uuid) -> Result<PhoneChoices, StoreError> {
        let row = self.row(COLUMNS, [phone.into()]).await?;
        row.map_or_else(|| Ok(PhoneChoices::default()), |row| read(&row))
    }
}

fn read(row: &QueryResult) -> Result<PhoneChoices, StoreError> {
    Ok(PhoneChoices {
        default_template: row.try_get("", "default_template")?,
        template_when_closed: row.try_get("", "template_when_closed")?,
        sms_opens_chat: row.try_get("", "sms_opens_chat")?,
    })
}
