//! Troubles with calling as problems people can read, and who asks.

use super::super::Request;
use crate::calls::settings::{SettingsDesk, Trouble, Who, restored_words, same_password_words};
use crate::translate::Language;
use app::model::{Caller, Problem, ProblemCode};
use app::preferences::language_of_request;
use std::future::Future;

impl Request {
    /// The desk of this installation.
    pub(super) fn calling_desk(&self) -> SettingsDesk {
        SettingsDesk::of(&self.state)
    }

    /// Who does it, for the history. Nobody is named where that cannot be told now: the work is allowed all the same.
    pub(super) async fn who(&self) -> Who {
        match app::backend::Accounts::caller(self).await {
            Ok(caller) => caller.map(who_is).unwrap_or_default(),
            Err(problem) => {
                tracing::warn!(?problem, "Who changes a phone's calling cannot be told");
                Who::default()
            }
        }
    }

    /// Does it to its end, whether or not somebody still waits.
    pub(super) async fn to_its_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Trouble>> + Send + 'static,
    ) -> Result<T, Problem> {
        match tokio::spawn(work).await {
            Ok(done) => done.map_err(|trouble| self.calling_problem(trouble)),
            Err(error) => {
                tracing::error!(%error, "Work at a phone's calling fell over");
                Err(Problem::new(ProblemCode::Internal))
            }
        }
    }

    /// A trouble as a problem. Meta's refusals carry its code.
    pub(super) fn calling_problem(&self, trouble: Trouble) -> Problem {
        match trouble {
            Trouble::Gone => Problem::new(ProblemCode::NotFound),
            Trouble::Busy => Problem::new(ProblemCode::ChangedElsewhere),
            Trouble::Token => Problem::new(ProblemCode::Internal),
            Trouble::NoServer => Problem::new(ProblemCode::NothingToReveal),
            Trouble::SamePassword => {
                let language = Language::of_code(language_of_request());
                Problem::new(ProblemCode::RemoteRefused)
                    .arg("who", "Meta")
                    .arg("reason", same_password_words(language))
            }
            Trouble::Refused {
                code,
                said,
                restored,
            } => {
                let language = Language::of_code(language_of_request());
                let mut reason = said.trim().trim_end_matches('.').to_owned();
                reason.push_str(&format!(" ({code})."));
                if restored {
                    reason.push(' ');
                    reason.push_str(restored_words(language));
                }
                Problem::new(ProblemCode::RemoteRefused)
                    .arg("who", "Meta")
                    .arg("code", code)
                    .arg("reason", reason)
            }
            Trouble::Silent => Problem::new(ProblemCode::RemoteSilent).arg("who", "Meta"),
            Trouble::Store(error) => self.store_problem(error),
        }
    }
}

fn who_is(caller: Caller) -> Who {
    Who {
        person: Some(caller.user.uuid()),
        // In a frame every administrator of the portal acts for its owner.
        name: Some(match caller.framed_in {
            Some(_) => format!("{} (Bitrix24)", caller.email),
            None => caller.email,
        }),
    }
}
