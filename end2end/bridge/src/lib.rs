//! The harness of the bridge tests.
//!
//! A `World` is one sandbox and one THOTH, each the real program in a process of its own, on ports
//! nobody else has, with a database of its own on SQLite or PostgreSQL. Tests speak to both over
//! HTTP and to the database with plain SQL; no type of the product or the sandbox is used here, so
//! that a misreading on one side shows. `run` gives a test its world, `wait` waits for what must
//! come, `talk`, `templates` and `sms` say things in the pretend world and read what arrived, `panel` is a browser in
//! THOTH's panel, `load` talks of many people at once and the checker of what became of them, `chance` seeds that can be
//! repeated, `opening` what the portal posts when it opens an app's page.
//!
//! The processes end with their world, by their own ids. When a test fails, the log of its THOTH
//! is printed.

mod chance;
mod database;
pub mod facts;
mod load;
mod opening;
mod panel;
mod places;
mod plan;
mod postgres;
mod proxy;
mod run;
mod sandbox;
mod sign;
mod sms;
mod talk;
mod templates;
mod thoth;
mod wait;
mod world;

pub use chance::{chance, is_soak, short_or_full};
pub use database::{Database, Engine, Held};
pub use load::Load;
pub use opening::Opening;
pub use panel::{Panel, Shown, words};
pub use places::{binary, port};
pub use plan::Plan;
pub use postgres::{PostgresServer, Stop};
pub use proxy::Proxy;
pub use run::{run, run_as, skipped};
pub use sandbox::Sandbox;
pub use sign::signature;
pub use sms::Handled;
pub use talk::{Chat, Heard, Said};
pub use thoth::{Ran, Thoth};
pub use wait::{until, until_within};
pub use world::World;

/// Makes a test of each function, once on SQLite and once on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($case:ident),+ $(,)?) => {
        $(mod $case {
            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, super::$case);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, super::$case);
            }
        })+
    };
}
