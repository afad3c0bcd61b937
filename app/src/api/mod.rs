//! Server functions, one file per noun.
//!
//! Each one knows who calls, asks for a permit and makes one call of the backend. Changes
//! are POSTs; what fails carries a [`Problem`](crate::model::Problem) and its HTTP status.

mod accounts;
mod calling;
mod calls;
mod deliveries;
mod interactives;
mod logins;
mod overview;
mod people;
mod phones;
mod portals;
#[cfg(feature = "ssr")]
mod posted;
mod preferences;
mod queue;
mod request;
mod settings;
mod templates;
mod wabas;

pub use accounts::{
    CallerRead, SetupFinish, SetupPending, SignIn, SignOut, caller_read, setup_finish,
    setup_pending, sign_in, sign_out,
};
pub use calling::{
    CallingBrief, CallingCheck, CallingFind, CallingHistory, CallingPassword, CallingRead,
    CallingRotate, CallingSettle, CallingSetup, CallingTrunk, CallingWhy, calling_brief,
    calling_check, calling_find, calling_history, calling_password, calling_read, calling_rotate,
    calling_settle, calling_setup, calling_trunk, calling_why,
};
pub use calls::{
    CallList, CallPermissionAsk, CallPermissionList, call_list, call_permission_ask,
    call_permission_list,
};
pub use deliveries::{
    DeliveryFind, DeliveryList, DeliveryPlacesRead, delivery_find, delivery_list, delivery_places,
};
pub use interactives::{
    InteractiveDelete, InteractiveFind, InteractiveList, InteractiveStart, interactive_delete,
    interactive_find, interactive_list, interactive_start,
};
pub use logins::{LoginConnect, LoginFind, LoginRead, login_connect, login_find, login_read};
pub use overview::{OverviewRead, TrafficRead, overview_read, traffic_read};
pub use people::{
    AccountRead, KeyOldOff, KeyRotate, PasswordChange, PersonAdd, PersonDelete, PersonEdit,
    PersonFind, PersonList, SignOutEverywhere, account_read, key_old_off, key_rotate,
    password_change, person_add, person_delete, person_edit, person_find, person_list,
    sign_out_everywhere,
};
pub use phones::{
    LinePageRead, PhoneCheck, PhoneChoicesRead, PhoneDelete, PhoneFind, PhoneLines, PhoneLink,
    PhoneList, PhoneLossRead, PhoneRegister, PhoneSave, line_page_read, phone_check,
    phone_choices_read, phone_delete, phone_find, phone_lines, phone_link, phone_list,
    phone_loss_read, phone_register, phone_save,
};
pub use portals::{
    PortalCheck, PortalDelete, PortalFind, PortalList, PortalSave, PortalValues, portal_check,
    portal_delete, portal_find, portal_list, portal_save, portal_values,
};
#[cfg(feature = "ssr")]
pub use posted::{Again, Followed, Posted, posted};
pub use preferences::{LanguageSet, ThemeSet, language_set, theme_set};
pub use queue::{
    CauseAct, CauseFind, CauseList, DeliveryDiscard, DeliveryReplay, DestinationFind,
    DestinationList, DestinationTake, cause_act, cause_find, cause_list, delivery_discard,
    delivery_replay, destination_find, destination_list, destination_step,
};
#[cfg(feature = "ssr")]
pub use request::{cookie_of, exchange};
pub use settings::{MetaAppRead, MetaAppSave, meta_app_read, meta_app_save};
pub use templates::{
    TemplateChoose, TemplateDelete, TemplateFind, TemplateList, TemplateOffer, TemplateSeen,
    TemplateStart, TemplateSync, template_choose, template_delete, template_find, template_list,
    template_offer, template_seen, template_start, template_sync,
};
pub use wabas::{
    WabaAdd, WabaBelongingsRead, WabaCheck, WabaDelete, WabaEdit, WabaFind, WabaList, WabaOwners,
    WabaSetupRead, waba_add, waba_belongings_read, waba_check, waba_delete, waba_edit, waba_find,
    waba_list, waba_owners, waba_setup_read,
};
