//! The fields of a new template, but for its buttons.

use leptos::prelude::*;

use super::{sample::sample, words::category_text};
use crate::{
    model::{HeaderKind, TemplateCategory, TemplateForm, limit, place_names},
    text,
    ui::{Chosen, Draft, Typed, each},
};

/// Name, category and language.
pub fn head(draft: Draft<TemplateForm>, languages: Vec<(String, String)>) -> AnyView {
    let categories = [TemplateCategory::Utility, TemplateCategory::Marketing]
        .map(|category| (category.as_str().to_owned(), category_text(category)));
    let name = draft.typed(
        Typed::new("name", text!(template.name))
            .hint(text!(template.new.name_hint))
            .most(limit::NAME),
        |form| form.name.clone(),
        |form, value| form.name = value,
    );
    let category = draft.chosen(
        Chosen::new(
            "category",
            text!(template.category.label),
            categories.into(),
        )
        .hint(text!(template.new.category_hint)),
        |form| form.category.clone(),
        |form, value| form.category = value,
    );
    let language = draft.chosen(
        Chosen::new("language", text!(template.language), languages)
            .hint(text!(template.new.language_hint)),
        |form| form.language.clone(),
        |form, value| form.language = value,
    );
    view! { <div class="form">{name}{category}{language}</div> }.into_any()
}

/// What stands above the words.
pub fn header(draft: Draft<TemplateForm>, takes_samples: bool) -> AnyView {
    let kinds = HeaderKind::ALL.map(|kind| (kind.as_str().to_owned(), header_text(kind)));
    let kind = draft.get(|form| form.header.as_str().to_owned());
    let choice = draft.chosen(
        Chosen::new("header", text!(template.new.header_kind), kinds.into()),
        |form| form.header.as_str().to_owned(),
        |form, value| form.header = HeaderKind::of(&value),
    );
    let rest = move || match HeaderKind::of(&kind.get()) {
        HeaderKind::None => ().into_any(),
        HeaderKind::Location => {
            view! { <p class="muted">{text!(template.new.location_hint)}</p> }.into_any()
        }
        HeaderKind::Text => line(draft),
        media @ (HeaderKind::Image | HeaderKind::Video | HeaderKind::Document) => {
            sample(draft, media, takes_samples)
        }
    };
    view! { <div class="form">{choice}{rest}</div> }.into_any()
}

/// The header's line, and the example of the variable in it.
fn line(draft: Draft<TemplateForm>) -> AnyView {
    let variables = draft.count(|form| place_names(&form.header_text).len());
    let example = move || {
        (variables.get() > 0).then(|| {
            draft.typed(
                Typed::new("header_example", text!(template.new.header_example))
                    .hint(text!(template.new.example_hint))
                    .most(limit::EXAMPLE),
                |form| form.header_example.clone(),
                |form, value| form.header_example = value,
            )
        })
    };
    let line = draft.typed(
        Typed::new("header_text", text!(template.new.header_text))
            .hint(text!(template.new.header_text_hint))
            .most(limit::HEADER),
        |form| form.header_text.clone(),
        |form, value| form.header_text = value,
    );
    view! { {line}{example} }.into_any()
}

/// What stands above the words, as one says it.
fn header_text(kind: HeaderKind) -> String {
    match kind {
        HeaderKind::None => text!(template.new.no_header),
        HeaderKind::Text => text!(template.new.text_header),
        HeaderKind::Image => text!(bubble.image),
        HeaderKind::Video => text!(bubble.video),
        HeaderKind::Document => text!(bubble.document),
        HeaderKind::Location => text!(bubble.location),
    }
}

/// The words, an example for each variable in them, and the line under them.
pub fn body(draft: Draft<TemplateForm>) -> AnyView {
    let count = draft.count(|form| place_names(&form.body).len());
    let names = move || {
        draft.form.with(|form| {
            let names = place_names(&form.body).into_iter();
            names.map(str::to_owned).collect()
        })
    };
    let words = draft.typed(
        Typed::new("body", text!(template.new.words))
            .hint(text!(template.new.words_hint))
            .most(limit::BODY)
            .lines(6),
        |form| form.body.clone(),
        TemplateForm::set_body,
    );
    let footer = draft.typed(
        Typed::new("footer", text!(template.new.footer))
            .hint(text!(template.new.footer_hint))
            .most(limit::FOOTER)
            .optional(),
        |form| form.footer.clone(),
        |form, value| form.footer = value,
    );
    view! {
        <div class="form">
            {words}
            <div class="actions">
                {add(draft, "variable", text!(template.new.add_number))}
                {add(draft, "named", text!(template.new.add_name))}
            </div>
            <fieldset class="examples" hidden=move || { count.get() == 0 }>
                <legend>{text!(template.new.examples)}</legend>
                <p class="muted">{text!(template.new.examples_hint)}</p>
                <div class="form">
                    {each(names, move |name| example(draft, name))}
                </div>
            </fieldset>
            {footer}
        </div>
    }
    .into_any()
}

/// A button that puts a variable into the words.
fn add(draft: Draft<TemplateForm>, step: &'static str, label: String) -> AnyView {
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        insert(draft, step == "named");
    };
    view! { <button type="submit" name="step" value=step class="button" on:click=press>{label}</button> }
        .into_any()
}

fn example(draft: Draft<TemplateForm>, name: String) -> AnyView {
    let label = format!("{{{{{name}}}}}");
    let (read, written) = (name.clone(), name.clone());
    draft.typed(
        Typed::new(TemplateForm::example_field(&name), label).most(limit::EXAMPLE),
        move |form| form.example(&read).to_owned(),
        move |form, value| form.set_example(&written, value),
    )
}

/// Puts a variable where the cursor is, and the cursor behind it.
#[cfg(feature = "hydrate")]
fn insert(draft: Draft<TemplateForm>, named: bool) {
    use wasm_bindgen::JsCast;
    let area = document()
        .get_element_by_id("body")
        .and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let length = draft
        .form
        .with_untracked(|form| form.body.encode_utf16().count());
    let place = area
        .as_ref()
        .and_then(|area| area.selection_end().ok().flatten());
    let place = place.map_or(length, |place| usize::try_from(place).unwrap_or(length));
    // Browsers count in UTF-16.
    let after = draft.form.with_untracked(|form| {
        let mut units = 0;
        let before = form.body.chars().take_while(|sign| {
            units += sign.len_utf16();
            units <= place
        });
        before.count()
    });
    let mut end = 0;
    draft
        .form
        .update(|form| end = form.add_variable(named, after));
    let units = draft.form.with_untracked(|form| {
        let before = form.body.chars().take(end).map(char::len_utf16);
        before.sum::<usize>()
    });
    let Some(area) = area else {
        return;
    };
    let units = u32::try_from(units).unwrap_or(u32::MAX);
    request_animation_frame(move || {
        let _ = area.focus();
        let _ = area.set_selection_range(units, units);
    });
}

#[cfg(not(feature = "hydrate"))]
fn insert(_draft: Draft<TemplateForm>, _named: bool) {}
