//! The pages, one per address.

mod calling;
mod calls;
pub mod checks;
mod deliveries;
mod delivery;
mod interactive;
pub mod later;
mod narrow;
mod not_found;
mod overview;
mod people;
mod phone;
mod phones;
mod portal;
mod portals;
mod queue;
mod settings;
mod setup;
mod sign_in;
mod template;
mod waba;
mod words;

pub use calling::{
    CallingCheckPage, CallingHistoryPage, CallingPage, CallingPasswordNewPage, CallingPasswordPage,
    CallingSetupPage, CallingWhyPage,
};
pub use calls::{CallPermissionsPage, CallsPage};
pub use deliveries::DeliveriesPage;
pub use delivery::DeliveryPage;
pub use interactive::{
    InteractiveDeletePage, InteractiveEditPage, InteractiveNewPage, InteractivePage,
    InteractivesPage,
};
pub use not_found::NotFoundPage;
pub use overview::OverviewPage;
pub use people::{
    AccountPage, KeyNewPage, KeyOffPage, UserDeletePage, UserNewPage, UserPage, UsersPage,
};
pub use phone::{
    LineOpenedPage, PhoneDeletePage, PhoneEditPage, PhoneLinePage, PhoneNewPage, PhonePage,
};
pub use phones::PhonesPage;
pub use portal::{PortalDeletePage, PortalEditPage, PortalNewPage, PortalPage};
pub use portals::PortalsPage;
pub use queue::{CausePage, DeadLettersPage, DestinationPage, DestinationsPage};
pub use settings::SettingsPage;
pub use setup::SetupPage;
pub use sign_in::SignInPage;
pub use template::{TemplateDeletePage, TemplateNewPage, TemplatePage, TemplatesPage};
pub use waba::{WabaConnectPage, WabaDeletePage, WabaEditPage, WabaNewPage, WabaPage, WabasPage};
