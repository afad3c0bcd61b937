//! The parts pages are made of: each looks and speaks the same wherever it stands.

mod account;
mod badge;
mod copy;
mod faces;
mod field;
mod filters;
mod frame;
mod gate;
mod health;
mod icon;
mod menu;
mod pager;
mod preferences;
mod problem;
mod question;
mod sorting;
mod time;

pub use badge::{Badge, Tone};
pub use copy::CopyCode;
pub use faces::{Empty, Failure, Loading};
pub use field::Field;
pub use filters::{Chip, Chips, SearchBox};
pub use frame::{Frame, PageHead};
pub use gate::Gate;
pub use health::HealthLine;
pub use icon::{Icon, IconName};
pub use pager::Pager;
pub use problem::problem_text;
pub use question::{address, use_question};
pub use sorting::SortHead;
pub use time::{Ago, Ahead};
