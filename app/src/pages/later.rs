//! Pages whose code comes when the first of their room is opened: a browser begins with what everybody opens.
//!
//! The server has all of it and calls the pages as any other. What is split off, `xtask` writes beside the wasm.

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::LazyRoute;

use super::*;
use crate::{
    model::{Problem, ProblemCode},
    ui::Failure,
};

/// Pages of one room, whose code comes together: how it is fetched, then the name of each route, its page, and a
/// name for the way there.
macro_rules! room {
    ($room:ident by $fetch:ident: $($route:ident = $page:ident by $way:ident),+ $(,)?) => {
        $(room! { @page $room, $route = $page by $way })+

        /// Makes every page of the room ready to be shown at once: the code comes one time for all.
        #[cfg(feature = "hydrate")]
        async fn $fetch() -> Result<(), SplitLoaderError> {
            $($way::fetch().await?;)+
            Ok(())
        }
    };
    (@page $room:ident, $route:ident = $page:ident by $way:ident) => {
        mod $way {
            use super::{AnyView, IntoAny, SplitLoaderError, view, wasm_split};

            #[wasm_split($room, fallible, preload(#[cfg_attr(feature = "ssr", allow(dead_code))] fetch), wasm_split_path = ::leptos::wasm_split)]
            pub fn $way() -> Result<AnyView, SplitLoaderError> {
                use super::$page;
                Ok(view! { <$page /> }.into_any())
            }
        }

        /// The page, wherever its code is.
        pub struct $route {}

        impl LazyRoute for $route {
            fn data() -> Self {
                Self {}
            }

            async fn view(_: Self) -> AnyView {
                $way::$way().await.unwrap_or_else(|_| missing())
            }
        }
    };
}

room! { people by fetch_people:
    Users = UsersPage by users,
    UserNew = UserNewPage by user_new,
    User = UserPage by user,
    UserDelete = UserDeletePage by user_delete,
    Account = AccountPage by account,
    KeyNew = KeyNewPage by key_new,
    KeyOff = KeyOffPage by key_off,
    Settings = SettingsPage by settings,
}

room! { messages by fetch_messages:
    Templates = TemplatesPage by templates,
    TemplateNew = TemplateNewPage by template_new,
    Template = TemplatePage by template,
    TemplateDelete = TemplateDeletePage by template_delete,
    Interactives = InteractivesPage by interactives,
    InteractiveNew = InteractiveNewPage by interactive_new,
    Interactive = InteractivePage by interactive,
    InteractiveEdit = InteractiveEditPage by interactive_edit,
    InteractiveDelete = InteractiveDeletePage by interactive_delete,
}

room! { calls by fetch_calls:
    Calling = CallingPage by calling,
    CallingCheck = CallingCheckPage by calling_check,
    CallingWhy = CallingWhyPage by calling_why,
    CallingSetup = CallingSetupPage by calling_setup,
    CallingSetupOf = CallingSetupPage by calling_setup_of,
    CallingPassword = CallingPasswordPage by calling_password,
    CallingPasswordNew = CallingPasswordNewPage by calling_password_new,
    CallingHistory = CallingHistoryPage by calling_history,
    Calls = CallsPage by calls,
    CallPermissions = CallPermissionsPage by call_permissions,
}

room! { queue by fetch_queue:
    Deliveries = DeliveriesPage by deliveries,
    Delivery = DeliveryPage by delivery,
    DeadLetters = DeadLettersPage by dead_letters,
    Cause = CausePage by cause,
    Destinations = DestinationsPage by destinations,
    Destination = DestinationPage by destination,
}

room! { rare by fetch_rare:
    WabaNew = WabaNewPage by waba_new,
    WabaEdit = WabaEditPage by waba_edit,
    PortalNew = PortalNewPage by portal_new,
    PortalEdit = PortalEditPage by portal_edit,
    WabaConnect = WabaConnectPage by waba_connect,
    WabaDelete = WabaDeletePage by waba_delete,
    PhoneDelete = PhoneDeletePage by phone_delete,
    PhoneLine = PhoneLinePage by phone_line,
    LineOpened = LineOpenedPage by line_opened,
    PortalDelete = PortalDeletePage by portal_delete,
}

/// Fetches what the page of this path needs, so that it can be made alive at once. What cannot be fetched is said
/// where the page would stand.
#[cfg(feature = "hydrate")]
pub async fn fetch(path: &str) {
    let base = crate::base::base();
    let path = path.strip_prefix(&base).unwrap_or(path);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let _ = match parts.as_slice() {
        ["users" | "account" | "settings", ..] => fetch_people().await,
        ["templates" | "interactive", ..] | ["wabas", _, "templates", ..] => fetch_messages().await,
        ["calls", ..] | ["phones", _, "calling", ..] => fetch_calls().await,
        ["deliveries", ..] => fetch_queue().await,
        ["wabas", "connect" | "new", ..]
        | ["portals", "new"]
        | ["wabas" | "portals", _, "edit"]
        | ["wabas" | "phones" | "portals", _, "delete"]
        | ["phones", _, "line"]
        | ["lines", ..] => fetch_rare().await,
        _ => Ok(()),
    };
}

/// Stands where a page's code could not be fetched. Trying again loads the page whole.
fn missing() -> AnyView {
    let again = Callback::new(|()| {
        #[cfg(feature = "hydrate")]
        let _ = location().reload();
    });
    view! { <Failure problem=Problem::new(ProblemCode::Unreachable) retry=again /> }.into_any()
}
