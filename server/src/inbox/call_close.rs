//! Calls whose end Meta never tells, as it may be where they go by SIP: they are closed, and may still be corrected.

use super::call_course::Course;
use super::call_follow::advance_in_txn;
use super::context::Place;
use super::reader::Understood;
use crate::state::AppState;
use crate::store::StoreError;
use uuid::Uuid;

/// After so long without news of it a call is over, in milliseconds. Meta sets no limit to a talk, and of one by SIP
/// nothing is heard while it lasts: a day is longer than people talk.
pub const SILENCE: i64 = 24 * 60 * 60 * 1000;

/// The most calls closed in one go.
const TOGETHER: u64 = 100;

/// Closes the calls that nothing was heard of for [`SILENCE`]. One that somebody took counts as answered; of one that
/// only rang nobody can say how it ended. An end that Meta tells later wins.
pub async fn close_untold(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let before = now.saturating_sub(SILENCE);
    for id in state.store.calls_untold(before, TOGETHER).await? {
        close(state, id, before, now).await?;
    }
    Ok(())
}

async fn close(state: &AppState, id: Uuid, before: i64, now: i64) -> Result<(), StoreError> {
    let txn = state.store.begin().await?;
    let Some(row) = txn.call_untold_take_in_txn(id, before).await? else {
        return Ok(());
    };
    let Some(phone) = txn.phone_find_in_txn(row.phone_id).await? else {
        return Ok(());
    };
    let portal = match phone.portal_id {
        Some(portal) => txn.portal_find_in_txn(portal).await?,
        None => None,
    };
    let (place, owner) = (Place { phone, portal }, row.owner_id);
    let (course, mut understood) = (Course::of_row(&row).untold(), Understood::default());
    advance_in_txn(&txn, &place, row, course, now, &mut understood).await?;
    txn.commit().await?;
    for target in &understood.targets {
        state.bus.delivery_came(*target);
    }
    for topic in understood.topics() {
        state.bus.changed(owner, topic);
    }
    Ok(())
}
