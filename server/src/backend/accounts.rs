//! Signing in and out, and the first admin.

use super::Request;
use crate::accounts::{Accounts, Person, Role};
use app::backend;
use app::model::{Caller, PortalId, Problem, ProblemCode, UserId};
use async_trait::async_trait;
use secrecy::SecretString;
use tower_sessions::Session;

impl Request {
    pub(super) fn accounts(&self) -> Accounts {
        let state = &self.state;
        Accounts::new(
            state.store.clone(),
            state.vault.clone(),
            state.clock.clone(),
        )
    }

    pub(super) fn session(&self) -> Result<Session, Problem> {
        self.exchange
            .session()
            .ok_or_else(|| Problem::new(ProblemCode::Internal))
    }

    async fn enter(&self, person: Person) -> Result<Caller, Problem> {
        let started = self
            .accounts()
            .session_start(&self.session()?, &person)
            .await;
        started.map_err(|error| self.account_problem(error))?;
        Ok(caller(person))
    }
}

#[async_trait]
impl backend::Accounts for Request {
    async fn sign_in(&self, email: &str, password: &str) -> Result<Caller, Problem> {
        let password = SecretString::from(password);
        let address = self.exchange.address();
        let known = self.accounts().sign_in(email, &password, address).await;
        self.enter(known.map_err(|error| self.account_problem(error))?)
            .await
    }

    async fn sign_out(&self) -> Result<(), Problem> {
        let ended = self.accounts().session_end(&self.session()?).await;
        ended.map_err(|error| self.account_problem(error))
    }

    async fn caller(&self) -> Result<Option<Caller>, Problem> {
        if let Some(key) = self.exchange.frame_key() {
            let framed = self.accounts().frame_find(&key).await;
            let framed = framed.map_err(|error| self.account_problem(error))?;
            return Ok(framed.map(|framed| Caller {
                framed_in: Some(PortalId::new(framed.portal)),
                ..caller(framed.person)
            }));
        }
        let person = self.accounts().session_person(&self.session()?).await;
        let person = person.map_err(|error| self.account_problem(error))?;
        Ok(person.map(caller))
    }

    async fn setup_pending(&self, token: &str) -> Result<bool, Problem> {
        let pending = self.accounts().setup_pending(token).await;
        pending.map_err(|error| self.account_problem(error))
    }

    async fn setup_first_admin(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> Result<Caller, Problem> {
        let password = SecretString::from(password);
        let made = self
            .accounts()
            .setup_first_admin(token, email, &password)
            .await;
        self.enter(made.map_err(|error| self.account_problem(error))?)
            .await
    }
}

fn caller(person: Person) -> Caller {
    Caller {
        user: UserId::new(person.id),
        email: person.email,
        role: match person.role {
            Role::Admin => app::model::Role::Admin,
            Role::User => app::model::Role::User,
        },
        framed_in: None,
    }
}
