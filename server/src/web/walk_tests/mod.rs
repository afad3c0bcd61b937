//! The walk: every server function and every page as nobody, as another owner, as each role and from a frame.
//!
//! Three owners have the same things: an admin, Ann and Ben. Whoever has no right to Ann's things gets the refusal
//! that stands in the table, sees none of her words, and leaves her rows as they were.

mod answer;
mod downloads;
mod functions;
mod mixed;
mod pages;
mod row;
mod table;
mod things;
mod world;

pub(super) use answer::{Answer, Seat};
pub(super) use things::Things;
pub(super) use world::World;
