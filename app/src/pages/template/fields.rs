//! The fields of a new template, but for its buttons.

use leptos::prelude::*;

use super::words::category_text;
use crate::{
    model::{HeaderKind, SampleKind, TemplateCategory, TemplateForm, limit, place_names},
    text,
    ui::{Chosen, Draft, Typed, problem_text},
};

/// Name, category and language.
#[component]
pub fn Head(draft: Draft<TemplateForm>, languages: Vec<(String, String)>) -> impl IntoView {
    let problems = draft.problems;
    let categories = [TemplateCategory::Utility, TemplateCategory::Marketing]
        .map(|category| (category.as_str().to_owned(), category_text(category)));
    view! {
        <div class="form">
            <Typed
                name="name"
                label=text!(template.name)
                hint=text!(template.new.name_hint)
                value=draft.get(|form| form.name.clone())
                set=draft.set(|form, value| form.name = value)
                most=limit::NAME
                problems=problems
            />
            <Chosen
                name="category"
                label=text!(template.category.label)
                hint=text!(template.new.category_hint)
                options=categories.into()
                value=draft.get(|form| form.category.clone())
                set=draft.set(|form, value| form.category = value)
                problems=problems
            />
            <Chosen
                name="language"
                label=text!(template.language)
                hint=text!(template.new.language_hint)
                options=languages
                value=draft.get(|form| form.language.clone())
                set=draft.set(|form, value| form.language = value)
                problems=problems
            />
        </div>
    }
}

/// What stands above the words.
#[component]
pub fn Header(draft: Draft<TemplateForm>, takes_samples: bool) -> impl IntoView {
    let problems = draft.problems;
    let kinds = HeaderKind::ALL.map(|kind| (kind.as_str().to_owned(), header_text(kind)));
    let kind = Memo::new(move |_| draft.form.with(|form| form.header));
    let has_variable = Memo::new(move |_| {
        draft
            .form
            .with(|form| !place_names(&form.header_text).is_empty())
    });
    let example = move || {
        has_variable.get().then(|| {
            view! {
                <Typed
                    name="header_example"
                    label=text!(template.new.header_example)
                    hint=text!(template.new.example_hint)
                    value=draft.get(|form| form.header_example.clone())
                    set=draft.set(|form, value| form.header_example = value)
                    most=limit::EXAMPLE
                    problems=problems
                />
            }
        })
    };
    let rest = move || match kind.get() {
        HeaderKind::None => ().into_any(),
        HeaderKind::Location => {
            view! { <p class="muted">{text!(template.new.location_hint)}</p> }.into_any()
        }
        HeaderKind::Text => view! {
            <Typed
                name="header_text"
                label=text!(template.new.header_text)
                hint=text!(template.new.header_text_hint)
                value=draft.get(|form| form.header_text.clone())
                set=draft.set(|form, value| form.header_text = value)
                most=limit::HEADER
                problems=problems
            />
            {example}
        }
        .into_any(),
        media @ (HeaderKind::Image | HeaderKind::Video | HeaderKind::Document) => {
            sample(draft, media, takes_samples).into_any()
        }
    };
    view! {
        <div class="form">
            <Chosen
                name="header"
                label=text!(template.new.header_kind)
                options=kinds.into()
                value=draft.get(|form| form.header.as_str().to_owned())
                set=draft.set(|form, value| form.header = HeaderKind::of(&value))
                problems=problems
            />
            {rest}
        </div>
    }
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

/// The file Meta wants to see. One that was uploaded before stays, unless another is chosen.
fn sample(draft: Draft<TemplateForm>, kind: HeaderKind, takes_samples: bool) -> impl IntoView {
    let allowed = SampleKind::of(kind);
    let types = allowed
        .map(|allowed| allowed.types.join(","))
        .unwrap_or_default();
    let most = allowed.map_or(0, |allowed| allowed.most);
    let names = allowed.map(SampleKind::names).unwrap_or_default();
    let (handle, name) = draft
        .form
        .with_untracked(|form| (form.sample.clone(), form.sample_name.clone()));
    let kept = (!handle.is_empty()).then(|| text!(template.new.sample_kept, name = name.clone()));
    let problem = draft.problems.with_untracked(|problems| {
        let found = problems.iter().find(|problem| problem.is_at("file"));
        found.map(problem_text)
    });
    let wrong = problem.is_some();
    let missing = (!takes_samples)
        .then(|| view! { <p class="field-error">{text!(template.new.no_samples)}</p> });
    let hint = text!(template.new.sample_hint, kinds = names, most = most);
    let note = problem.or(kept).unwrap_or(hint);
    view! {
        <div class="field">
            <label for="file">{text!(template.new.sample)}</label>
            <input
                id="file"
                name="file"
                type="file"
                accept=types
                aria-describedby="file-note"
                aria-invalid=wrong.then_some("true")
            />
            <p id="file-note" class="field-note" class:field-error=wrong>{note}</p>
            {missing}
            <input type="hidden" name="sample" value=handle />
            <input type="hidden" name="sample_name" value=name />
        </div>
    }
}

/// The words, an example for each variable in them, and the line under them.
#[component]
pub fn Body(draft: Draft<TemplateForm>) -> impl IntoView {
    let problems = draft.problems;
    let names = Memo::new(move |_| {
        draft.form.with(|form| {
            let names = place_names(&form.body).into_iter();
            names.map(str::to_owned).collect::<Vec<_>>()
        })
    });
    let add = move |named: bool| {
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            insert(draft, named);
        }
    };
    let example = move |name: String| {
        let (field, label) = (
            TemplateForm::example_field(&name),
            format!("{{{{{name}}}}}"),
        );
        let (read, written) = (name.clone(), name);
        view! {
            <Typed
                name=field
                label=label
                value=draft.get(move |form| form.example(&read).to_owned())
                set=draft.set(move |form, value| form.set_example(&written, value))
                most=limit::EXAMPLE
                problems=problems
            />
        }
    };
    view! {
        <div class="form">
            <Typed
                name="body"
                label=text!(template.new.words)
                hint=text!(template.new.words_hint)
                value=draft.get(|form| form.body.clone())
                set=draft.set(TemplateForm::set_body)
                most=limit::BODY
                lines=6
                problems=problems
            />
            <div class="actions">
                <button type="submit" name="step" value="variable" class="button" on:click=add(false)>
                    {text!(template.new.add_number)}
                </button>
                <button type="submit" name="step" value="named" class="button" on:click=add(true)>
                    {text!(template.new.add_name)}
                </button>
            </div>
            <fieldset class="examples" hidden=move || names.with(Vec::is_empty)>
                <legend>{text!(template.new.examples)}</legend>
                <p class="muted">{text!(template.new.examples_hint)}</p>
                <div class="form">
                    <For each=move || names.get() key=|name| name.clone() children=example />
                </div>
            </fieldset>
            <Typed
                name="footer"
                label=text!(template.new.footer)
                hint=text!(template.new.footer_hint)
                value=draft.get(|form| form.footer.clone())
                set=draft.set(|form, value| form.footer = value)
                most=limit::FOOTER
                optional=true
                problems=problems
            />
        </div>
    }
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
