use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    closed::Closed,
    notices::Notices,
    words::{category_text, quality_text, rejection_text, status_parts, status_sentence},
};
use crate::{
    api::{TemplateChoose, TemplateOffer, TemplateSeen, template_find},
    base::at,
    live::{Topic, use_live},
    model::{ProblemCode, TemplateDetail, TemplateStatus},
    read::reading,
    text,
    ui::{
        Ago, Badge, Banner, Bubble, CopyCode, CopyLine, Empty, Fact, Failure, FormProblem,
        IconName, Loading, PageHead, SavedNote, Section, Submit, Tone, sentence,
    },
};

/// One template: what a phone shows of it, how it is sent, what Meta says of it, where it is used.
#[component]
pub fn TemplatePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Templates);
    let offer = ServerAction::<TemplateOffer>::new();
    let choose = ServerAction::<TemplateChoose>::new();
    let seen = ServerAction::<TemplateSeen>::new();
    let template = reading(
        move || {
            let acted = (
                offer.version().get(),
                choose.version().get(),
                seen.version().get(),
            );
            (id.get(), version.get(), acted)
        },
        |(id, _, _)| template_find(id),
    );
    view! {
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match template.await {
                    Ok(found) => full(found, offer, choose, seen).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(template.one) back=("/wabas".to_owned(), text!(wabas.title)) />
                        <Failure problem=problem retry=Callback::new(move |()| template.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

/// There is no such template for the visitor.
pub(super) fn missing() -> impl IntoView {
    view! {
        <PageHead title=text!(template.one) back=("/wabas".to_owned(), text!(wabas.title)) />
        <Empty
            icon=IconName::Search
            title=text!(template.missing_title)
            hint=text!(template.missing_hint)
            href="/wabas"
            action=text!(waba.to_list)
        />
    }
}

fn full(
    found: TemplateDetail,
    offer: ServerAction<TemplateOffer>,
    choose: ServerAction<TemplateChoose>,
    seen: ServerAction<TemplateSeen>,
) -> impl IntoView {
    let list = format!("/wabas/{}/templates", found.waba);
    let back = format!("{} · {}", text!(template.title), found.waba_name);
    let notices = found.notice.iter().cloned().collect();
    let looks = match (&found.preview, &found.row.unreadable) {
        (Some(preview), _) => view! { <Bubble preview=preview.clone() /> }.into_any(),
        (None, why) => {
            let why = sentence(why.as_deref().unwrap_or_default());
            view! { <Banner tone=Tone::Attention><p>{text!(template.unreadable_why, why = why)}</p></Banner> }.into_any()
        }
    };
    view! {
        <PageHead title=found.row.name.clone() back=(list, back) />
        <SavedNote />
        <Notices notices=notices seen=seen />
        <div class="beside">
            <div class="beside-main">
                <State found=found.clone() />
                {codes(&found)}
                <Offered found=found.clone() offer=offer />
                <Closed found=found.clone() choose=choose />
                <Section title=text!(waba.details)>{facts(found)}</Section>
            </div>
            <div class="beside-look">
                <h2 class="beside-title">{text!(template.preview)}</h2>
                {looks}
            </div>
        </div>
    }
}

/// What Meta says of it.
#[component]
fn State(found: TemplateDetail) -> impl IntoView {
    let (tone, icon, label) = status_parts(&found.row);
    let rejected = found.row.status == TemplateStatus::Rejected;
    let why = rejected.then(|| rejection_text(found.row.rejection.as_deref().unwrap_or_default()));
    view! {
        <Section title=text!(template.state)>
            <div class="template-state">
                <Badge tone=tone icon=icon label=label />
                <p>
                    {status_sentence(found.row.status)}" "
                    <span class="muted">{text!(template.told)}" "<Ago at=found.synced_at /></span>
                </p>
            </div>
            {why.map(|why| view! { <p><strong>{text!(template.why)}</strong>" "{why}</p> })}
        </Section>
    }
}

/// What is written to send it.
fn codes(found: &TemplateDetail) -> impl IntoView + use<> {
    found.codes.clone().map(|(chat, sms)| {
        view! {
            <Section title=text!(template.codes) hint=text!(template.codes_hint) id="codes">
                <CopyLine label=text!(template.code_chat) value=chat />
                <CopyLine label=text!(template.code_sms) value=sms />
            </Section>
        }
    })
}

/// Whether operators and robots may send it.
#[component]
fn Offered(found: TemplateDetail, offer: ServerAction<TemplateOffer>) -> impl IntoView {
    let problem = Signal::derive(move || offer.value().get().and_then(Result::err));
    let offered = found.row.offered;
    let (says, action) = if offered {
        (text!(template.offered_yes), text!(template.offer_stop))
    } else {
        (text!(template.offered_no), text!(template.offer))
    };
    view! {
        <Section title=text!(template.offered)>
            <p>{says}</p>
            <ActionForm action=offer attr:class="button-form">
                <input type="hidden" name="id" value=found.row.id.to_string() />
                {(!offered).then(|| view! { <input type="hidden" name="offered" value="true" /> })}
                <Submit label=action pending=offer.pending() />
            </ActionForm>
            <FormProblem problem=problem />
        </Section>
    }
}

fn facts(found: TemplateDetail) -> impl IntoView {
    let id = found.row.id;
    let siblings = found.siblings.into_iter().map(|(id, language)| {
        view! { <a href=at(&format!("/templates/{id}"))>{language}</a>" " }
    });
    let siblings = siblings.collect::<Vec<_>>();
    view! {
        <dl class="facts">
            <Fact label=text!(template.language)><code>{found.row.language}</code></Fact>
            {(!siblings.is_empty()).then(|| view! { <Fact label=text!(template.siblings)>{siblings}</Fact> })}
            <Fact label=text!(template.category.label)>{category_text(found.row.category)}</Fact>
            <Fact label=text!(template.quality.label)>{quality_text(found.row.quality)}</Fact>
            {found.template_id.map(|id| view! { <Fact label=text!(template.meta_id)><CopyCode value=id /></Fact> })}
            <Fact label=text!(waba.own_id)><CopyCode value=id.to_string() /></Fact>
        </dl>
        <p><a class="button" href=at(&format!("/templates/{id}/delete"))>{text!(form.delete)}</a></p>
    }
}
