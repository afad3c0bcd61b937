use leptos::prelude::*;

use super::{Icon, IconName, menu::Menu};
use crate::{
    model::{Caller, Role},
    text,
};

/// Who is signed in, and the way out.
#[component]
pub fn AccountMenu(caller: Caller) -> impl IntoView {
    let role = match caller.role {
        Role::Admin => text!(account.admin),
        Role::User => text!(account.user),
    };
    view! {
        <Menu id="menu-account" icon=IconName::Account label=text!(account.label)>
            <p class="menu-head">
                <strong>{caller.email}</strong>
                <span class="muted">{role}</span>
            </p>
            <a class="menu-item" href="/account">{text!(account.title)}</a>
            <form method="post" action="/api/panel/sign_out">
                <button type="submit" class="menu-item">
                    <span>{text!(account.sign_out)}</span>
                    <Icon name=IconName::Leave />
                </button>
            </form>
        </Menu>
    }
}
