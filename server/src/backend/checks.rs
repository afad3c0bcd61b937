//! What checks found, for pages.

use crate::store::entities::check_result;
use app::model::{Check, CheckState, Moment};

/// A stored finding as a page shows it.
pub(super) fn check(row: check_result::Model) -> Check {
    Check {
        name: row.name,
        state: match row.state.as_str() {
            "ok" => CheckState::Ok,
            "bad" => CheckState::Bad,
            _ => CheckState::Unknown,
        },
        code: row.code,
        args: serde_json::from_str(&row.args).unwrap_or_default(),
        at: Some(Moment(row.at)),
    }
}
