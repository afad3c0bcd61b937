//! Calling of phones for the panel.

use super::Request;
use app::backend;
use app::model::{
    CallingDetail, CallingEvent, CallingForm, CallingSaved, ConfigFile, DriftSide, Pbx, Permit,
    PhoneId, Problem, ProblemCode, SipCredentials, TrunkReport, WhyNoCall, change, see,
};
use async_trait::async_trait;

fn missing() -> Problem {
    Problem::new(ProblemCode::NotFound)
}

#[async_trait]
impl backend::Calling for Request {
    async fn find(&self, _: Permit<see::Calling>, _: PhoneId) -> Result<CallingDetail, Problem> {
        Err(missing())
    }

    async fn save(
        &self,
        _: Permit<change::Calling>,
        _: PhoneId,
        _: CallingForm,
    ) -> Result<CallingSaved, Vec<Problem>> {
        Err(vec![missing()])
    }

    async fn check(&self, _: Permit<change::Calling>, _: PhoneId) -> Result<(), Problem> {
        Err(missing())
    }

    async fn settle(
        &self,
        _: Permit<change::Calling>,
        _: PhoneId,
        _: DriftSide,
    ) -> Result<(), Problem> {
        Err(missing())
    }

    async fn reveal(
        &self,
        _: Permit<change::Calling>,
        _: PhoneId,
    ) -> Result<SipCredentials, Problem> {
        Err(missing())
    }

    async fn rotate(&self, _: Permit<change::Calling>, _: PhoneId) -> Result<(), Problem> {
        Err(missing())
    }

    async fn trunk_check(
        &self,
        _: Permit<change::Calling>,
        _: PhoneId,
        _: String,
        _: String,
        _: bool,
    ) -> Result<TrunkReport, Problem> {
        Err(missing())
    }

    async fn config(
        &self,
        _: Permit<change::Calling>,
        _: PhoneId,
        _: Pbx,
        _: bool,
    ) -> Result<Vec<ConfigFile>, Problem> {
        Err(missing())
    }

    async fn history(
        &self,
        _: Permit<see::Calling>,
        _: PhoneId,
    ) -> Result<Vec<CallingEvent>, Problem> {
        Err(missing())
    }

    async fn why(&self, _: Permit<see::Calling>, _: PhoneId) -> Result<WhyNoCall, Problem> {
        Err(missing())
    }
}
