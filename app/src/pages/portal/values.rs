use leptos::prelude::*;

use crate::{
    model::AppValues,
    text,
    ui::{CopyLine, GuideLink, Section},
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
            <p><code>{values.scopes.join(", ")}</code></p>
            <p><GuideLink place="install-the-app-in-bitrix24" /></p>
        </Section>
    }
}
