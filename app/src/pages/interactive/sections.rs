//! The list a customer chooses from: sections with rows.

use leptos::prelude::*;

use crate::{
    model::{InteractiveForm, RowForm, SectionForm, interactive_limit as limit},
    text,
    ui::{Draft, Typed},
};

/// What opens the list, and each section of it.
#[component]
pub fn Sections(draft: Draft<InteractiveForm>) -> impl IntoView {
    let count = Memo::new(move |_| draft.form.with(|form| form.sections.len()));
    let full = Memo::new(move |_| draft.form.with(InteractiveForm::rows) >= limit::ROWS);
    let no_more = move || full.get() || count.get() >= limit::SECTIONS;
    view! {
        <Typed
            name="list_button"
            label=text!(interactive.list_button)
            hint=text!(interactive.list_button_hint)
            value=draft.get(|form| form.list_button.clone())
            set=draft.set(|form, value| form.list_button = value)
            most=limit::BUTTON
            variables=true
            problems=draft.problems
        />
        <For each=move || 0..count.get() key=|place| *place children=move |place| section(draft, place, count, full) />
        <p hidden=no_more>
            <button type="submit" name="step" value="section" class="button" on:click=draft.press(|form| form.step("section"))>
                {text!(interactive.add_section)}
            </button>
        </p>
        <p class="muted">{text!(interactive.rows_hint)}</p>
    }
}

fn section(
    draft: Draft<InteractiveForm>,
    place: usize,
    count: Memo<usize>,
    full: Memo<bool>,
) -> impl IntoView {
    let number = place + 1;
    let of = move |form: &InteractiveForm| form.sections.get(place).cloned().unwrap_or_default();
    let rows = Memo::new(move |_| draft.form.with(|form| of(form).rows.len()));
    let add = draft.press(move |form| form.step(&format!("row-{number}")));
    let drop = draft.press(move |form| form.step(&format!("drop-section-{number}")));
    view! {
        <fieldset class="part">
            <legend>{text!(interactive.section, number = number)}</legend>
            <div class="form">
                <Typed
                    name=format!("section_{number}")
                    label=text!(interactive.section_title)
                    hint=text!(interactive.section_hint)
                    value=draft.get(move |form| of(form).title)
                    set=draft.set(move |form, value| {
                        if let Some(section) = form.sections.get_mut(place) {
                            section.title = value;
                        }
                    })
                    most=limit::SECTION
                    optional=true
                    variables=true
                    problems=draft.problems
                />
                <For each=move || 0..rows.get() key=|row| *row children=move |row_place| row(draft, place, row_place, rows) />
                <div class="actions">
                    <button type="submit" name="step" value=format!("row-{number}") class="button" hidden=move || full.get() on:click=add>
                        {text!(interactive.add_row)}
                    </button>
                    <button
                        type="submit"
                        name="step"
                        value=format!("drop-section-{number}")
                        class="button quiet"
                        hidden=move || { count.get() < 2 }
                        on:click=drop
                    >
                        {text!(interactive.drop_section)}
                    </button>
                </div>
            </div>
        </fieldset>
    }
}

fn row(
    draft: Draft<InteractiveForm>,
    section: usize,
    place: usize,
    rows: Memo<usize>,
) -> impl IntoView {
    let (number, of_section) = (place + 1, section + 1);
    let field = format!("section_{of_section}_row_{number}");
    let step = format!("drop-row-{of_section}-{number}");
    let dropped = step.clone();
    let drop = draft.press(move |form| form.step(&dropped));
    let get = move |part: fn(&RowForm) -> String| {
        draft.get(move |form| {
            let rows = form
                .sections
                .get(section)
                .map(|found: &SectionForm| &found.rows);
            rows.and_then(|rows| rows.get(place))
                .map(part)
                .unwrap_or_default()
        })
    };
    let set = move |part: fn(&mut RowForm, String)| {
        draft.set(move |form, value| {
            let found = form.sections.get_mut(section);
            if let Some(row) = found.and_then(|found| found.rows.get_mut(place)) {
                part(row, value);
            }
        })
    };
    view! {
        <div class="with-drop">
            <div class="pair">
                <Typed
                    name=field.clone()
                    label=text!(interactive.row, number = number)
                    value=get(|row| row.title.clone())
                    set=set(|row, value| row.title = value)
                    most=limit::ROW
                    variables=true
                    problems=draft.problems
                />
                <Typed
                    name=format!("{field}_description")
                    label=text!(interactive.description)
                    value=get(|row| row.description.clone())
                    set=set(|row, value| row.description = value)
                    most=limit::ROW_DESCRIPTION
                    optional=true
                    variables=true
                    problems=draft.problems
                />
            </div>
            <button type="submit" name="step" value=step class="button quiet" hidden=move || { rows.get() < 2 } on:click=drop>
                {text!(template.button.remove)}
            </button>
        </div>
    }
}
