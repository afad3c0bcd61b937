//! Pages whose code comes when the first of their room is opened: a browser begins with what everybody opens.
//!
//! The server has all of it and calls the pages as any other.

use leptos::{prelude::*, wasm_split::wasm_split};
use leptos_router::LazyRoute;

use super::*;

/// Pages of one room, whose code comes together: how it is fetched, then the name of each route, its page, and a
/// name for the way there.
macro_rules! room {
    ($room:ident by $fetch:ident: $first:ident = $entrance:ident by $door:ident, $($route:ident = $page:ident by $way:ident),* $(,)?) => {
        room! { @page [$room, preload($fetch)] $first = $entrance by $door }
        $(room! { @page [$room] $route = $page by $way })*
    };
    (@page [$($split:tt)*] $route:ident = $page:ident by $way:ident) => {
        /// The page, wherever its code is.
        pub struct $route {}

        impl LazyRoute for $route {
            fn data() -> Self {
                Self {}
            }

            async fn view(_: Self) -> AnyView {
                $way().await
            }
        }

        #[wasm_split($($split)*, wasm_split_path = ::leptos::wasm_split)]
        fn $way() -> AnyView {
            view! { <$page /> }.into_any()
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

/// Fetches what the page of this path needs, so that it can be made alive at once.
pub async fn fetch(path: &str) {
    let path = path.strip_prefix(&crate::base::base()).unwrap_or(path);
    match path.split('/').nth(1) {
        Some("users" | "account" | "settings") => fetch_people().await,
        _ => {}
    }
}
