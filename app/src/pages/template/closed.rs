//! The template as what phones fall back on when a customer's window is closed.

use leptos::prelude::*;

use crate::{
    api::TemplateChoose,
    base::at,
    model::{Problem, TemplateDetail, TemplatePhone, TemplateStatus},
    text,
    ui::{FormProblem, Section, Submit},
};

/// Each phone of the WABA, and whether this is its default.
#[component]
pub fn Closed(found: TemplateDetail, choose: ServerAction<TemplateChoose>) -> impl IntoView {
    let problem = Signal::derive(move || choose.value().get().and_then(Result::<(), Problem>::err));
    let id = found.row.id.to_string();
    let fits = found.row.status == TemplateStatus::Approved && found.row.unreadable.is_none();
    let alone = found.variables == 1;
    let none = found.phones.is_empty();
    let phones = found.phones.into_iter();
    let phones = phones
        .filter(|phone| fits || phone.is_default)
        .map(|phone| line(id.clone(), phone, alone, choose))
        .collect_view();
    let note = if none {
        Some(text!(template.closed.no_phone))
    } else if !fits {
        Some(text!(template.closed.not_ready))
    } else if !alone {
        Some(text!(template.closed.not_alone))
    } else {
        None
    };
    view! {
        <Section title=text!(template.closed.title) hint=text!(template.closed.hint) id="closed">
            {note.map(|note| view! { <p class="muted">{note}</p> })}
            {phones}
            <FormProblem problem=problem />
        </Section>
    }
}

fn line(
    id: String,
    phone: TemplatePhone,
    alone: bool,
    choose: ServerAction<TemplateChoose>,
) -> impl IntoView {
    let box_id = format!("when-closed-{}", phone.id);
    let says = match (phone.is_default, phone.has_other) {
        (true, _) => text!(template.closed.is_default),
        (false, true) => text!(template.closed.has_other),
        (false, false) => text!(template.closed.has_none),
    };
    let number = phone.phone.clone();
    let name = number.clone();
    let ticked = box_id.clone();
    let fields = move || {
        view! {
            <input type="hidden" name="id" value=id.clone() />
            <input type="hidden" name="phone" value=phone.id.to_string() />
        }
    };
    let chosen = fields.clone();
    let stop = phone.is_default.then(|| {
        let label = text!(template.closed.stop);
        view! {
            <ActionForm action=choose attr:class="button-form">
                {fields()}
                <Submit label=label pending=choose.pending() />
            </ActionForm>
        }
    });
    let label = if phone.is_default {
        text!(form.save)
    } else {
        text!(template.closed.choose)
    };
    view! {
        <div class="closed-phone" role="group" aria-label=name>
            <p>
                <a class="figures-tabular" href=at(&format!("/phones/{}", phone.id))>{number}</a>
                " "<span class="muted">{says}</span>
            </p>
            <div class="closed-forms">
                <ActionForm action=choose attr:class="closed-form">
                    {chosen()}
                    <input type="hidden" name="chosen" value="true" />
                    {alone.then(|| view! {
                        <label class="tick" for=ticked>
                            <input id=box_id type="checkbox" name="when_closed" value="true" checked=phone.is_default && phone.when_closed />
                            <span>{text!(template.closed.automatically)}</span>
                        </label>
                    })}
                    <Submit label=label pending=choose.pending() />
                </ActionForm>
                {stop}
            </div>
        </div>
    }
}
