//! A phone's page and its line, for the panel.

use super::Request;
use super::checks::check;
use super::scope::{count, scope_of};
use crate::bitrix::CallError;
use crate::bitrix::lines;
use crate::connect::name;
use crate::connect::phone::line_name;
use crate::keyring::portal_keys;
use crate::store::StoreError;
use crate::store::entities::phone;
use app::model::{
    LineChoice, LinePage, Moment, Permit, PhoneDetail, PhoneId, PhoneLoss, PortalId, Problem,
    ProblemCode, WabaId, see,
};
use std::time::Duration;

/// How long a person waits for a portal.
const PATIENCE: Duration = Duration::from_secs(6);

/// The steps of linking, in their order.
const STEPS: [&str; 5] = [
    name::LINK_REGISTER,
    name::LINK_LINE,
    name::LINK_ACTIVATE,
    name::LINK_DATA,
    name::LINK_STATUS,
];

impl Request {
    /// A phone, if it may be seen.
    pub(super) async fn phone(
        &self,
        scope: crate::store::Scope,
        id: PhoneId,
    ) -> Result<phone::Model, Problem> {
        let found = self.state.store.phone_of(scope, id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        found.ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    pub(super) async fn phone_detail(
        &self,
        permit: Permit<see::Phones>,
        id: PhoneId,
    ) -> Result<PhoneDetail, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let read = self.phone_read(&permit, phone).await;
        read.map_err(|error| self.store_problem(error))?
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    async fn phone_read(
        &self,
        permit: &Permit<see::Phones>,
        phone: phone::Model,
    ) -> Result<Option<PhoneDetail>, StoreError> {
        let store = &self.state.store;
        let Some(view) = store.phone_view(scope_of(permit), phone.id).await? else {
            return Ok(None);
        };
        let waba = store.waba_find(phone.waba_id).await?;
        let mut subjects = vec![phone.id, phone.waba_id];
        subjects.extend(phone.portal_id);
        let mut checks: Vec<_> = self.checks_now(&subjects).await?;
        checks.sort_by_key(|found| STEPS.iter().position(|step| *step == found.name));
        // The portal's own registration is no step of this phone.
        checks
            .retain(|found| !STEPS.contains(&found.name.as_str()) || found.subject_id == phone.id);
        let (steps, checks): (Vec<_>, Vec<_>) = checks
            .into_iter()
            .partition(|found| STEPS.contains(&found.name.as_str()));
        let last = async |direction| store.phone_last_message(phone.id, direction).await;
        Ok(Some(PhoneDetail {
            row: self.phone_row(view),
            waba: WabaId::new(phone.waba_id),
            portal: phone.portal_id.map(PortalId::new),
            is_linking: phone.link_state == "linking",
            line_name: line_name(&phone.phone),
            sms_opens_chat: store.phone_sms_opens_chat(phone.id).await?,
            verified_at: waba.as_ref().and_then(|waba| waba.verified_at).map(Moment),
            heard_at: phone.heard_at.map(Moment),
            last_in: last("in").await?.map(Moment),
            last_out: last("out").await?.map(Moment),
            token_until: waba.and_then(|waba| waba.token_expires_at).map(Moment),
            steps: steps.into_iter().map(check).collect(),
            checks: checks.into_iter().map(check).collect(),
        }))
    }

    pub(super) async fn phone_losses(
        &self,
        permit: Permit<see::Phones>,
        id: PhoneId,
    ) -> Result<PhoneLoss, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let loss = self.state.store.phone_loss(phone.id).await;
        let loss = loss.map_err(|error| self.store_problem(error))?;
        Ok(PhoneLoss {
            phone: format!("+{}", phone.phone.trim_start_matches('+')),
            conversations: count(loss.conversations),
            messages: count(loss.messages),
        })
    }

    pub(super) async fn portal_lines(
        &self,
        permit: Permit<see::Phones>,
        id: PhoneId,
    ) -> Result<Vec<LineChoice>, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let not_ready = || Problem::new(ProblemCode::PortalNotReady);
        let portal = phone.portal_id.ok_or_else(not_ready)?;
        let portal = self
            .portal(scope_of(&permit), PortalId::new(portal))
            .await?;
        if portal.member_id.is_empty() || portal.state != "ok" {
            return Err(not_ready());
        }
        let keys = portal_keys(&self.state.vault, &portal).map_err(|_| not_ready())?;
        let asked = lines::lines(&self.state.remotes.bitrix, &keys);
        let found = tokio::time::timeout(PATIENCE, asked).await;
        let found = found.map_err(|_| silent())?;
        let found = found.map_err(|error| told(&error))?;
        let phones = self.state.store.phones_of_portal(portal.id).await;
        let phones = phones.map_err(|error| self.store_problem(error))?;
        let holder = |line: i64| {
            let other = phones
                .iter()
                .find(|other| other.line_id == Some(line) && other.id != phone.id);
            other.map(|other| other.phone.clone())
        };
        Ok(found
            .into_iter()
            .map(|line| LineChoice {
                taken_by: holder(line.id),
                id: line.id,
                name: line.name,
            })
            .collect())
    }

    pub(super) async fn line_of_frame(
        &self,
        permit: Permit<see::Phones>,
        line: i64,
    ) -> Result<LinePage, Problem> {
        let missing = || Problem::new(ProblemCode::NotFound);
        let key = self.exchange.frame_key().ok_or_else(missing)?;
        let framed = self.accounts().frame_find(&key).await;
        let framed = framed.map_err(|error| self.account_problem(error))?;
        let framed = framed.ok_or_else(missing)?;
        let portal = self
            .portal(scope_of(&permit), PortalId::new(framed.portal))
            .await?;
        let store = &self.state.store;
        let read = async {
            let linked = store
                .phone_by_line(portal.id, line, crate::connect::phone::CONNECTOR)
                .await?;
            let free = store.phones_without_line(portal.owner_id).await?;
            Ok((linked, free))
        };
        let (linked, free) = read.await.map_err(|error| self.store_problem(error))?;
        Ok(LinePage {
            line,
            phone: linked.map(|phone| PhoneId::new(phone.id)),
            free: free
                .into_iter()
                .filter(|phone| phone.portal_id.is_none_or(|id| id == portal.id))
                .map(|phone| (PhoneId::new(phone.id), phone.phone))
                .collect(),
        })
    }
}

fn silent() -> Problem {
    Problem::new(ProblemCode::RemoteSilent).arg("who", "Bitrix24")
}

fn told(error: &CallError) -> Problem {
    if error.is_outcome_unknown() || matches!(error, CallError::NotSent { .. }) {
        tracing::info!(%error, "A portal could not be asked for its lines");
        return silent();
    }
    Problem::new(ProblemCode::RemoteRefused)
        .arg("who", "Bitrix24")
        .arg("reason", error.said())
}
