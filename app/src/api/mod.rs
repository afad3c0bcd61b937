//! Server functions, one file per noun.
//!
//! Each one knows who calls, asks for a permit and makes one call of the backend. Changes
//! are POSTs; what fails carries a [`Problem`](crate::model::Problem) and its HTTP status.

mod accounts;
mod deliveries;
mod logins;
mod overview;
mod phones;
mod preferences;
mod request;
mod settings;
mod wabas;

pub use accounts::{
    CallerRead, SetupFinish, SetupPending, SignIn, SignOut, caller_read, setup_finish,
    setup_pending, sign_in, sign_out,
};
pub use deliveries::{DeliveryFind, DeliveryList, delivery_find, delivery_list};
pub use logins::{LoginConnect, LoginFind, LoginRead, login_connect, login_find, login_read};
pub use overview::{OverviewRead, overview_read};
pub use phones::{PhoneList, phone_list};
pub use preferences::{LanguageSet, ThemeSet, language_set, theme_set};
#[cfg(feature = "ssr")]
pub use request::{cookie_of, exchange};
pub use settings::{MetaAppRead, MetaAppSave, meta_app_read, meta_app_save};
pub use wabas::{
    WabaAdd, WabaBelongingsRead, WabaCheck, WabaDelete, WabaEdit, WabaFind, WabaList, WabaOwners,
    WabaSetupRead, waba_add, waba_belongings_read, waba_check, waba_delete, waba_edit, waba_find,
    waba_list, waba_owners, waba_setup_read,
};
