//! A text that names an interactive message, by its code or its hashtag.

use super::compose::{Composed, Draft};
use crate::outbox::CustomerContent;
use crate::store::entities::interactive;
use crate::store::{StoreError, Txn};
use crate::translate::outgoing::{
    InteractiveCode, InteractiveProblem, InteractiveReference, fill_interactive,
    interactive_signature, read_interactive,
};
use crate::translate::template::Arguments;
use app::model::InteractiveContent;

/// What the text sends; nothing where it is an ordinary one. A hashtag that no message has is one.
pub(super) async fn interactive_in_txn(
    txn: &Txn,
    draft: &Draft<'_>,
) -> Result<Option<Composed>, StoreError> {
    let code = match read_interactive(draft.typed) {
        None => return Ok(None),
        Some(Err(problem)) => return Ok(Some(refused(&problem, draft, None))),
        Some(Ok(code)) => code,
    };
    let InteractiveCode {
        reference,
        arguments,
    } = code;
    let row = match &reference {
        InteractiveReference::Id(id) => txn.interactive_for_phone_in_txn(draft.phone, *id).await?,
        InteractiveReference::Hashtag(hashtag) => {
            let found = txn.interactive_by_hashtag_in_txn(draft.phone, hashtag);
            match found.await? {
                Some(row) => Some(row),
                None => return Ok(None),
            }
        }
    };
    Ok(Some(match row {
        Some(row) => filled(&row, &arguments, draft),
        None => refused(&InteractiveProblem::Unknown, draft, None),
    }))
}

fn filled(row: &interactive::Model, arguments: &Arguments, draft: &Draft<'_>) -> Composed {
    let content: InteractiveContent = match serde_json::from_str(&row.content) {
        Ok(content) => content,
        Err(error) => {
            tracing::error!(%error, interactive = %row.id, "An interactive message cannot be read");
            return refused(&InteractiveProblem::Unknown, draft, None);
        }
    };
    match fill_interactive(&content, arguments) {
        Ok(filled) => Composed::Content {
            content: CustomerContent {
                kind: "interactive".to_owned(),
                content: filled.content,
                marketing: false,
            },
            text: filled.text,
            has_file: false,
        },
        Err(problem) => {
            let ready = interactive_signature(&row.id.simple().to_string(), &content);
            refused(&problem, draft, Some(&ready))
        }
    }
}

fn refused(problem: &InteractiveProblem, draft: &Draft<'_>, ready: Option<&str>) -> Composed {
    Composed::Refused(problem.words(draft.language, ready))
}
