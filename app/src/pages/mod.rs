//! The pages, one per address.

mod deliveries;
mod delivery;
mod not_found;
mod overview;
mod phones;
mod settings;
mod setup;
mod sign_in;
mod waba;
mod words;

pub use deliveries::DeliveriesPage;
pub use delivery::DeliveryPage;
pub use not_found::NotFoundPage;
pub use overview::OverviewPage;
pub use phones::PhonesPage;
pub use settings::SettingsPage;
pub use setup::SetupPage;
pub use sign_in::SignInPage;
pub use waba::{WabaConnectPage, WabaDeletePage, WabaEditPage, WabaNewPage, WabaPage, WabasPage};
