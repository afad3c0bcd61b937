//! What stands around every page of somebody who is signed in.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use super::{
    announce::{Announcements, Announcer},
    rooms::{FramedRooms, Rooms},
};
use crate::{
    api::caller_read,
    base::{at, is_framed},
    live::{Connection, Live, provide_live},
    model::{Caller, Role},
    read::{Reading, reading},
    text,
};

/// Who looks.
#[derive(Clone, Copy)]
pub(super) struct Visitor(pub Reading<Caller>);

/// The page whose title was last read from.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    path: Memo<String>,
    read: StoredValue<String>,
}

impl Arrival {
    /// Whether another page has come since the last time; a page that only changes is the same.
    pub fn is_new(self) -> bool {
        let path = self.path.get_untracked();
        let is_new = self.read.with_value(|read| *read != path);
        self.read.set_value(path);
        is_new
    }
}

/// How the visitor's phones are called: theirs to a user and inside Bitrix24, all of them to an admin.
pub fn phones_name() -> impl Future<Output = String> + Send {
    let visitor = expect_context::<Visitor>().0;
    let framed = is_framed();
    async move {
        let role = visitor.await.map(|caller| caller.role);
        match role {
            _ if framed => text!(phones.mine),
            Ok(Role::User) => text!(phones.mine),
            Ok(Role::Admin) | Err(_) => text!(phones.title),
        }
    }
}

/// The rooms around every page of somebody who is signed in; who is not goes to sign in.
#[component]
pub fn Frame() -> impl IntoView {
    let live = provide_live();
    let visitor = reading(|| (), |()| caller_read());
    provide_context(Visitor(visitor));
    let path = use_location().pathname;
    provide_context(Arrival {
        path,
        read: StoredValue::new(path.get_untracked()),
    });
    Announcer::provide();
    if is_framed() {
        return view! {
            <div class="framed">
                <FramedRooms />
                <main class="content" id="content" tabindex="-1">
                    <Outlet />
                </main>
                <Announcements />
            </div>
        }
        .into_any();
    }
    view! {
        <a class="skip" href="#content" rel="external">{text!(frame.skip)}</a>
        <div class="frame">
            <header class="rail">
                <a class="brand" href=at("/")><img src="/favicon.svg" alt="" width="28" height="28" />"THOTH"</a>
                <Rooms />
                <LiveNote live=live />
            </header>
            <main class="content" id="content" tabindex="-1">
                <Outlet />
            </main>
            <Announcements />
        </div>
    }
    .into_any()
}

/// Whether the page keeps itself up to date.
#[component]
fn LiveNote(live: Live) -> impl IntoView {
    let state = move || match live.connection() {
        Connection::Opening => "opening",
        Connection::Open => "open",
        Connection::Lost => "lost",
    };
    let (open, lost) = (text!(frame.live), text!(frame.live_lost));
    let says = move || match live.connection() {
        Connection::Opening => String::new(),
        Connection::Open => open.clone(),
        Connection::Lost => lost.clone(),
    };
    view! { <p class="live" data-state=state role="status">{says}</p> }
}
