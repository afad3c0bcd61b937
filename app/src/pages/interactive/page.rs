use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::words::kind_text;
use crate::{
    api::interactive_find,
    base::at,
    live::{Topic, use_live},
    model::{InteractiveDetail, ProblemCode},
    read::reading,
    text,
    ui::{
        Ago, Banner, Bubble, CopyCode, CopyLine, Empty, Fact, Failure, IconName, Loading, PageHead,
        SavedNote, Section, Tone,
    },
};

/// One interactive message: what a phone shows of it, and how it is sent.
#[component]
pub fn InteractivePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Templates);
    let found = reading(
        move || (id.get(), version.get()),
        |(id, _)| interactive_find(id),
    );
    view! {
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(found) => full(found).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(interactive.one) back=list() />
                        <Failure problem=problem retry=Callback::new(move |()| found.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

/// The way back to the list.
pub(super) fn list() -> (String, String) {
    ("/interactive".to_owned(), text!(interactive.title))
}

/// There is no such message for the visitor.
pub(super) fn missing() -> impl IntoView {
    view! {
        <PageHead title=text!(interactive.one) back=list() />
        <Empty
            icon=IconName::Search
            title=text!(interactive.missing_title)
            hint=text!(interactive.missing_hint)
            href="/interactive"
            action=text!(interactive.to_list)
        />
    }
}

fn full(found: InteractiveDetail) -> impl IntoView {
    let row = found.row;
    let id = row.id;
    let edit = row
        .own
        .then(|| (format!("/interactive/{id}/edit"), text!(form.edit)));
    let head = match edit {
        Some(edit) => {
            view! { <PageHead title=row.name.clone() back=list() action=edit /> }.into_any()
        }
        None => view! { <PageHead title=row.name.clone() back=list() /> }.into_any(),
    };
    let looks = match found.preview {
        Some(preview) => view! { <Bubble preview=preview /> }.into_any(),
        None => {
            view! { <Banner tone=Tone::Attention><p>{text!(interactive.unreadable)}</p></Banner> }
                .into_any()
        }
    };
    let hint = if found.has_variables {
        text!(interactive.code_variables)
    } else {
        text!(interactive.code_hint)
    };
    let delete = row.own.then(|| {
        view! { <p><a class="button" href=at(&format!("/interactive/{id}/delete"))>{text!(form.delete)}</a></p> }
    });
    view! {
        {head}
        <SavedNote />
        <div class="beside">
            <div class="beside-main">
                <Section title=text!(template.codes) hint=hint>
                    <CopyLine label=text!(template.code_chat) value=found.code />
                    {row.hashtag.map(|hashtag| view! { <CopyLine label=text!(interactive.by_hashtag) value=hashtag /> })}
                </Section>
                <Section title=text!(waba.details)>
                    <dl class="facts">
                        <Fact label=text!(interactive.kind.label)>{kind_text(row.kind)}</Fact>
                        <Fact label=text!(interactive.place)>{row.portal.unwrap_or_else(|| text!(interactive.shared))}</Fact>
                        {row.owner.map(|owner| view! { <Fact label=text!(wabas.owner)>{owner}</Fact> })}
                        <Fact label=text!(interactive.updated)><Ago at=row.updated_at /></Fact>
                        <Fact label=text!(waba.own_id)><CopyCode value=id.to_string() /></Fact>
                    </dl>
                    {delete}
                </Section>
            </div>
            <div class="beside-look">
                <h2 class="beside-title">{text!(template.preview)}</h2>
                {looks}
            </div>
        </div>
    }
}
