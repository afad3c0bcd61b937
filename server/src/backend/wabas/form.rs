//! Adding, editing and deleting a WABA.

use super::super::Request;
use super::super::scope::{count, scope_of};
use super::faults::{keep, problem};
use crate::bus::Topic;
use crate::connect::phone::{leave_sender_in_txn, off};
use crate::connect::waba::{Connection, Given, Patience, Seen, follow, fresh, inspect, meta_app};
use crate::store::entities::waba;
use crate::store::{Scope, StoreError};
use crate::vault::Place;
use app::model::{
    Owner, Permit, Problem, ProblemCode, UserId, WabaBelongings, WabaForm, WabaId, change,
};
use secrecy::SecretString;
use uuid::Uuid;

/// The most characters a name may have.
const NAME: usize = 200;

/// The most characters a token, an id or a secret may have.
const WORDS: usize = 2000;

impl Request {
    pub(super) async fn waba_add(
        &self,
        permit: Permit<change::Wabas>,
        form: WabaForm,
    ) -> Result<WabaId, Problem> {
        let form = trimmed(form);
        let kept = |problem| keep(problem, &form);
        well_formed(&form, true).map_err(kept)?;
        let owner = self.owner_of(&permit, &form.owner).await.map_err(kept)?;
        let row = fresh(&self.state.vault, owner, self.state.clock.now());
        self.waba_write(row, &form).await.map_err(kept)
    }

    pub(super) async fn waba_edit(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
        form: WabaForm,
    ) -> Result<(), Problem> {
        let form = trimmed(form);
        let kept = |problem| keep(problem, &form);
        well_formed(&form, false).map_err(kept)?;
        let row = self.waba_row(scope_of(&permit), id).await?;
        self.waba_write(row, &form).await.map_err(kept)?;
        Ok(())
    }

    /// Inspects what was given, writes it, and follows up; all within a person's patience.
    async fn waba_write(&self, row: waba::Model, form: &WabaForm) -> Result<WabaId, Problem> {
        let state = &self.state;
        let patience = Patience::of_a_person();
        let token = self.given(
            &form.access_token,
            Place::WabaAccessToken,
            row.id,
            Some(&row.access_token),
        )?;
        let same_app = form.app_id.is_empty() || Some(&form.app_id) == row.app_id.as_ref();
        let old_secret = row.app_secret.as_ref().filter(|_| same_app);
        let secret = match (&form.app_secret, old_secret) {
            (typed, None) if typed.is_empty() => None,
            (typed, old) => {
                Some(self.given(typed, Place::WabaAppSecret, row.id, old.map(Vec::as_slice))?)
            }
        };
        let app = meta_app(state).await;
        let app = app.map_err(|error| self.store_problem(error))?;
        let given = Given {
            token: &token,
            waba_id: &form.waba_id,
            app_id: &form.app_id,
            app_secret: secret.as_ref(),
        };
        let seen = inspect(&state.remotes.graph, app.as_ref(), &given, patience).await;
        let seen = seen.map_err(|fault| problem(&fault))?;
        self.free(&row, &seen).await?;
        let (owner, now) = (row.owner_id, state.clock.now());
        let mut connection = Connection {
            row: waba::Model {
                waba_id: seen.waba_id.clone(),
                name: name(form, &seen)?,
                app_id: app_id(form, &seen),
                app_secret: None,
                updated_at: now,
                ..row
            },
            seen,
        };
        connection.token(&state.vault, &token);
        if let Some(secret) = &secret {
            connection.secret(&state.vault, secret);
        }
        let id = connection.save(&state.store, now).await.map_err(|error| {
            if error.is_duplicate() {
                taken()
            } else {
                self.store_problem(error)
            }
        })?;
        state.bus.changed(owner, Topic::Wabas);
        if connection.seen.silence.is_none() {
            let followed = follow(state, id, owner, patience).await;
            followed.map_err(|error| self.store_problem(error))?;
        } else {
            state.bus.errand_came();
        }
        Ok(WabaId::new(id))
    }

    /// The secret that was typed, else the one that is kept.
    fn given(
        &self,
        typed: &str,
        place: Place,
        row: Uuid,
        kept: Option<&[u8]>,
    ) -> Result<SecretString, Problem> {
        match kept {
            Some(sealed) if typed.is_empty() => {
                self.state.vault.open(place, row, sealed).map_err(|error| {
                    tracing::error!(%error, waba = %row, "A secret of a WABA cannot be opened");
                    Problem::new(ProblemCode::FieldEmpty).at("access_token")
                })
            }
            Some(_) | None => Ok(typed.into()),
        }
    }

    /// The WABA id is no other WABA's of the owner.
    async fn free(&self, row: &waba::Model, seen: &Seen) -> Result<(), Problem> {
        if seen.waba_id.is_empty() {
            return Ok(());
        }
        let store = &self.state.store;
        let known = store.waba_by_waba_id(row.owner_id, &seen.waba_id).await;
        match known.map_err(|error| self.store_problem(error))? {
            Some(other) if other.id != row.id => Err(taken()),
            Some(_) | None => Ok(()),
        }
    }

    /// Who shall own what an admin adds; others add for themselves.
    pub(in crate::backend) async fn owner_of<A>(
        &self,
        permit: &Permit<A>,
        chosen: &str,
    ) -> Result<Uuid, Problem> {
        if let Some(owner) = permit.owner() {
            return Ok(owner.uuid());
        }
        if chosen.is_empty() {
            return Ok(self.me().await?.user.uuid());
        }
        let refused = || Problem::new(ProblemCode::NotChosen).at("owner");
        let id = chosen.parse::<UserId>().map_err(|_| refused())?;
        let person = self.state.store.person_find(id.uuid()).await;
        let person = person.map_err(|error| self.store_problem(error))?;
        person.map(|person| person.id).ok_or_else(refused)
    }

    pub(super) async fn owners_list<A>(&self, permit: &Permit<A>) -> Result<Vec<Owner>, Problem> {
        let me = self.me().await?;
        if permit.owner().is_some() {
            return Ok(vec![Owner {
                id: me.user,
                email: me.email,
                me: true,
            }]);
        }
        let people = self.state.store.people().await;
        let people = people.map_err(|error| self.store_problem(error))?;
        let owner = |id, email| Owner {
            id: UserId::new(id),
            me: UserId::new(id) == me.user,
            email,
        };
        let people = people.into_iter();
        Ok(people
            .map(|person| owner(person.id, person.email))
            .collect())
    }

    pub(super) async fn waba_belongings(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
    ) -> Result<WabaBelongings, Problem> {
        let row = self.waba_row(scope_of(&permit), id).await?;
        let found = self.state.store.waba_belongings_view(row.id).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        Ok(WabaBelongings {
            name: row.name,
            phones: count(found.phones),
            conversations: count(found.conversations),
            messages: count(found.messages),
            open: count(found.open),
        })
    }

    pub(super) async fn waba_delete(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
    ) -> Result<(), Problem> {
        let row = self.waba_row(scope_of(&permit), id).await?;
        let gone = self.waba_remove(scope_of(&permit), row.id).await;
        gone.map_err(|error| self.store_problem(error))?;
        self.state.bus.errand_came();
        for topic in [Topic::Wabas, Topic::Phones, Topic::Overview] {
            self.state.bus.changed(row.owner_id, topic);
        }
        Ok(())
    }

    /// Deletes it; the lines its phones leave are switched off by errands, and their SMS senders removed.
    async fn waba_remove(&self, scope: Scope, id: Uuid) -> Result<(), StoreError> {
        let now = self.state.clock.now();
        let phones = self.state.store.phones_of_waba(id).await?;
        let txn = self.state.store.begin().await?;
        if txn.waba_of_in_txn(scope, id).await?.is_some() {
            for phone in txn.phones_of_waba_in_txn(id).await? {
                leave_sender_in_txn(&txn, phone, now).await?;
            }
            txn.waba_delete_in_txn(id).await?;
            for errand in phones.iter().filter_map(off) {
                txn.errand_put_in_txn(&errand.row(now, now)?).await?;
            }
        }
        txn.commit().await
    }

    pub(super) async fn waba_check(
        &self,
        permit: Permit<change::Wabas>,
        id: WabaId,
    ) -> Result<(), Problem> {
        let row = self.waba_row(scope_of(&permit), id).await?;
        let patience = Patience::of_a_person();
        let followed = follow(&self.state, row.id, row.owner_id, patience).await;
        followed.map_err(|error| self.store_problem(error))
    }
}

fn taken() -> Problem {
    Problem::new(ProblemCode::WabaTaken).at("waba_id")
}

/// The name as typed, else Meta's, else the id.
fn name(form: &WabaForm, seen: &Seen) -> Result<String, Problem> {
    let found = [
        Some(form.name.clone()),
        seen.name.clone(),
        Some(seen.waba_id.clone()),
    ];
    let name = found.into_iter().flatten().find(|name| !name.is_empty());
    name.ok_or_else(|| Problem::new(ProblemCode::FieldEmpty).at("name"))
}

/// The app as typed, else the one Meta names.
fn app_id(form: &WabaForm, seen: &Seen) -> Option<String> {
    let typed = Some(form.app_id.clone()).filter(|id| !id.is_empty());
    typed.or_else(|| seen.facts.as_ref().and_then(|facts| facts.app_id.clone()))
}

fn trimmed(form: WabaForm) -> WabaForm {
    let trim = |words: String| words.trim().to_owned();
    WabaForm {
        name: trim(form.name),
        access_token: trim(form.access_token),
        waba_id: trim(form.waba_id),
        app_id: trim(form.app_id),
        app_secret: trim(form.app_secret),
        owner: trim(form.owner),
    }
}

/// What can be seen without asking Meta.
fn well_formed(form: &WabaForm, is_new: bool) -> Result<(), Problem> {
    if is_new && form.access_token.is_empty() {
        return Err(Problem::new(ProblemCode::FieldEmpty).at("access_token"));
    }
    let lengths = [
        ("name", &form.name, NAME),
        ("access_token", &form.access_token, WORDS),
        ("waba_id", &form.waba_id, 64),
        ("app_id", &form.app_id, 64),
        ("app_secret", &form.app_secret, WORDS),
    ];
    for (field, words, most) in lengths {
        if words.chars().count() > most {
            return Err(Problem::new(ProblemCode::TooLong)
                .at(field)
                .arg("most", most));
        }
    }
    if form.access_token.contains(char::is_whitespace) || !form.access_token.is_ascii() {
        return Err(Problem::new(ProblemCode::TokenMalformed).at("access_token"));
    }
    for (field, words) in [("waba_id", &form.waba_id), ("app_id", &form.app_id)] {
        if !words.chars().all(|sign| sign.is_ascii_digit()) {
            return Err(Problem::new(ProblemCode::DigitsOnly).at(field));
        }
    }
    Ok(())
}
