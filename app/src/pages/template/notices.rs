//! What happened to templates and nobody has seen yet.

use leptos::prelude::*;

use super::words::notice_text;
use crate::{
    api::TemplateSeen,
    base::at,
    model::{Problem, TemplateNotice},
    text,
    ui::{Ago, FormProblem, Icon, IconName, Submit},
};

/// Each with a button that says it was seen.
#[component]
pub fn Notices(notices: Vec<TemplateNotice>, seen: ServerAction<TemplateSeen>) -> impl IntoView {
    let problem = Signal::derive(move || seen.value().get().and_then(Result::<(), Problem>::err));
    (!notices.is_empty()).then(|| {
        let lines = notices
            .into_iter()
            .map(|notice| line(notice, seen))
            .collect_view();
        view! {
            <section class="card news" data-tone="attention" aria-label=text!(template.news)>
                <ul class="news-list">{lines}</ul>
                <FormProblem problem=problem />
            </section>
        }
    })
}

fn line(notice: TemplateNotice, seen: ServerAction<TemplateSeen>) -> impl IntoView {
    let says = notice_text(&notice);
    let named = format!("{} · {}", notice.name, notice.language);
    view! {
        <li class="news-line">
            <Icon name=IconName::Attention />
            <p>
                <a href=at(&format!("/templates/{}", notice.id))>{named}</a>". "
                {says}" "<span class="muted"><Ago at=notice.at /></span>
            </p>
            <ActionForm action=seen attr:class="button-form">
                <input type="hidden" name="id" value=notice.id.to_string() />
                <Submit label=text!(template.seen) pending=seen.pending() />
            </ActionForm>
        </li>
    }
}
