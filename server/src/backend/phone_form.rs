//! Adding and changing a phone.

use super::Request;
use super::scope::scope_of;
use crate::bus::Topic;
use crate::connect::name;
use crate::connect::phone::{leave_in_txn, leave_sender_in_txn};
use crate::errands::Errand;
use crate::store::entities::{phone, portal, waba, waba_number};
use crate::store::{StoreError, Txn};
use crate::vault::Place;
use crate::whatsapp::GraphTrouble;
use app::model::{
    NumberChoice, Permit, PhoneChoices, PhoneForm, PhoneId, PortalChoice, PortalId, Problem,
    ProblemCode, UserId, WabaChoice, WabaId, change, see,
};
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

/// How long a person who saves waits for Meta.
const PATIENCE: Duration = Duration::from_secs(6);

/// The most digits an id of Meta's has.
const ID_MAX: usize = 20;

impl Request {
    pub(super) async fn phone_offers(
        &self,
        permit: Permit<see::Phones>,
    ) -> Result<PhoneChoices, Problem> {
        let (store, scope) = (&self.state.store, scope_of(&permit));
        let read = async {
            let portals = store.portals(scope).await?;
            let wabas = store.wabas(scope).await?;
            let ids: Vec<Uuid> = wabas.iter().map(|waba| waba.id).collect();
            let mut free: HashMap<Uuid, Vec<waba_number::Model>> = HashMap::new();
            for number in store.waba_numbers_free(&ids).await? {
                free.entry(number.waba_id).or_default().push(number);
            }
            Ok((wabas, free, portals))
        };
        let (wabas, mut free, portals) = read.await.map_err(|error| self.store_problem(error))?;
        let wabas = wabas.into_iter().map(|waba| WabaChoice {
            id: WabaId::new(waba.id),
            name: waba.name,
            owner: UserId::new(waba.owner_id),
            numbers: free
                .remove(&waba.id)
                .unwrap_or_default()
                .into_iter()
                .map(|number| NumberChoice {
                    phone_id: number.phone_id,
                    phone: format!("+{}", number.phone.trim_start_matches('+')),
                    name: number.name,
                })
                .collect(),
        });
        let portals = portals.into_iter().map(|portal| PortalChoice {
            id: PortalId::new(portal.id),
            ready: portal.state == "ok" && !portal.member_id.is_empty(),
            owner: UserId::new(portal.owner_id),
            name: [
                portal.name.unwrap_or_default(),
                portal.domain,
                portal.client_id,
            ]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        });
        Ok(PhoneChoices {
            wabas: wabas.collect(),
            portals: portals.collect(),
        })
    }

    pub(super) async fn phone_save(
        &self,
        permit: Permit<change::Phones>,
        id: Option<PhoneId>,
        form: PhoneForm,
    ) -> Result<PhoneId, Problem> {
        let scope = scope_of(&permit);
        let not_chosen = |field| Problem::new(ProblemCode::NotChosen).at(field);
        let waba: WabaId = form.waba.parse().map_err(|_| not_chosen("waba"))?;
        let waba = self.state.store.waba_of(scope, waba.uuid()).await;
        let waba = waba.map_err(|error| self.store_problem(error))?;
        let waba = waba.ok_or_else(|| not_chosen("waba"))?;
        let number = number_read(&form.phone)?;
        let phone_id = id_read(&form.phone_id)?;
        let portal = self.chosen_portal(&permit, &form.portal, &waba).await?;
        let stored = match id {
            Some(id) => Some(self.phone(scope, id).await?),
            None => None,
        };
        let holder = self.state.store.phone_by_any_id(&phone_id).await;
        let holder = holder.map_err(|error| self.store_problem(error))?;
        if holder.is_some_and(|holder| stored.as_ref().is_none_or(|own| own.id != holder.id)) {
            return Err(Problem::new(ProblemCode::PhoneTaken).at("phone_id"));
        }
        let holder = self.state.store.phone_by_number(&number).await;
        let holder = holder.map_err(|error| self.store_problem(error))?;
        if holder.is_some_and(|holder| stored.as_ref().is_none_or(|own| own.id != holder.id)) {
            return Err(Problem::new(ProblemCode::PhoneTaken).at("phone"));
        }
        let name = self.known_to_meta(&waba, &phone_id, &number).await?;
        let now = self.state.clock.now();
        let old = stored.clone();
        let mut row =
            stored.unwrap_or_else(|| phone::Model::new(waba.owner_id, waba.id, "", "", now));
        row.owner_id = waba.owner_id;
        row.waba_id = waba.id;
        row.phone = number;
        row.phone_id = phone_id;
        row.sms_service = form.sms_service;
        row.name = name.or(row.name);
        row.updated_at = now;
        let portal = portal.map(|portal| portal.id);
        let opens_chat = form.sms_service && form.sms_opens_chat;
        let written = self
            .phone_write(old.as_ref(), &row, portal, opens_chat, now)
            .await;
        match written {
            Ok(true) => {}
            Ok(false) => return Err(Problem::new(ProblemCode::NotFound)),
            Err(error) if error.is_duplicate() => return Err(self.twice(&row).await),
            Err(error) => return Err(self.store_problem(error)),
        }
        self.state.bus.errand_came();
        self.state.bus.receipt_came();
        for topic in [Topic::Phones, Topic::Overview, Topic::Portals, Topic::Wabas] {
            self.state.bus.changed(row.owner_id, topic);
        }
        Ok(PhoneId::new(row.id))
    }

    /// Writes what the form changes with all that follows, in one transaction: the old line is switched off,
    /// the new one linked, and webhooks that waited for the phone are read again. What others wrote while
    /// Meta was asked stays. False when the phone is gone.
    async fn phone_write(
        &self,
        old: Option<&phone::Model>,
        row: &phone::Model,
        portal: Option<Uuid>,
        opens_chat: bool,
        now: i64,
    ) -> Result<bool, StoreError> {
        let txn = self.state.store.begin().await?;
        if old.is_none() {
            txn.phone_insert_in_txn(row.clone()).await?;
        } else if !txn.phone_edit_in_txn(row).await? {
            return Ok(false);
        }
        txn.phone_sms_chat_set_in_txn(row.id, opens_chat).await?;
        let is_other = old.is_none_or(|old| {
            old.phone != row.phone || old.phone_id != row.phone_id || old.waba_id != row.waba_id
        });
        if is_other {
            at_meta_in_txn(&txn, row, now).await?;
        }
        let Some(mut stored) = txn.phone_find_in_txn(row.id).await? else {
            return Ok(false);
        };
        if stored.portal_id != portal {
            leave_in_txn(&txn, &stored, now).await?;
            leave_sender_in_txn(&txn, row.id, now).await?;
            txn.phone_move_in_txn(row.id, portal, "not_linked").await?;
            stored.line_id = None;
        }
        if portal.is_some() {
            let errand = match stored.line_id {
                Some(_) if !is_other => Errand::PhoneCheck { phone: row.id },
                // The line shows the number.
                Some(_) | None => Errand::PhoneLink { phone: row.id },
            };
            txn.errand_put_in_txn(&errand.row(now, now)?).await?;
            if row.sms_service || old.is_some_and(|old| old.sms_service) {
                let sync = Errand::SenderSync { phone: row.id };
                txn.errand_put_in_txn(&sync.row(now, now)?).await?;
            }
        }
        txn.receipts_release_in_txn(row.owner_id).await?;
        txn.commit().await?;
        Ok(true)
    }

    /// The number or the id is another phone's by now: the field that is.
    async fn twice(&self, row: &phone::Model) -> Problem {
        let holder = self.state.store.phone_by_number(&row.phone).await;
        let is_number = matches!(holder, Ok(Some(other)) if other.id != row.id);
        let field = if is_number { "phone" } else { "phone_id" };
        Problem::new(ProblemCode::PhoneTaken).at(field)
    }

    async fn chosen_portal(
        &self,
        permit: &Permit<change::Phones>,
        printed: &str,
        waba: &waba::Model,
    ) -> Result<Option<portal::Model>, Problem> {
        if printed.is_empty() {
            return Ok(None);
        }
        let not_chosen = || Problem::new(ProblemCode::NotChosen).at("portal");
        let id: PortalId = printed.parse().map_err(|_| not_chosen())?;
        let portal = self
            .state
            .store
            .portal_of(scope_of(permit), id.uuid())
            .await;
        let portal = portal.map_err(|error| self.store_problem(error))?;
        let portal = portal.ok_or_else(not_chosen)?;
        if portal.owner_id != waba.owner_id {
            return Err(Problem::new(ProblemCode::PortalForeign).at("portal"));
        }
        Ok(Some(portal))
    }

    /// Asks Meta whether the id is this number's. Answers the name customers see; nothing when Meta does not answer.
    async fn known_to_meta(
        &self,
        waba: &waba::Model,
        phone_id: &str,
        number: &str,
    ) -> Result<Option<String>, Problem> {
        let token = self
            .state
            .vault
            .open(Place::WabaAccessToken, waba.id, &waba.access_token);
        let Ok(token) = token else {
            return Ok(None);
        };
        let asked = self.state.remotes.graph.phone(&token, phone_id);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(found)) => {
                let shown = found.display_phone_number.unwrap_or_default();
                if !digits(&shown).is_empty() && digits(&shown) != digits(number) {
                    let problem = Problem::new(ProblemCode::PhoneMismatch).at("phone_id");
                    return Err(problem.arg("phone", shown));
                }
                Ok(found.verified_name)
            }
            Ok(Err(GraphTrouble::Refused { error, .. })) if error.code == Some(100) => {
                let words = error.message.clone().unwrap_or_default();
                let problem = Problem::new(ProblemCode::PhoneUnreachable).at("phone_id");
                Err(problem.arg("reason", words))
            }
            // A token that no longer works is said at its WABA; the number is kept as typed.
            Ok(Err(_)) | Err(_) => Ok(None),
        }
    }
}

/// The number is another one, or another WABA's: what Meta said of it is forgotten and asked for, which
/// registers it where it has to be.
async fn at_meta_in_txn(txn: &Txn, row: &phone::Model, now: i64) -> Result<(), StoreError> {
    let said = [name::REGISTERED, name::QUALITY, name::LIMIT];
    txn.checks_drop_in_txn(row.id, Some(&said)).await?;
    let check = Errand::WabaCheck { waba: row.waba_id };
    txn.errand_put_in_txn(&check.row(now, now)?).await
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A number with its country code, as `+` and digits.
fn number_read(typed: &str) -> Result<String, Problem> {
    let invalid = || Problem::new(ProblemCode::PhoneInvalid).at("phone");
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::new(ProblemCode::FieldEmpty).at("phone"));
    }
    let with_plus = match typed.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None if typed.starts_with('+') => typed.to_owned(),
        None => format!("+{typed}"),
    };
    let found = phonenumber::parse(None, &with_plus).map_err(|_| invalid())?;
    let number = found.format().mode(phonenumber::Mode::E164).to_string();
    // Meta's own test numbers are not dialable, and are numbers all the same.
    let count = digits(&number).len();
    if (7..=15).contains(&count) {
        Ok(number)
    } else {
        Err(invalid())
    }
}

fn id_read(typed: &str) -> Result<String, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::new(ProblemCode::FieldEmpty).at("phone_id"));
    }
    let fits = typed.len() <= ID_MAX && typed.bytes().all(|byte| byte.is_ascii_digit());
    if fits {
        Ok(typed.to_owned())
    } else {
        Err(Problem::new(ProblemCode::DigitsOnly).at("phone_id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for typed in [
            "+7 727 200-01-11",
            "77272000111",
            "007 727 2000111",
            "+7(727)2000111",
        ] {
            assert_eq!(
                number_read(typed).ok().as_deref(),
                Some("+77272000111"),
                "{typed}"
            );
        }
        for typed in ["", "hello", "+", "12"] {
            assert!(
                number_read(typed).is_err_and(|problem| problem.is_at("phone")),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_phone_id_is_digits() {
        assert_eq!(id_read(" 777000111 ").ok().as_deref(), Some("777000111"));
        for typed in ["", "+77272000111", "phn_1", "123456789012345678901"] {
            assert!(id_read(typed).is_err(), "{typed}");
        }
    }
}
