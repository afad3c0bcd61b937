//! The table and the chart.

use super::show::days;
use super::table::{line, quoted};
use crate::store::views::CallCount;
use app::model::{CallDirection, CallId, CallOutcome, CallRow, Moment};
use proptest::prelude::*;
use uuid::Uuid;

#[test]
fn a_cell_is_never_a_formula() {
    for (cell, shown) in [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("＝1+1", "'＝1+1"),
        ("Ann;=1+1", "\"Ann;'=1+1\""),
        ("Ann\n+1", "\"Ann\n'+1\""),
        ("Ann - 1; b", "\"Ann - 1; b\""),
        ("a, \"b\"", "\"a, \"\"b\"\"\""),
        ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
    ] {
        assert_eq!(quoted(cell), shown);
    }
}

proptest! {
    #[test]
    fn a_cell_reads_back_as_it_was(text in any::<String>()) {
        let cell = quoted(&text);
        let inner = match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) if cell.len() > 1 => inner.replace("\"\"", "\""),
            _ => cell.clone(),
        };
        // Nothing is lost, and what is added is the mark that makes text of a formula.
        let mut wanted = text.chars().peekable();
        for sign in inner.chars() {
            prop_assert!(wanted.next_if_eq(&sign).is_some() || sign == '\'', "{inner:?}");
        }
        prop_assert_eq!(wanted.next(), None);
    }
}

#[test]
fn a_line_has_a_cell_for_everything() {
    let call = CallRow {
        id: CallId::new(Uuid::nil()),
        wacid: "wacid.1".to_owned(),
        phone: "+77272000111".to_owned(),
        name: Some("=cmd, Ann".to_owned()),
        customer: "+77015550101".to_owned(),
        direction: CallDirection::In,
        outcome: CallOutcome::Answered,
        started_at: Moment(1_785_312_300_000),
        duration: Some(12),
        error: None,
        in_crm: true,
    };
    let wanted = "2026-07-29 08:05:00,in,answered,77272000111,77015550101,\"'=cmd, Ann\",12,,yes,wacid.1\r\n";
    assert_eq!(line(&call), wanted);
}

#[test]
fn the_chart_has_every_day() {
    let count = |day, outcome: CallOutcome, count| CallCount {
        day,
        outcome: outcome.as_str().to_owned(),
        count,
    };
    let counts = [
        count(100, CallOutcome::Missed, 2),
        count(100, CallOutcome::Declined, 1),
        count(99, CallOutcome::Answered, 4),
        count(50, CallOutcome::Failed, 9),
        count(100, CallOutcome::Ringing, 1),
    ];
    let days = days(&counts, 100);
    assert_eq!(days.len(), 14);
    assert_eq!((days[13].missed, days[13].answered), (3, 0));
    assert_eq!((days[12].answered, days[12].day.0), (4, 99 * 86_400_000));
    assert!(days.iter().all(|day| day.failed == 0));
}
