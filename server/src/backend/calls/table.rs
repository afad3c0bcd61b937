//! Calls as a table for spreadsheets.

use super::super::Request;
use super::super::scope::scope_of;
use super::show::row;
use crate::store::views::Slice;
use crate::translate::Language;
use app::model::{CallFilter, CallRow, PageQuery, Permit, Problem, see};
use app::preferences::language_of_request;
use time::OffsetDateTime;

/// The most lines of a table.
const MOST: u32 = 50_000;

/// The first line.
const HEADER: &str =
    "started_at,direction,outcome,phone,customer,name,duration,error,in_crm,call_id\r\n";

impl Request {
    pub(super) async fn calls_table(
        &self,
        permit: Permit<see::Calls>,
        query: PageQuery<CallFilter>,
    ) -> Result<String, Problem> {
        let all = Slice {
            limit: MOST,
            offset: 0,
        };
        let (views, _) = self.calls_asked(scope_of(&permit), &query, all).await?;
        let language = Language::of_code(language_of_request());
        let mut table = HEADER.to_owned();
        for view in views {
            table.push_str(&line(&row(view, language)));
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
pub(super) fn quoted(cell: &str) -> String {
    let begins = |sign: char| cell.starts_with(sign);
    let is_formula = ['=', '+', '-', '@', '\t', '\r', '\n']
        .into_iter()
        .any(begins);
    let safe = if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if safe.contains(['"', ',', '\r', '\n']) {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}

/// `2026-11-27 10:00:00`, UTC.
fn instant(at: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000));
    let at = at.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
