use leptos::prelude::*;

use super::{Icon, IconName};

/// A button that opens a small panel. The browser opens and closes it, with or without a script.
#[component]
pub fn Menu(
    /// Its id on the page.
    id: &'static str,
    icon: IconName,
    #[prop(into)] label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="menu">
            <button type="button" class="icon-button" popovertarget=id aria-label=label.clone() title=label>
                <Icon name=icon />
            </button>
            <div id=id class="menu-panel" popover="auto">{children()}</div>
        </div>
    }
}
