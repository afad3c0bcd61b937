//! What is done with a phone's calling: saved, read, settled, revealed, rotated.

use super::super::Request;
use super::super::scope::scope_of;
use crate::calls::settings::{
    Checked, KeptEvent, calling_check, form_check, rotate, save, settle_metas, settle_ours,
};
use crate::store::entities::calling;
use app::model::{
    CallingForm, CallingSaved, DriftSide, Permit, PhoneId, Problem, ProblemCode, SipCredentials,
    change,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

impl Request {
    pub(super) async fn calling_save(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
        form: CallingForm,
    ) -> Result<CallingSaved, Vec<Problem>> {
        let phone = self.phone(scope_of(&permit), id).await;
        let phone = phone.map_err(|problem| vec![problem])?;
        let checked = form_check(&form, self.state.clock.now())?;
        self.calling_write(phone.id, checked)
            .await
            .map_err(|problem| vec![problem])
    }

    async fn calling_write(&self, phone: Uuid, checked: Checked) -> Result<CallingSaved, Problem> {
        let (desk, who) = (self.calling_desk(), self.who().await);
        let work = async move { save(&desk, phone, &checked, &who).await };
        let saved = self.to_its_end(work).await?;
        Ok(CallingSaved { drift: saved.drift })
    }

    pub(super) async fn calling_read(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
    ) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let desk = self.calling_desk();
        let work = async move { calling_check(&desk, phone.id).await };
        // What could not be read is noted, and shown on the page.
        self.to_its_end(work).await.map(|_| ())
    }

    pub(super) async fn calling_settle(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
        side: DriftSide,
    ) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        match side {
            DriftSide::Ours => {
                let (desk, who) = (self.calling_desk(), self.who().await);
                let work = async move { settle_ours(&desk, phone.id, &who).await };
                self.to_its_end(work).await.map(|_| ())
            }
            DriftSide::Metas => {
                let (desk, who) = (self.calling_desk(), self.who().await);
                let work = async move { settle_metas(&desk, phone.id, &who).await };
                self.to_its_end(work).await
            }
        }
    }

    pub(super) async fn calling_reveal(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
    ) -> Result<SipCredentials, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let password = self.sip_password(phone.id).await?;
        Ok(SipCredentials {
            username: phone.phone.trim_start_matches('+').to_owned(),
            password: password.expose_secret().to_owned(),
        })
    }

    /// The SIP password, on purpose: that it was told is kept before it is.
    pub(super) async fn sip_password(&self, phone: Uuid) -> Result<SecretString, Problem> {
        let desk = self.calling_desk();
        let row = self.calling_row(phone).await?;
        let password = row.as_ref().and_then(|row| desk.password(row));
        let password = password.ok_or_else(|| Problem::new(ProblemCode::NothingToReveal))?;
        let who = self.who().await;
        let event = KeptEvent::default();
        let noted = desk.event(phone, &who, "revealed", &event);
        noted.await.map_err(|error| self.store_problem(error))?;
        Ok(password)
    }

    pub(super) async fn calling_rotate(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
    ) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let (desk, who) = (self.calling_desk(), self.who().await);
        let work = async move { rotate(&desk, phone.id, &who).await };
        self.to_its_end(work).await.map(|_| ())
    }

    /// What is kept of a phone's calling.
    pub(super) async fn calling_row(&self, phone: Uuid) -> Result<Option<calling::Model>, Problem> {
        let found = self.state.store.calling_find(phone).await;
        found.map_err(|error| self.store_problem(error))
    }
}
