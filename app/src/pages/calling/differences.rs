use leptos::prelude::*;

use super::words::{setting_name, valued};
use crate::{
    api::CallingSettle,
    model::{CallingDetail, Difference, Problem, SipServer},
    text,
    ui::{Badge, FormProblem, IconName, Section, Submit, Tone},
};

/// What is otherwise at Meta than it was saved here, and both ways to mend it. Nothing where all is the same.
#[component]
pub fn Drift(detail: CallingDetail, settle: ServerAction<CallingSettle>) -> impl IntoView {
    let problem = Signal::derive(move || settle.value().get().and_then(Result::<(), Problem>::err));
    let id = detail.phone.to_string();
    let way = move |side: &'static str, label: String, class: &'static str| {
        let id = id.clone();
        view! {
            <ActionForm action=settle>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="side" value=side />
                <Submit label=label pending=settle.pending() class=class />
            </ActionForm>
        }
    };
    let ways = (!detail.drift.is_empty()).then(move || {
        view! {
            <Section title=text!(calling.drift.title) hint=text!(calling.drift.hint) id="drift">
                <Differences rows=detail.drift />
                <div class="actions">
                    {way("ours", text!(calling.drift.write), "button primary")}
                    {way("metas", text!(calling.drift.keep), "button")}
                </div>
            </Section>
        }
    });
    view! {
        {ways}
        <FormProblem problem=problem />
    }
}

/// Settings with both their values, side by side.
#[component]
pub fn Differences(rows: Vec<Difference>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <td data-label=text!(calling.drift.setting)>
                    <span class="stack"><span>{setting_name(&row.field)}</span><code class="muted">{row.field}</code></span>
                </td>
                <td data-label=text!(calling.drift.ours)>{valued(&row.ours)}</td>
                <td data-label=text!(calling.drift.metas)>{valued(&row.metas)}</td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption class="sr-only">{text!(calling.drift.title)}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!(calling.drift.setting)}</th>
                    <th scope="col">{text!(calling.drift.ours)}</th>
                    <th scope="col">{text!(calling.drift.metas)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The servers Meta has for the number, of whichever apps. Nothing where there is but our own.
#[component]
pub fn Servers(servers: Vec<SipServer>) -> impl IntoView {
    let has_others = servers.iter().any(|server| !server.is_ours);
    let rows = servers.into_iter().map(|server| {
        let address = match server.port {
            Some(port) => format!("{}:{port}", server.host),
            None => server.host,
        };
        let app = match server.app {
            Some(app) => text!(calling.servers.app, app = app),
            None => text!(calling.servers.no_app),
        };
        let (tone, icon, word) = if server.is_ours {
            (Tone::Ok, IconName::Tick, text!(calling.servers.ours))
        } else {
            (
                Tone::Attention,
                IconName::Attention,
                text!(calling.servers.other),
            )
        };
        view! {
            <li class="number-line">
                <span class="stack"><strong>{address}</strong><span class="muted">{app}</span></span>
                <Badge tone=tone icon=icon label=word />
            </li>
        }
    });
    let rows = rows.collect_view();
    has_others.then(|| {
        view! {
            <Section title=text!(calling.servers.title) hint=text!(calling.servers.hint)>
                <ul class="number-list">{rows}</ul>
            </Section>
        }
    })
}
