//! Meta's refusals in the words Meta has for people, at the field they are about.

use crate::whatsapp::GraphTrouble;
use app::model::{Problem, ProblemCode};

/// Why Meta did not do what was asked.
pub(super) fn told(trouble: &GraphTrouble) -> Problem {
    if trouble.is_silence() {
        return Problem::new(ProblemCode::RemoteSilent)
            .arg("who", "Meta")
            .arg("reason", trouble.said());
    }
    Problem::new(ProblemCode::RemoteRefused)
        .arg("who", "Meta")
        .arg("reason", words(trouble))
}

/// Why Meta did not take a new template: beside the field where its code says which one it means.
pub(super) fn new(trouble: &GraphTrouble) -> Problem {
    let problem = told(trouble);
    let subcode = match trouble {
        GraphTrouble::Refused { error, .. } => error.subcode,
        GraphTrouble::NotSent { .. } | GraphTrouble::Unknown { .. } => None,
    };
    match subcode.and_then(field) {
        Some(field) => problem.at(field),
        None => problem,
    }
}

/// The field a code of Meta's is about.
const fn field(subcode: i64) -> Option<&'static str> {
    match subcode {
        2_388_047 => Some("header"),
        2_388_072 | 2_388_293 | 2_388_299 => Some("body"),
        2_388_073 => Some("footer"),
        2_388_023 | 2_388_024 | 2_388_039 => Some("name"),
        _ => None,
    }
}

/// Title and message that Meta means for people; else its words for programmers.
fn words(trouble: &GraphTrouble) -> String {
    let GraphTrouble::Refused { error, .. } = trouble else {
        return trouble.words();
    };
    let title = error.user_title.as_deref().unwrap_or_default().trim();
    let message = error.user_message.as_deref().unwrap_or_default().trim();
    match (title, message) {
        ("", "") => trouble.words(),
        ("", message) => message.to_owned(),
        (title, "") => title.to_owned(),
        (title, message) => format!("{}: {message}", title.trim_end_matches(['.', ':'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whatsapp::errors::GraphError;
    use serde_json::json;

    fn refused(error: serde_json::Value) -> Problem {
        let error = GraphError::of_answer(400, &json!({ "error": error })).unwrap();
        new(&GraphTrouble::Refused {
            error: Box::new(error),
            after: None,
        })
    }

    #[test]
    fn metas_words_for_people_stand_at_their_field() {
        let problem = refused(json!({
            "message": "Invalid parameter", "code": 100, "error_subcode": 2_388_299,
            "error_user_title": "Variables can't be at the start or end",
            "error_user_msg": "Add some words.",
        }));
        assert_eq!(problem.field.as_deref(), Some("body"));
        assert_eq!(
            problem.args["reason"],
            "Variables can't be at the start or end: Add some words."
        );
    }

    #[test]
    fn an_unknown_refusal_stands_above_the_form() {
        let problem =
            refused(json!({ "message": "Application does not have permission", "code": 10 }));
        assert_eq!(
            (problem.code, problem.field),
            (ProblemCode::RemoteRefused, None)
        );
        assert!(problem.args["reason"].contains("permission"));
    }
}
