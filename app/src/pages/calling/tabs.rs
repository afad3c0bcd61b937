use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{base::at, text, ui::PageHead};

/// The pages of a phone's calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// How it stands, and the settings.
    Settings,
    /// The test of the server.
    Check,
    /// What stops calls.
    Why,
    /// Files for the server.
    Setup,
    /// What the server signs in with.
    Password,
    /// What happened.
    History,
}

impl Tab {
    const ALL: [Self; 6] = [
        Self::Settings,
        Self::Check,
        Self::Why,
        Self::Setup,
        Self::Password,
        Self::History,
    ];

    const fn part(self) -> &'static str {
        match self {
            Self::Settings => "",
            Self::Check => "/check",
            Self::Why => "/why",
            Self::Setup => "/setup",
            Self::Password => "/password",
            Self::History => "/history",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Settings => text!(calling.nav.settings),
            Self::Check => text!(calling.nav.check),
            Self::Why => text!(calling.nav.why),
            Self::Setup => text!(calling.nav.setup),
            Self::Password => text!(calling.nav.password),
            Self::History => text!(calling.nav.history),
        }
    }
}

/// The phone's printed id, as the address says.
pub fn use_phone() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}

/// The top line of a page of calling, and the ways to the others.
#[component]
pub fn Head(id: Memo<String>, here: Tab) -> impl IntoView {
    let phone = format!("/phones/{}", id.get_untracked());
    let calling = format!("{phone}/calling");
    let (title, back) = match here {
        Tab::Settings => (text!(calling.title), (phone, text!(phones.phone))),
        Tab::Check | Tab::Why | Tab::Setup | Tab::Password | Tab::History => {
            (here.words(), (calling.clone(), text!(calling.title)))
        }
    };
    let tabs = Tab::ALL.map(|tab| {
        let href = at(&format!("{calling}{}", tab.part()));
        let current = (tab == here).then_some("page");
        view! { <a class="chip" href=href aria-current=current>{tab.words()}</a> }
    });
    view! {
        <PageHead title=title back=back />
        <nav class="chips calling-tabs" aria-label=text!(calling.nav.label)>{tabs.collect_view()}</nav>
    }
}
