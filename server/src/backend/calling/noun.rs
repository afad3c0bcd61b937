//! `app::backend::Calling`.

use super::super::Request;
use app::backend;
use app::model::{
    CallingDetail, CallingEvent, CallingForm, CallingSaved, CallingState, ConfigFile, DriftSide,
    Pbx, Permit, PhoneId, Problem, SipCredentials, TrunkReport, WhyNoCall, change, see,
};
use async_trait::async_trait;

#[async_trait]
impl backend::Calling for Request {
    async fn find(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<CallingDetail, Problem> {
        self.calling_detail(permit, phone).await
    }

    async fn brief(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<CallingState, Problem> {
        self.calling_state(permit, phone).await
    }

    async fn save(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        form: CallingForm,
    ) -> Result<CallingSaved, Vec<Problem>> {
        self.calling_save(permit, phone, form).await
    }

    async fn check(&self, permit: Permit<change::Calling>, phone: PhoneId) -> Result<(), Problem> {
        self.calling_read(permit, phone).await
    }

    async fn settle(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        side: DriftSide,
    ) -> Result<(), Problem> {
        self.calling_settle(permit, phone, side).await
    }

    async fn reveal(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
    ) -> Result<SipCredentials, Problem> {
        self.calling_reveal(permit, phone).await
    }

    async fn rotate(&self, permit: Permit<change::Calling>, phone: PhoneId) -> Result<(), Problem> {
        self.calling_rotate(permit, phone).await
    }

    async fn trunk_check(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        host: String,
        port: String,
        invite: bool,
    ) -> Result<TrunkReport, Problem> {
        self.calling_trunk(permit, phone, &host, &port, invite)
            .await
    }

    async fn config(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        pbx: Pbx,
        with_password: bool,
    ) -> Result<Vec<ConfigFile>, Problem> {
        self.calling_config(permit, phone, pbx, with_password).await
    }

    async fn history(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<Vec<CallingEvent>, Problem> {
        self.calling_history(permit, phone).await
    }

    async fn why(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<WhyNoCall, Problem> {
        self.calling_why(permit, phone).await
    }
}
