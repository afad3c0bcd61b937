use std::sync::Arc;

use leptos::prelude::*;

use super::{
    fields::{fault, note, part, tick},
    words::day_name,
    zones::ZONES,
};
use crate::{
    model::{CallingForm, Holiday, Span, Weekday},
    text,
    ui::{Draft, each_of, problem_text},
};

/// When calls are taken: a zone, seven days of two spans each, and the days that are otherwise.
#[component]
pub fn Hours(draft: Draft<CallingForm>) -> impl IntoView {
    let hours = draft.form.with_untracked(|form| form.hours.clone());
    let days = Weekday::ALL.into_iter().zip(hours.week);
    let days = days.map(|(weekday, spans)| day(draft, weekday, spans));
    let zones = ZONES.map(|zone| view! { <option value=zone></option> });
    let on_hint = Some(text!(calling.hours.on_hint));
    let is_wrong = fault(draft, "timezone").is_some();
    let inside = view! {
        {tick(draft, "hours", text!(calling.hours.on), on_hint, hours.on)}
        <div class="field form-page">
            <label for="timezone">{text!(calling.hours.timezone)}</label>
            <input
                id="timezone"
                name="timezone"
                type="text"
                list="timezones"
                value=hours.timezone
                autocomplete="off"
                aria-invalid=is_wrong.then_some("true")
                aria-describedby="timezone-note"
            />
            <datalist id="timezones">{zones.collect_view()}</datalist>
            {note(draft, "timezone", Some(text!(calling.hours.timezone_hint)))}
        </div>
        <div class="week">{days.collect_view()}</div>
        {holidays(draft)}
    };
    part(text!(calling.hours.title), inside)
}

fn day(draft: Draft<CallingForm>, weekday: Weekday, spans: Vec<Span>) -> impl IntoView {
    let name = weekday.field();
    let is_wrong = fault(draft, name).is_some();
    let spans = spans.into_iter().enumerate().map(|(place, span)| {
        let number = place + 1;
        let day = day_name(weekday);
        let (from, until) = if place == 0 {
            (
                text!(calling.hours.from, day = day.clone()),
                text!(calling.hours.until, day = day),
            )
        } else {
            (
                text!(calling.hours.from_again, day = day.clone()),
                text!(calling.hours.until_again, day = day),
            )
        };
        view! {
            {(place > 0).then(|| view! { <span class="muted">{text!(calling.hours.and)}</span> })}
            <span class="span">
                {time(name, format!("{name}_from_{number}"), from, span.from, is_wrong)}
                <span aria-hidden="true">"–"</span>
                {time(name, format!("{name}_until_{number}"), until, span.until, is_wrong)}
            </span>
        }
    });
    view! {
        <div class="week-day" role="group" aria-label=day_name(weekday) id=name>
            <span class="week-name">{day_name(weekday)}</span>
            <div class="week-spans">{spans.collect_view()}</div>
            {note(draft, name, None)}
        </div>
    }
}

fn time(
    day: &str,
    name: String,
    label: String,
    value: String,
    is_wrong: bool,
) -> impl IntoView + use<> {
    let described = is_wrong.then(|| format!("{day}-note"));
    view! {
        <input
            id=name.clone()
            name=name
            type="time"
            value=value
            aria-label=label
            aria-invalid=is_wrong.then_some("true")
            aria-describedby=described
        />
    }
}

fn holidays(draft: Draft<CallingForm>) -> impl IntoView {
    let count = draft.count(|form| form.hours.holidays.len());
    let add = draft.press(|form| form.step("holiday"));
    let wrong = fault(draft, "holidays").map(|problem| problem_text(&problem));
    let sent = draft
        .form
        .with_untracked(|form| form.hours.holidays.clone());
    let sent: Arc<[Holiday]> = sent.into();
    view! {
        <div class="form" role="group" aria-label=text!(calling.hours.holidays) id="holidays">
            <p><strong>{text!(calling.hours.holidays)}</strong></p>
            <p class="muted">{text!(calling.hours.holidays_hint)}</p>
            {wrong.map(|words| view! { <p id="holidays-note" class="field-note field-error">{words}</p> })}
            {each_of(count, move |place| holiday(draft, place, sent.get(place).cloned()))}
            <p hidden=move || { count.get() as usize >= CallingForm::HOLIDAYS }>
                <button type="submit" name="step" value="holiday" class="button" on:click=add>
                    {text!(calling.hours.add)}
                </button>
            </p>
        </div>
    }
}

/// A part of a holiday.
type Part = fn(&mut Holiday) -> &mut String;

/// One holiday; `sent` is what stood in its place when the form was sent.
fn holiday(draft: Draft<CallingForm>, place: usize, sent: Option<Holiday>) -> AnyView {
    let number = place + 1;
    let refused = fault(draft, &format!("holiday_{number}"));
    // What was refused is not wrong any more once it is another.
    let wrong = Signal::derive(move || {
        let stays = draft
            .form
            .with(|form| form.hours.holidays.get(place) == sent.as_ref());
        let refused = refused.as_ref().filter(|_| stays);
        refused.map(problem_text)
    });
    let note = format!("holiday_{number}-note");
    let described = note.clone();
    let step = format!("drop-holiday-{number}");
    let dropped = step.clone();
    let drop = draft.press(move |form| form.step(&dropped));
    let field = |part_name: &str, kind: &'static str, label: String, part: Part| {
        let name = format!("holiday_{number}_{part_name}");
        let value = draft.get(move |form| {
            let row = form.hours.holidays.get(place).cloned();
            row.map(|mut row| std::mem::take(part(&mut row)))
                .unwrap_or_default()
        });
        let set = draft.set(move |form, value| {
            if let Some(row) = form.hours.holidays.get_mut(place) {
                *part(row) = value;
            }
        });
        let described = described.clone();
        view! {
            <div class="field">
                <label for=name.clone()>{label}</label>
                <input
                    id=name.clone()
                    name=name
                    type=kind
                    aria-invalid=move || wrong.get().is_some().then_some("true")
                    aria-describedby=move || wrong.get().is_some().then(|| described.clone())
                    value=value.get_untracked()
                    prop:value=move || value.get()
                    on:input=move |event| set.run(event_target_value(&event))
                />
            </div>
        }
    };
    view! {
        <div class="holiday" role="group" aria-label=text!(calling.hours.holiday, number = number)>
            {field("date", "date", text!(calling.hours.date), |day| &mut day.date)}
            {field("from", "time", text!(calling.hours.closed_from), |day| &mut day.from)}
            {field("until", "time", text!(calling.hours.closed_until), |day| &mut day.until)}
            <button type="submit" name="step" value=step class="button quiet" on:click=drop>
                {text!(calling.hours.drop)}
            </button>
            {move || {
                let note = note.clone();
                wrong.get().map(|words| view! { <p id=note class="field-note field-error">{words}</p> })
            }}
        </div>
    }
    .into_any()
}
