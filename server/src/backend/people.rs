//! Who may sign in, for the panel.

use super::Request;
use super::phones::slice;
use super::scope::count;
use crate::accounts::{Email, Password};
use crate::bus::Topic;
use crate::store::views::{PersonQuestion, PersonView};
use app::backend;
use app::model::{
    Account, Caller, Moment, Page, PageQuery, Permit, PersonFilter, PersonRow, PersonSort, Problem,
    ProblemCode, Role, UserId, change, see,
};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

#[async_trait]
impl backend::People for Request {
    async fn account(&self, caller: &Caller) -> Result<Account, Problem> {
        let id = caller.user.uuid();
        let key = self.accounts().webhook_key(id).await;
        let key = key.map_err(|error| self.account_problem(error))?;
        let row = self.state.store.person_find(id).await;
        let row = row.map_err(|error| self.store_problem(error))?;
        let row = row.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let public = self.state.config.public_url.as_str().trim_end_matches('/');
        let key = key.unwrap_or_default();
        Ok(Account {
            email: row.email,
            role: caller.role,
            callback_url: format!("{public}/api/waba/?api-key={}", key.expose_secret()),
            old_key_since: row.old_key_hash.and(row.key_rotated_at).map(Moment),
        })
    }

    async fn password_change(
        &self,
        _: Permit<change::Account>,
        caller: &Caller,
        current: &str,
        password: &str,
    ) -> Result<(), Problem> {
        let (accounts, address) = (self.accounts(), self.exchange.address());
        let current = SecretString::from(current);
        let password = Password::choose(&SecretString::from(password));
        let password = password.map_err(|error| self.account_problem(error))?;
        // Counted like a sign-in: whoever sits at an open browser may not guess on.
        let proven = accounts.sign_in(&caller.email, &current, address).await;
        let person = proven.map_err(|error| match self.account_problem(error) {
            problem if problem.code == ProblemCode::WrongCredentials => {
                Problem::new(ProblemCode::PasswordWrong).at("current")
            }
            problem => problem,
        })?;
        let changed = accounts.password_set(person.id, &password).await;
        changed.map_err(|error| self.account_problem(error))?;
        // All sessions ended; this browser goes on under a new one.
        let started = accounts.session_start(&self.session()?, &person).await;
        started.map_err(|error| self.account_problem(error))
    }

    async fn sign_out_everywhere(
        &self,
        _: Permit<change::Account>,
        caller: &Caller,
    ) -> Result<(), Problem> {
        let ended = self
            .accounts()
            .sign_out_everywhere(caller.user.uuid())
            .await;
        ended.map_err(|error| self.account_problem(error))?;
        let flushed = self.accounts().session_end(&self.session()?).await;
        flushed.map_err(|error| self.account_problem(error))
    }

    async fn key_rotate(&self, _: Permit<change::Account>, caller: &Caller) -> Result<(), Problem> {
        let rotated = self.accounts().key_rotate(caller.user.uuid()).await;
        rotated.map_err(|error| self.account_problem(error))?;
        self.state.bus.changed(caller.user.uuid(), Topic::Wabas);
        Ok(())
    }

    async fn key_old_off(
        &self,
        _: Permit<change::Account>,
        caller: &Caller,
    ) -> Result<(), Problem> {
        let off = self.accounts().key_old_off(caller.user.uuid()).await;
        off.map_err(|error| self.account_problem(error))?;
        self.state.bus.changed(caller.user.uuid(), Topic::Wabas);
        Ok(())
    }

    async fn list(
        &self,
        _: Permit<see::People>,
        query: PageQuery<PersonFilter>,
    ) -> Result<Page<PersonRow>, Problem> {
        let question = PersonQuestion {
            search: &query.search,
            by_age: query.sort.by == PersonSort::Added,
            descending: query.sort.descending,
            slice: slice(&query),
        };
        let found = self.state.store.people_list(&question).await;
        let (views, total) = found.map_err(|error| self.store_problem(error))?;
        Ok(Page {
            rows: views.into_iter().map(row).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all: false,
        })
    }

    async fn find(&self, _: Permit<see::People>, id: UserId) -> Result<PersonRow, Problem> {
        let found = self.state.store.person_view(id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        found
            .map(row)
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    async fn add(
        &self,
        _: Permit<change::People>,
        email: &str,
        password: &str,
        role: Role,
    ) -> Result<UserId, Problem> {
        let added = async {
            let email = Email::parse(email)?;
            let password = Password::choose(&SecretString::from(password))?;
            self.accounts()
                .person_add(email, &password, stored(role))
                .await
        };
        let person = added.await.map_err(|error| self.account_problem(error))?;
        self.state.bus.changed(person.id, Topic::People);
        Ok(UserId::new(person.id))
    }

    async fn edit(
        &self,
        _: Permit<change::People>,
        id: UserId,
        role: Role,
        password: &str,
    ) -> Result<(), Problem> {
        let edited = async {
            let password = match password {
                "" => None,
                words => Some(Password::choose(&SecretString::from(words))?),
            };
            self.accounts()
                .person_edit(id.uuid(), stored(role), password.as_ref())
                .await
        };
        edited.await.map_err(|error| self.account_problem(error))?;
        self.state.bus.changed(id.uuid(), Topic::People);
        Ok(())
    }

    async fn delete(&self, _: Permit<change::People>, id: UserId) -> Result<(), Problem> {
        let deleted = self.accounts().person_delete(id.uuid()).await;
        deleted.map_err(|error| self.account_problem(error))?;
        self.state.bus.changed(id.uuid(), Topic::People);
        Ok(())
    }
}

fn stored(role: Role) -> crate::accounts::Role {
    match role {
        Role::Admin => crate::accounts::Role::Admin,
        Role::User => crate::accounts::Role::User,
    }
}

fn row(view: PersonView) -> PersonRow {
    PersonRow {
        id: UserId::new(view.id),
        email: view.email,
        role: if view.role == "admin" {
            Role::Admin
        } else {
            Role::User
        },
        created_at: Moment(view.created_at),
        owns: count(view.owns),
    }
}
