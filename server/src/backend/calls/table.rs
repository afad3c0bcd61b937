//! Calls as a table for spreadsheets.

use super::super::Request;
use super::super::scope::scope_of;
use super::show::row;
use crate::store::views::Slice;
use crate::translate::Language;
use app::model::{CallFilter, CallRow, PageQuery, Permit, Problem, see};
use app::preferences::language_of_request;
use std::collections::HashSet;
use time::OffsetDateTime;

/// The most lines of a table.
const MOST: u32 = 50_000;

/// Lines read in one go: a table is never in memory as rows and as words at once.
const PART: u32 = 1_000;

/// The first line.
const HEADER: &str =
    "started_at,direction,outcome,phone,customer,name,duration,error,in_crm,call_id\r\n";

impl Request {
    pub(super) async fn calls_table(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<String, Problem> {
        let (scope, language) = (scope_of(&permit), Language::of_code(language_of_request()));
        let mut table = HEADER.to_owned();
        // A call that comes meanwhile moves the others on: one may be met twice.
        let mut seen = HashSet::new();
        for offset in (0..MOST).step_by(PART as usize) {
            let part = Slice {
                limit: PART,
                offset,
            };
            let (views, _) = self.calls_asked(scope, &query, part).await?;
            let is_last = views.len() < PART as usize;
            for view in views {
                if seen.insert(view.id) {
                    table.push_str(&line(&row(view, language)));
                }
            }
            if is_last {
                break;
            }
        }
        Ok(table)
    }
}

/// One call. Numbers go without their `+`, which a spreadsheet takes for the beginning of a formula.
pub(super) fn line(call: &CallRow) -> String {
    let cells = [
        instant(call.started_at.0),
        call.direction.as_str().to_owned(),
        call.outcome.as_str().to_owned(),
        call.phone.trim_start_matches('+').to_owned(),
        call.customer.trim_start_matches('+').to_owned(),
        call.name.clone().unwrap_or_default(),
        call.duration.map(|it| it.to_string()).unwrap_or_default(),
        call.error.clone().unwrap_or_default(),
        if call.in_crm { "yes" } else { "no" }.to_owned(),
        call.wacid.clone(),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell: quoted where it must be (RFC 4180), and never a formula.
///
/// Spreadsheets take other signs than the comma for the end of a cell, by the country they are set to: what follows such
/// a sign begins a cell as well. Source: "CSV Injection" of OWASP.
pub(super) fn quoted(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 2);
    let mut begins = true;
    for sign in cell.chars() {
        if begins && FORMULA.contains(&sign) {
            safe.push('\'');
        }
        begins = SEPARATORS.contains(&sign);
        safe.push(sign);
    }
    if safe.contains(['"', ',', ';', '\t', '\r', '\n']) {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}

/// With what a formula begins; full-width signs count in some countries.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What some spreadsheet takes for the end of a cell.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// `2026-11-27 10:00:00`, UTC.
fn instant(at: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000));
    let at = at.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
