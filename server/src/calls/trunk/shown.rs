//! A report as pages take it.

use super::proof::proof;
use super::{Code, State, Step, TrunkReport, remedy};
use crate::translate::Language;
use app::model::{Check, CheckState, Moment, TrunkStep};

/// The report for a page, with its proof and what is to be done in the reader's language. Proof and duration of a step are the
/// values `detail` and `ms` of its check.
pub fn shown(report: &TrunkReport, at: i64, language: Language) -> app::model::TrunkReport {
    app::model::TrunkReport {
        host: report.host.clone(),
        port: report.port,
        steps: report
            .steps
            .iter()
            .map(|step| step_shown(step, at, language))
            .collect(),
        at: Moment(at),
    }
}

fn step_shown(step: &Step, at: i64, language: Language) -> TrunkStep {
    let mut args = step.args.clone();
    args.insert("detail".to_owned(), proof(step, language));
    args.insert("ms".to_owned(), step.ms.to_string());
    TrunkStep {
        check: Check {
            name: step.name.word().to_owned(),
            state: match step.state {
                State::Ok => CheckState::Ok,
                State::Bad => CheckState::Bad,
                State::Unknown => CheckState::Unknown,
            },
            code: Code::word(step.code).to_owned(),
            args,
            at: Some(Moment(at)),
        },
        remedy: remedy(step.code, language),
    }
}
