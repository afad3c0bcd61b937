//! What is wrong with a form.

use super::InteractiveForm;
use crate::model::{InteractiveFault, Problem, ProblemCode, hashtag};

impl InteractiveForm {
    /// Everything that is wrong, each at its field.
    pub fn faults(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.name.trim().is_empty() {
            found.push(Problem::new(ProblemCode::FieldEmpty).at("name"));
        } else if self.name.chars().count() > Self::NAME {
            let long = Problem::new(ProblemCode::TooLong).arg("most", Self::NAME);
            found.push(long.at("name"));
        }
        if !self.hashtag.is_empty() && hashtag(&self.hashtag).is_none() {
            found.push(Problem::new(ProblemCode::HashtagInvalid).at("hashtag"));
        }
        let faults = self.content().faults().into_iter();
        found.extend(faults.map(|(field, fault)| problem(fault).at(&field)));
        found
    }
}

/// A fault in the panel's words.
fn problem(fault: InteractiveFault) -> Problem {
    match fault {
        InteractiveFault::Empty => Problem::new(ProblemCode::FieldEmpty),
        InteractiveFault::TooLong { most } => Problem::new(ProblemCode::TooLong).arg("most", most),
        InteractiveFault::TooMany { most } => Problem::new(ProblemCode::TooMany).arg("most", most),
        InteractiveFault::NotUnique => Problem::new(ProblemCode::NotUnique),
        InteractiveFault::NoAddress => Problem::new(ProblemCode::UrlInvalid),
        InteractiveFault::OutOfRange { least, most } => Problem::new(ProblemCode::OutOfRange)
            .arg("least", least)
            .arg("most", most),
        InteractiveFault::NotAllowed => Problem::new(ProblemCode::BadRequest),
        InteractiveFault::VariableName => Problem::new(ProblemCode::VariableName),
    }
}
