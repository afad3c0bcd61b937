//! Logins with Facebook, after the way back.

use super::super::Request;
use super::faults::trouble;
use crate::bus::Topic;
use crate::connect::waba::facebook::{
    self, Choice, Found, FoundWaba, LoginError, connect, login_of,
};
use crate::store::entities::facebook_login;
use app::model::{
    LoginFound, LoginId, LoginNumber, LoginWaba, Moment, Permit, Problem, ProblemCode, WabaId,
    change,
};
use uuid::Uuid;

impl Request {
    pub(super) async fn login_found(&self, id: LoginId) -> Result<LoginFound, Problem> {
        let login = self.login_row(id).await?;
        let found = Found::read(login.found.as_deref());
        let mut wabas = Vec::new();
        for waba in found.wabas {
            wabas.push(self.login_waba(login.person_id, waba).await?);
        }
        Ok(LoginFound {
            kind: found.kind,
            ends_at: found.expires_at.map(Moment),
            wabas,
            problem: found.trouble.as_ref().map(trouble),
        })
    }

    async fn login_waba(&self, person: Uuid, waba: FoundWaba) -> Result<LoginWaba, Problem> {
        let known = self
            .state
            .store
            .waba_by_waba_id(person, &waba.waba_id)
            .await;
        let known = known.map_err(|error| self.store_problem(error))?;
        let number = |number: facebook::FoundNumber| LoginNumber {
            phone_id: number.phone_id,
            phone: format!("+{}", number.phone),
            name: number.name,
            needs_registering: number.needs_registering,
        };
        Ok(LoginWaba {
            known: known.is_some(),
            waba_id: waba.waba_id,
            name: waba.name,
            numbers: waba.numbers.into_iter().map(number).collect(),
            trouble: waba.trouble,
        })
    }

    pub(super) async fn login_look(&self, id: LoginId) -> Result<(), Problem> {
        let login = self.login_row(id).await?;
        let read = facebook::read_again(&self.state, login).await;
        read.map_err(|error| self.login_problem(error))
    }

    pub(super) async fn login_save(
        &self,
        permit: Permit<change::Logins>,
        id: LoginId,
        wabas: Vec<String>,
        numbers: Vec<String>,
        owner: &str,
    ) -> Result<Vec<WabaId>, Problem> {
        let login = self.login_row(id).await?;
        let owner = self.owner_of(&permit, owner).await?;
        let choice = Choice {
            wabas,
            numbers,
            owner,
        };
        let saved = connect(&self.state, login, &choice).await;
        let saved = saved.map_err(|error| self.login_problem(error))?;
        self.state.bus.errand_came();
        for topic in [Topic::Wabas, Topic::Phones, Topic::Overview] {
            self.state.bus.changed(owner, topic);
        }
        Ok(saved.into_iter().map(WabaId::new).collect())
    }

    /// The caller's own login.
    async fn login_row(&self, id: LoginId) -> Result<facebook_login::Model, Problem> {
        let me = self.me().await?.user.uuid();
        let found = login_of(&self.state, me, id.uuid()).await;
        found
            .map_err(|error| self.store_problem(error))?
            .ok_or_else(|| Problem::new(ProblemCode::LoginStale))
    }

    fn login_problem(&self, error: LoginError) -> Problem {
        match error {
            LoginError::NoApp => Problem::new(ProblemCode::MetaAppMissing),
            LoginError::Stale => Problem::new(ProblemCode::LoginStale),
            LoginError::NothingChosen => Problem::new(ProblemCode::NothingChosen),
            LoginError::NumberTaken(phone) => {
                Problem::new(ProblemCode::NumberTaken).arg("phone", format!("+{phone}"))
            }
            LoginError::Store(error) => self.store_problem(error),
        }
    }
}
