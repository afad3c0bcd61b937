use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{health::lines, numbers::WabaNumbers};
use crate::{
    api::{WabaCheck, waba_find},
    base::at,
    live::{Topic, use_live},
    model::{ProblemCode, WabaDetail},
    read::reading,
    text,
    ui::{
        Banner, CopyCode, CopyLine, Empty, Fact, Failure, FormProblem, GuideLink, IconName,
        Loading, PageHead, Place, SavedNote, Section, Submit, Tone,
    },
};

/// One WABA: is it healthy, what to set at Meta, its numbers.
#[component]
pub fn WabaPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Wabas);
    let check = ServerAction::<WabaCheck>::new();
    let waba = reading(
        move || (id.get(), version.get(), check.version().get()),
        |(id, _, _)| waba_find(id),
    );
    view! {
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match waba.await {
                    Ok(detail) => full(detail, check).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(waba.title) back=list() />
                        <Failure problem=problem retry=Callback::new(move |()| waba.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

/// The way back to the list.
fn list() -> (String, String) {
    ("/wabas".to_owned(), text!(wabas.title))
}

/// There is no such WABA for the visitor.
pub(super) fn missing() -> impl IntoView {
    view! {
        <PageHead title=text!(waba.title) back=list() />
        <Empty
            icon=IconName::Search
            title=text!(waba.missing_title)
            hint=text!(waba.missing_hint)
            href="/wabas"
            action=text!(waba.to_list)
        />
    }
}

fn full(detail: WabaDetail, check: ServerAction<WabaCheck>) -> impl IntoView {
    let problem = Signal::derive(move || check.value().get().and_then(Result::err));
    let pending = check.pending();
    let id = detail.row.id;
    let numbers = detail.numbers.clone();
    let health = lines(&detail);
    view! {
        <PageHead
            title=detail.row.name.clone()
            back=list()
            action=(format!("/wabas/{id}/edit"), text!(form.edit))
        />
        <SavedNote />
        <Section title=text!(wabas.health)>
            {health}
            <div class="actions">
                <ActionForm action=check attr:class="button-form">
                    <input type="hidden" name="id" value=id.to_string() />
                    <Submit label=text!(form.check_now) pending=pending />
                </ActionForm>
                <a class="button" href=at(&format!("/wabas/{id}/delete"))>{text!(form.delete)}</a>
            </div>
            <FormProblem problem=problem />
        </Section>
        <Section title=text!(waba.templates) hint=text!(waba.templates_hint)>
            <p><a class="button" href=at(&format!("/wabas/{id}/templates"))>{text!(waba.open_templates)}</a></p>
        </Section>
        <Webhook detail=detail.clone() />
        {if numbers.is_empty() {
            view! {
                <Section title=text!(waba.numbers.title)>
                    <p class="muted">{text!(waba.numbers.none)}</p>
                    <p><a class="button" href=at(&format!("/phones/new?waba={id}"))>{text!(waba.numbers.add)}</a></p>
                </Section>
            }
            .into_any()
        } else {
            view! { <WabaNumbers waba=id numbers=numbers /> }.into_any()
        }}
        <Section title=text!(waba.details)>{facts(detail)}</Section>
    }
}

/// What to paste in Meta's dashboard, and where.
#[component]
fn Webhook(detail: WabaDetail) -> impl IntoView {
    let callback = if detail.own {
        view! { <CopyLine label=text!(wabas.callback) value=detail.callback /> }.into_any()
    } else {
        view! {
            <div class="copy-line">
                <span class="copy-line-label">{text!(wabas.callback)}</span>
                <code>{detail.callback}</code>
            </div>
            <p class="muted">{text!(waba.webhook.masked)}</p>
        }
        .into_any()
    };
    view! {
        <Section title=text!(waba.webhook.title) hint=text!(waba.webhook.hint) id="webhook">
            {callback}
            <CopyLine label=text!(wabas.verify_token) value=detail.row.verify_token />
            <p>{text!(waba.webhook.then)}" "<GuideLink place=Place::Webhook /></p>
            {(!detail.signed).then(|| view! {
                <Banner tone=Tone::Attention><p>{text!(waba.webhook.unsigned)}</p></Banner>
            })}
        </Section>
    }
}

fn facts(detail: WabaDetail) -> impl IntoView {
    let row = detail.row;
    let code = |value: String| view! { <CopyCode value=value /> }.into_any();
    let none = || view! { <span class="muted">{text!(waba.unknown)}</span> }.into_any();
    let waba_id = if row.waba_id.is_empty() {
        none()
    } else {
        code(row.waba_id)
    };
    let app_id = detail.app_id.map_or_else(none, code);
    view! {
        <dl class="facts">
            <Fact label=text!(waba.form.waba_id)>{waba_id}</Fact>
            <Fact label=text!(waba.form.app_id)>{app_id}</Fact>
            {row.owner.map(|owner| view! { <Fact label=text!(wabas.owner)>{owner}</Fact> })}
            <Fact label=text!(waba.own_id)><CopyCode value=row.id.to_string() /></Fact>
        </dl>
    }
}
