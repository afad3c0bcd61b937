use leptos::prelude::*;

use crate::{
    model::AppValues,
    text,
    ui::{CopyCode, CopyLine, GuideLink, Place, Section},
};

/// What to type into Bitrix24's form for a local application, each with a copy button.
#[component]
pub fn Values(values: AppValues) -> impl IntoView {
    view! {
        <Section title=text!(portal.values) hint=text!(portal.values_hint)>
            <h3>{text!(portal.with_page)}</h3>
            <CopyLine label=text!(portal.handler) value=values.handler />
            <CopyLine label=text!(portal.install) value=values.install />
            <h3>{text!(portal.api_only)}</h3>
            <CopyLine label=text!(portal.both_paths) value=values.api />
            <h3>{text!(portal.permissions)}</h3>
            <p class="muted">{text!(portal.permissions_hint)}</p>
            <ul class="codes">
                {values.scopes.into_iter().map(|scope| view! { <li><CopyCode value=scope /></li> }).collect_view()}
            </ul>
            <p><GuideLink place=Place::App /></p>
        </Section>
    }
}
