//! Server functions, one file per noun.
//!
//! Each one knows who calls, asks for a permit and makes one call of the backend. Changes
//! are POSTs; what fails carries a [`Problem`](crate::model::Problem) and its HTTP status.

mod accounts;
mod deliveries;
mod overview;
mod phones;
mod preferences;
mod request;

pub use accounts::{
    CallerRead, SetupFinish, SetupPending, SignIn, SignOut, caller_read, setup_finish,
    setup_pending, sign_in, sign_out,
};
pub use deliveries::{DeliveryFind, DeliveryList, delivery_find, delivery_list};
pub use overview::{OverviewRead, overview_read};
pub use phones::{PhoneList, phone_list};
pub use preferences::{LanguageSet, ThemeSet, language_set, theme_set};
#[cfg(feature = "ssr")]
pub use request::{cookie_of, exchange};
