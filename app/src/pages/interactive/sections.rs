//! The list a customer chooses from: sections with rows.

use leptos::prelude::*;

use crate::{
    model::{InteractiveForm, RowForm, interactive_limit as limit},
    text,
    ui::{Draft, Typed, each_of},
};

/// What opens the list, and each section of it.
pub fn sections(draft: Draft<InteractiveForm>) -> AnyView {
    let count = draft.count(|form| form.sections.len());
    let all = draft.count(InteractiveForm::rows);
    let no_more = move || is_full(all) || count.get() as usize >= limit::SECTIONS;
    let add = draft.press(|form| form.step("section"));
    let opens = draft.typed(
        Typed::new("list_button", text!(interactive.list_button))
            .hint(text!(interactive.list_button_hint))
            .most(limit::BUTTON)
            .variables(),
        |form| form.list_button.clone(),
        |form, value| form.list_button = value,
    );
    view! {
        {opens}
        {each_of(count, move |place| section(draft, place, count, all))}
        <p hidden=no_more>
            <button type="submit" name="step" value="section" class="button" on:click=add>
                {text!(interactive.add_section)}
            </button>
        </p>
        <p class="muted">{text!(interactive.rows_hint)}</p>
    }
    .into_any()
}

/// Whether a list has all rows it may have.
fn is_full(rows: Memo<u32>) -> bool {
    rows.get() as usize >= limit::ROWS
}

fn section(
    draft: Draft<InteractiveForm>,
    place: usize,
    count: Memo<u32>,
    all: Memo<u32>,
) -> AnyView {
    let number = place + 1;
    let rows = draft.count(move |form| {
        let section = form.sections.get(place);
        section.map_or(0, |section| section.rows.len())
    });
    let title = draft.typed(
        Typed::new(
            format!("section_{number}"),
            text!(interactive.section_title),
        )
        .hint(text!(interactive.section_hint))
        .most(limit::SECTION)
        .optional()
        .variables(),
        move |form| {
            let section = form.sections.get(place);
            section
                .map(|section| section.title.clone())
                .unwrap_or_default()
        },
        move |form, value| {
            if let Some(section) = form.sections.get_mut(place) {
                section.title = value;
            }
        },
    );
    let (row_step, section_step) = (format!("row-{number}"), format!("drop-section-{number}"));
    let (added, dropped) = (row_step.clone(), section_step.clone());
    let add = draft.press(move |form| form.step(&added));
    let drop = draft.press(move |form| form.step(&dropped));
    view! {
        <fieldset class="part">
            <legend>{text!(interactive.section, number = number)}</legend>
            <div class="form">
                {title}
                {each_of(rows, move |row_place| row(draft, place, row_place, rows))}
                <div class="actions">
                    <button type="submit" name="step" value=row_step class="button" hidden=move || is_full(all) on:click=add>
                        {text!(interactive.add_row)}
                    </button>
                    <button type="submit" name="step" value=section_step class="button quiet" hidden=move || { count.get() < 2 } on:click=drop>
                        {text!(interactive.drop_section)}
                    </button>
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}

fn row(draft: Draft<InteractiveForm>, section: usize, place: usize, rows: Memo<u32>) -> AnyView {
    let (number, of_section) = (place + 1, section + 1);
    let field = format!("section_{of_section}_row_{number}");
    let step = format!("drop-row-{of_section}-{number}");
    let dropped = step.clone();
    let drop = draft.press(move |form| form.step(&dropped));
    let part = move |field: Typed, part: fn(&mut RowForm) -> &mut String| {
        draft.typed(
            field.variables(),
            move |form| {
                let rows = form.sections.get(section).map(|section| &section.rows);
                let row = rows.and_then(|rows| rows.get(place)).cloned();
                row.map(|mut row| std::mem::take(part(&mut row)))
                    .unwrap_or_default()
            },
            move |form, value| {
                let found = form.sections.get_mut(section);
                if let Some(row) = found.and_then(|found| found.rows.get_mut(place)) {
                    *part(row) = value;
                }
            },
        )
    };
    let title = Typed::new(field.clone(), text!(interactive.row, number = number)).most(limit::ROW);
    let under = Typed::new(
        format!("{field}_description"),
        text!(interactive.description),
    )
    .most(limit::ROW_DESCRIPTION)
    .optional();
    view! {
        <div class="with-drop">
            <div class="pair">
                {part(title, |row| &mut row.title)}
                {part(under, |row| &mut row.description)}
            </div>
            <button type="submit" name="step" value=step class="button quiet" hidden=move || { rows.get() < 2 } on:click=drop>
                {text!(template.button.remove)}
            </button>
        </div>
    }
    .into_any()
}
