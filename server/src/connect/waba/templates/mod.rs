//! The templates of a WABA are read from Meta: all pages of them, and what people are to know of a change is noted.

mod ask;
mod notice;
mod sync;

pub(super) use ask::plan_in_txn;
pub use ask::{ask_in_txn, ask_soon_in_txn, plan_all, templates_sync_ask};
pub use notice::{Standing, notice, notice_of};
pub use sync::{facts_of, sync};
