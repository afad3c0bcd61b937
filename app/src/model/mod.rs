//! The words the panel and the server share.
//!
//! Plain data with serde and nothing else: no database, no network, no clock.
//! What is here travels between the server and the browser as JSON.

mod call;
mod caller;
mod calling;
mod calling_form;
mod calling_page;
mod check;
mod dead_letter;
mod delivery;
mod destination;
mod ids;
mod interactive;
mod interactive_form;
mod interactive_page;
mod interactive_preview;
mod meta_app;
mod overview;
mod page;
mod permit;
mod person;
mod phone;
mod phone_page;
mod placeholder;
mod portal;
mod preview;
mod problem;
mod problem_code;
mod template;
mod template_faults;
mod template_filter;
mod template_form;
mod template_limit;
mod template_parts;
mod template_words;
mod time;
mod traffic;
mod waba;

pub use call::{
    CallDay, CallDirection, CallFilter, CallOutcome, CallPermissionFilter, CallPermissionRow,
    CallPermissionSort, CallRow, CallSort, CallsPage, PermissionStatus,
};
pub use caller::{Caller, Role};
pub use calling::{
    CallingDetail, CallingError, CallingEvent, CallingSaved, ConfigFile, Difference, DriftSide,
    Pbx, Restriction, SipCredentials, SipServer, Switch, TrunkReport, TrunkStep, WhyNoCall,
};
pub use calling_form::{CallingForm, Holiday, Hours, Span, Srtp, Voicemail, Weekday};
pub use calling_page::{CallingShown, CallingState, PasswordShown, SetupShown};
pub use check::{Check, CheckState};
pub use dead_letter::{
    AuditRow, CauseDetail, CauseFilter, CauseKey, CauseRow, CauseSort, DeadLetter, DeadLetterAct,
    DeadLetterDone, TargetChoice, Which,
};
pub use delivery::{
    Attempt, DeliveryCause, DeliveryDetail, DeliveryError, DeliveryFilter, DeliveryPlaces,
    DeliveryRow, DeliverySort, DeliveryState, Direction, StateFilter,
};
pub use destination::{
    DestinationFilter, DestinationKind, DestinationNews, DestinationRow, DestinationSort,
    DestinationState, DestinationStep,
};
pub use ids::{
    BadId, CallId, CallPermissionId, ConversationId, DeliveryId, DestinationId, InteractiveId,
    LoginId, PhoneId, PortalId, TemplateId, UserId, WabaId,
};
pub use interactive::{
    InteractiveAction, InteractiveContent, InteractiveFault, InteractiveHeader, InteractiveKind,
    ListRow, ListSection, ReplyButton, hashtag, interactive_limit,
};
pub use interactive_form::{InteractiveForm, RowForm, SectionForm};
pub use interactive_page::{
    InteractiveDetail, InteractiveFilter, InteractiveFormStart, InteractiveRow, InteractiveSort,
};
pub use meta_app::{LoginFound, LoginNumber, LoginWaba, MetaAppSettings};
pub use overview::{
    Connection, Held, HeldReason, Overview, Proof, Queue, Subject, TemplateNews, Today, Verdict,
};
pub use page::{COUNTED, Filter, Page, PageQuery, Sort};
pub use permit::{Action, Permit, Scope, change, see};
pub use person::{Account, PersonFilter, PersonRow, PersonSort};
pub use phone::{LinkFilter, LinkState, PhoneFilter, PhoneRow, PhoneSort};
pub use phone_page::{
    LineChoice, LinePage, NumberChoice, PhoneChoices, PhoneDetail, PhoneForm, PhoneLoss, WabaChoice,
};
pub use placeholder::{TextPart, place_names, text_parts};
pub use portal::{
    AppValues, PortalChoice, PortalDetail, PortalFilter, PortalRow, PortalSort, PortalState,
};
pub use preview::{
    ButtonKind, MessagePreview, PreviewButton, PreviewHeader, PreviewRow, PreviewText,
};
pub use problem::Problem;
pub use problem_code::ProblemCode;
pub use template::{
    TemplateDetail, TemplateEnd, TemplateNotice, TemplatePhone, TemplateRow, TemplatesPage,
};
pub use template_filter::{TemplateFilter, TemplateSort, TemplateStatusFilter};
pub use template_form::{TemplateForm, TemplateFormStart};
pub use template_limit::{SampleKind, limit};
pub use template_parts::{HeaderKind, TemplateButton};
pub use template_words::{TemplateCategory, TemplateQuality, TemplateStatus};
pub use time::Moment;
pub use traffic::{FailureCause, Took, Traffic, TrafficSpan};
pub use waba::{
    Owner, TokenState, WabaBelongings, WabaDetail, WabaFilter, WabaForm, WabaHealth, WabaNumber,
    WabaRow, WabaSetup, WabaSort,
};
