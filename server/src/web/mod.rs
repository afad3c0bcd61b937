//! The house's front: the panel's pages and server functions, live news, assets and health.
//!
//! Owns the router, what guards it, and the shape of answers to programs. Promises: a form
//! of another site changes nothing; no page runs a script that is not ours; who is not
//! signed in learns nothing. The doors for Meta and Bitrix24 stand beside the panel, outside
//! its guard.

mod assets;
mod downloads;
mod facebook;
mod frame;
mod guard;
mod guide;
mod health;
mod invite;
mod live;
mod news;
mod numbers;
mod panel;
mod patience;
mod posted;
mod problem;
mod router;

pub use frame::frame_key;
pub use invite::invite_first_admin;
pub use router::router;

#[cfg(test)]
mod frame_tests;
#[cfg(test)]
mod posted_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
