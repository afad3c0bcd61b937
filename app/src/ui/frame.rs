use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{A, Outlet, Redirect},
    hooks::use_location,
};

use super::{
    Icon, IconName, PrimaryLink,
    account::AccountMenu,
    preferences::{LanguageMenu, ThemeMenu},
    question::with_params,
};
use crate::{
    api::caller_read,
    base::{at, is_framed},
    live::{Connection, Live, provide_live},
    model::{Caller, Problem, ProblemCode, Role},
    text,
};

#[derive(Clone, Copy)]
struct Visitor(Resource<Result<Caller, Problem>>);

/// The rooms around every page of somebody who is signed in; who is not goes to sign in.
#[component]
pub fn Frame() -> impl IntoView {
    let live = provide_live();
    let visitor = Resource::new(|| (), |()| caller_read());
    provide_context(Visitor(visitor));
    if is_framed() {
        return view! { <Framed /> }.into_any();
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
        </div>
    }
    .into_any()
}

/// The rooms a visitor may enter. Everybody's are there at once, an admin's follow.
#[component]
fn Rooms() -> impl IntoView {
    let visitor = expect_context::<Visitor>().0;
    let role = move || visitor.get().and_then(Result::ok).map(|caller| caller.role);
    let phones = move || match role() {
        Some(Role::User) => text!(phones.mine),
        Some(Role::Admin) | None => text!(phones.title),
    };
    let admins = move || {
        (role() == Some(Role::Admin)).then(|| {
            view! {
                <Room href="/users" icon=IconName::Account label=text!(users.title) />
                <Room href="/settings" icon=IconName::Settings label=text!(settings.title) />
            }
        })
    };
    view! {
        <nav class="rooms" aria-label=text!(frame.rooms)>
            <Room href="/" exact=true icon=IconName::Overview label=text!(overview.title) />
            <A href="/phones" attr:class="room">
                <Icon name=IconName::Phone />
                <span><Transition>{phones}</Transition></span>
            </A>
            <Room href="/wabas" icon=IconName::Bubble label=text!(wabas.title) />
            <Room href="/portals" icon=IconName::Portal label=text!(portals.title) />
            <Room href="/deliveries" icon=IconName::Deliveries label=text!(deliveries.title) />
            <Transition>{admins}</Transition>
        </nav>
    }
}

/// A page inside Bitrix24: no rail and no account, only the way to the few pages one needs there.
#[component]
fn Framed() -> impl IntoView {
    view! {
        <div class="framed">
            <nav class="framed-rooms" aria-label=text!(frame.rooms)>
                <A href="/phones">{text!(phones.mine)}</A>
                <A href="/wabas">{text!(wabas.title)}</A>
                <A href="/portals">{text!(portals.title)}</A>
            </nav>
            <main class="content" id="content" tabindex="-1">
                <Outlet />
            </main>
        </div>
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
        <A href=href exact=exact attr:class="room">
            <Icon name=icon />
            <span>{label}</span>
        </A>
    }
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

/// The top line of a page: its title and what belongs to the visitor.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    /// A way back to the list this page belongs to.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// The main thing to do here: a path and its words.
    #[prop(optional, into)]
    action: Option<(String, String)>,
) -> impl IntoView {
    let tab = format!("{title} · THOTH");
    view! {
        <Title text=tab />
        <div class="top">
            <div class="top-title">
                {back.map(|(path, label)| view! {
                    <a class="back" href=at(&path)><Icon name=IconName::Back /><span>{label}</span></a>
                })}
                <h1>{title}</h1>
            </div>
            <div class="top-tools">
                {action.map(|(path, label)| view! { <PrimaryLink path=path label=label /> })}
                {(!is_framed()).then(|| view! {
                    <LanguageMenu />
                    <ThemeMenu />
                })}
                <Account />
            </div>
        </div>
    }
}

/// The account of the visitor, or the way to sign in.
#[component]
fn Account() -> impl IntoView {
    let visitor = expect_context::<Visitor>().0;
    let location = use_location();
    let sign_in = move || {
        let mut path = location.pathname.get_untracked();
        let search = location.search.get_untracked();
        if !search.is_empty() {
            path = format!("{path}?{search}");
        }
        if path == "/" {
            return "/sign-in".to_owned();
        }
        with_params("/sign-in", &[("next".to_owned(), path)])
    };
    view! {
        <Transition fallback=|| view! { <span class="icon-button" aria-hidden="true"></span> }>
            {move || {
                Suspend::new(async move {
                    match visitor.await {
                        Ok(_) if is_framed() => ().into_any(),
                        Ok(caller) => view! { <AccountMenu caller=caller /> }.into_any(),
                        Err(_) if is_framed() => {
                            view! { <p class="notice" data-tone="attention" role="alert">{text!(frame.expired)}</p> }.into_any()
                        }
                        Err(problem) if problem.code == ProblemCode::NotSignedIn => {
                            view! { <Redirect path=sign_in() /> }.into_any()
                        }
                        Err(_) => ().into_any(),
                    }
                })
            }}
        </Transition>
    }
}
