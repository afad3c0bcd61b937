use super::*;
use crate::model::{InteractiveHeader, ProblemCode};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn list() -> InteractiveForm {
    InteractiveForm::read(&fields(&[
        ("name", "Menu"),
        ("kind", "list"),
        ("body", "What shall it be?"),
        ("list_button", "Choose"),
        ("section_1", "Hot"),
        ("section_1_row_1", "Tea"),
        ("section_1_row_1_description", "Black"),
        ("section_1_row_2", "Coffee"),
        ("section_2", "Cold"),
        ("section_2_row_1", "Water"),
        ("hashtag", "#Menu"),
    ]))
}

#[test]
fn a_form_is_the_message_it_makes() {
    let form = list();
    assert_eq!(form.faults(), []);
    let content = form.content();
    let again = InteractiveForm::of(
        form.name.clone(),
        String::new(),
        form.hashtag.clone(),
        content.clone(),
    );
    assert_eq!(again.content(), content);
    assert_eq!(again.sections, form.sections);
    let shown = content.preview();
    assert_eq!(shown.rows.len(), 3);
    assert_eq!(shown.rows[2].section.as_deref(), Some("Cold"));
}

#[test]
fn what_another_kind_had_is_neither_lost_nor_sent() {
    let mut form = list();
    form.header = HeaderKind::Image;
    form.footer = "Shop".to_owned();
    form.kind = InteractiveKind::LocationRequest;
    assert_eq!(form.content().header, InteractiveHeader::None);
    assert_eq!(form.content().footer, "");
    assert_eq!(form.faults(), []);
    form.kind = InteractiveKind::List;
    form.header = HeaderKind::None;
    assert_eq!(form.content().preview().rows.len(), 3);
}

#[test]
fn faults_stand_at_the_fields_of_the_form() {
    let mut form = InteractiveForm {
        hashtag: "two words".to_owned(),
        ..InteractiveForm::default()
    };
    form.step("button");
    let at: Vec<_> = form
        .faults()
        .into_iter()
        .filter_map(|fault| fault.field)
        .collect();
    assert_eq!(at, ["name", "hashtag", "body", "button_1", "button_2"]);
    form.kind = InteractiveKind::VoiceCall;
    form.minutes = "0".to_owned();
    let codes: Vec<_> = form.faults().into_iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&ProblemCode::OutOfRange));
}

#[test]
fn steps_add_and_drop_within_metas_limits() {
    let mut form = InteractiveForm::default();
    for _ in 0..9 {
        form.step("button");
        form.step("section");
        form.step("row-1");
    }
    assert_eq!(
        (form.buttons.len(), form.rows()),
        (limit::BUTTONS, limit::ROWS)
    );
    form.step("drop-button-1");
    form.step("drop-section-2");
    form.step("drop-row-1-1");
    form.step("drop-row-9-1");
    form.step("drop-section-0");
    assert_eq!(form.buttons.len(), limit::BUTTONS - 1);
    assert!(form.rows() < limit::ROWS);
    let mut bare = InteractiveForm::default();
    bare.step("drop-row-1-1");
    bare.step("drop-button-1");
    assert_eq!((bare.buttons.len(), bare.rows()), (1, 1));
}
