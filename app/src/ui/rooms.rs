//! The ways between the rooms of the panel.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use super::{Icon, IconName, frame::Visitor, phones_name};
use crate::{base::at, model::Role, text};

/// The rooms a visitor may enter. Everybody's are there at once, an admin's follow. On a
/// telephone four of them stand in a bar, the others behind "More".
#[component]
pub(super) fn Rooms() -> impl IntoView {
    let visitor = expect_context::<Visitor>().0;
    let role = move || visitor.get().and_then(Result::ok).map(|caller| caller.role);
    let admins = move || {
        (role() == Some(Role::Admin)).then(|| {
            view! {
                <Room href="/users" icon=IconName::Account label=text!(users.title) />
                <Room href="/settings" icon=IconName::Settings label=text!(settings.title) />
            }
        })
    };
    let phones = move || Suspend::new(phones_name());
    let path = use_location().pathname;
    let is_in_rest = move || {
        let path = path.get();
        [
            "/interactive",
            "/calls",
            "/deliveries",
            "/users",
            "/settings",
        ]
        .iter()
        .any(|room| path.starts_with(room))
    };
    let rest = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            close(rest);
        }
        path
    });
    view! {
        <nav class="rooms" aria-label=text!(frame.rooms)>
            <Room href="/" exact=true icon=IconName::Overview label=text!(overview.title) />
            <A href=at("/phones") attr:class="room">
                <Icon name=IconName::Phone />
                <span><Transition>{phones}</Transition></span>
            </A>
            <Room href="/wabas" icon=IconName::Bubble label=text!(wabas.title) />
            <Room href="/portals" icon=IconName::Portal label=text!(portals.title) />
            <button type="button" class="room rooms-more" popovertarget="more" data-current=move || is_in_rest().to_string()>
                <Icon name=IconName::More />
                <span>{text!(frame.more)}</span>
            </button>
            <div class="rooms-rest" id="more" popover="auto" node_ref=rest>
                <Room href="/interactive" icon=IconName::Message label=text!(interactive.title) />
                <Room href="/calls" icon=IconName::Call label=text!(calls.title) />
                <Room href="/deliveries" icon=IconName::Deliveries label=text!(deliveries.title) />
                <Transition>{admins}</Transition>
            </div>
        </nav>
    }
}

/// The rooms one needs inside Bitrix24.
#[component]
pub(super) fn FramedRooms() -> impl IntoView {
    view! {
        <nav class="framed-rooms" aria-label=text!(frame.rooms)>
            <A href=at("/phones") attr:class="tab">{text!(phones.mine)}</A>
            <A href=at("/wabas") attr:class="tab">{text!(wabas.title)}</A>
            <A href=at("/interactive") attr:class="tab">{text!(interactive.title)}</A>
            <A href=at("/calls") attr:class="tab">{text!(calls.title)}</A>
            <A href=at("/portals") attr:class="tab">{text!(portals.title)}</A>
        </nav>
    }
}

#[component]
fn Room(
    href: &'static str,
    #[prop(optional)] exact: bool,
    icon: IconName,
    #[prop(into)] label: String,
) -> impl IntoView {
    view! {
        <A href=at(href) exact=exact attr:class="room">
            <Icon name=icon />
            <span>{label}</span>
        </A>
    }
}

/// The rooms behind "More" have led somewhere.
#[cfg(feature = "hydrate")]
fn close(rest: NodeRef<leptos::html::Div>) {
    if let Some(rest) = rest.get_untracked() {
        let _ = rest.hide_popover();
    }
}

#[cfg(not(feature = "hydrate"))]
fn close(_rest: NodeRef<leptos::html::Div>) {}
