//! What checks found, for pages.

use super::Request;
use crate::calls::trunk::proof_kept;
use crate::connect::is_stale;
use crate::store::StoreError;
use crate::store::entities::check_result;
use crate::translate::Language;
use app::model::{Check, CheckState, LinkState, Moment};
use app::preferences::language_of_request;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Request {
    /// What checks found about these subjects, as it counts now: what nobody could ask for a long time is
    /// unknown, with the time it was last known.
    pub(super) async fn checks_now(
        &self,
        subjects: &[Uuid],
    ) -> Result<Vec<check_result::Model>, StoreError> {
        let now = self.state.clock.now();
        let mut found = self.state.store.checks_of(subjects).await?;
        for row in &mut found {
            if is_stale(&row.name, &row.state, &row.code, row.at, now) {
                row.state = "unknown".to_owned();
                row.code = "stale".to_owned();
            }
        }
        Ok(found)
    }

    /// The state of a link, from its words in the database, as it counts now.
    pub(super) fn link_now(
        &self,
        word: &str,
        reason: Option<&str>,
        checked_at: Option<i64>,
    ) -> LinkState {
        let now = self.state.clock.now();
        let is_old = |at| is_stale("connector", "ok", "active", at, now);
        match word {
            "linked" if checked_at.is_some_and(is_old) => LinkState::Unchecked,
            "linked" => LinkState::Linked,
            "failed" => LinkState::Failed(reason_read(reason.unwrap_or_default(), checked_at)),
            "not_linked" => LinkState::NotLinked,
            _ => LinkState::Unchecked,
        }
    }
}

/// A stored finding as a page shows it.
pub(super) fn check(row: check_result::Model) -> Check {
    let mut args: BTreeMap<String, String> = serde_json::from_str(&row.args).unwrap_or_default();
    if let Some(words) = proof_kept(&args, Language::of_code(language_of_request())) {
        args.insert("reason".to_owned(), words);
    }
    Check {
        name: row.name,
        state: match row.state.as_str() {
            "ok" => CheckState::Ok,
            "bad" => CheckState::Bad,
            _ => CheckState::Unknown,
        },
        code: row.code,
        args,
        at: Some(Moment(row.at)),
    }
}

/// Why a link failed. Words that are no code and values are the other side's.
fn reason_read(kept: &str, at: Option<i64>) -> Check {
    #[derive(serde::Deserialize)]
    struct Kept {
        code: String,
        args: BTreeMap<String, String>,
    }
    let read = serde_json::from_str(kept).unwrap_or_else(|_| Kept {
        code: "refused".to_owned(),
        args: BTreeMap::from([("reason".to_owned(), kept.to_owned())]),
    });
    Check {
        name: "connector".to_owned(),
        state: CheckState::Bad,
        code: read.code,
        args: read.args,
        at: at.map(Moment),
    }
}
