//! What can be done about a phone's health: checking it now, registering it with a typed PIN.

use super::Request;
use super::scope::scope_of;
use crate::bus::Topic;
use crate::connect::name;
use crate::connect::waba::{Typed, register_typed};
use crate::errands::Errand;
use crate::store::entities::phone;
use crate::vault::Place;
use app::model::{Permit, PhoneId, Problem, ProblemCode, change};

impl Request {
    /// Asks for all checks of a phone. What Meta refused when it was to be registered is tried again, but
    /// for a wrong PIN, which only another one mends.
    pub(super) async fn phone_check_ask(&self, phone: &phone::Model) -> Result<(), Problem> {
        let mut errands = vec![
            Errand::PhoneCheck { phone: phone.id },
            Errand::WabaCheck {
                waba: phone.waba_id,
            },
        ];
        errands.extend(phone.portal_id.map(|portal| Errand::PortalCheck { portal }));
        errands.extend(
            phone
                .sms_service
                .then_some(Errand::SenderSync { phone: phone.id }),
        );
        let now = self.state.clock.now();
        let put = async {
            if self.state.store.calling_find(phone.id).await?.is_some() {
                errands.push(Errand::CallingCheck { phone: phone.id });
            }
            let known = self.state.store.checks_of(&[phone.id]).await?;
            let is_refused = known.iter().any(|found| {
                matches!(
                    found.code.as_str(),
                    "register_refused" | "number_unverified"
                )
            });
            let txn = self.state.store.begin().await?;
            if is_refused {
                txn.checks_drop_in_txn(phone.id, Some(&[name::REGISTERED]))
                    .await?;
            }
            for errand in errands {
                txn.errand_put_in_txn(&errand.row(now, now)?).await?;
            }
            txn.commit().await
        };
        put.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.errand_came();
        self.state.bus.changed(phone.owner_id, Topic::Phones);
        Ok(())
    }

    /// Registers a phone with the PIN somebody typed.
    pub(super) async fn phone_register(
        &self,
        permit: Permit<change::Phones>,
        id: PhoneId,
        pin: &str,
    ) -> Result<(), Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let pin = pin.trim();
        if pin.is_empty() {
            return Err(Problem::new(ProblemCode::FieldEmpty).at("pin"));
        }
        if pin.len() != 6 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::new(ProblemCode::PinInvalid).at("pin"));
        }
        let waba = self.state.store.waba_of(scope_of(&permit), phone.waba_id);
        let waba = waba.await.map_err(|error| self.store_problem(error))?;
        let waba = waba.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let place = Place::WabaAccessToken;
        let token = self.state.vault.open(place, waba.id, &waba.access_token);
        let token = token.map_err(|error| {
            tracing::error!(%error, waba = %waba.id, "An access token cannot be opened");
            Problem::new(ProblemCode::Internal)
        })?;
        let typed = register_typed(&self.state, &phone, &token, &pin.into()).await;
        let typed = typed.map_err(|error| self.store_problem(error))?;
        for topic in [Topic::Phones, Topic::Wabas, Topic::Overview] {
            self.state.bus.changed(phone.owner_id, topic);
        }
        let at = |code| Problem::new(code).at("pin");
        match typed {
            Typed::Registered => Ok(()),
            Typed::Wrong => Err(at(ProblemCode::PinWrong)),
            Typed::Unverified => Err(at(ProblemCode::NumberUnverified)),
            Typed::Wait(until) => Err(at(ProblemCode::RegisterLater).arg("until", until)),
            Typed::Refused(reason) => Err(Problem::new(ProblemCode::RemoteRefused)
                .arg("who", "Meta")
                .arg("reason", reason)
                .at("pin")),
            Typed::Silent(_) => Err(Problem::new(ProblemCode::RemoteSilent).arg("who", "Meta")),
        }
    }
}
