//! What happened to a phone's calling, for its page.

use super::super::Request;
use super::super::scope::scope_of;
use crate::calls::settings::{KeptEvent, kept, restored_words};
use crate::store::entities::calling_event;
use crate::translate::Language;
use app::model::{CallingEvent, Moment, Permit, PhoneId, Problem, see};
use app::preferences::language_of_request;

/// Events that are shown.
const SHOWN: u64 = 200;

impl Request {
    pub(super) async fn calling_history(
        &self,
        permit: Permit<see::Calling>,
        id: PhoneId,
    ) -> Result<Vec<CallingEvent>, Problem> {
        let phone = self.phone(scope_of(&permit), id).await?;
        let found = self.state.store.calling_events(phone.id, SHOWN).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let language = Language::of_code(language_of_request());
        Ok(found.into_iter().map(|row| event(row, language)).collect())
    }
}

fn event(row: calling_event::Model, language: Language) -> CallingEvent {
    let detail: KeptEvent = kept(Some(&row.detail)).unwrap_or_default();
    CallingEvent {
        at: Moment(row.at),
        person: row.person,
        kind: row.kind,
        said: said(&detail, language),
        changes: detail.changes,
    }
}

/// Meta's code and words, and that what was before is set again.
fn said(detail: &KeptEvent, language: Language) -> Option<String> {
    let own = match (detail.code.as_str(), detail.said.as_str()) {
        ("", "") => None,
        ("", said) => Some(said.to_owned()),
        (code, "") => Some(code.to_owned()),
        (code, said) => Some(format!("{code}: {said}")),
    };
    let restored = detail.restored.then(|| restored_words(language).to_owned());
    let parts: Vec<String> = own.into_iter().chain(restored).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
