//! A call's course, put together from what Meta says of it in any order and however often. Pure.
//!
//! Each event is a course of its own, and courses are joined: joining is the same in any order and twice as once.

use crate::store::entities::call;
use crate::whatsapp::errors::GraphError;
use crate::whatsapp::wire::{CallEvent, CallEventKind, CallSide, Status, StatusKind};
use app::model::{CallDirection, CallOutcome};
use serde::{Deserialize, Serialize};

/// Why a call failed, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallFailure {
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's words.
    pub said: String,
}

impl CallFailure {
    fn of(error: &GraphError) -> Self {
        let words = [&error.details, &error.message, &error.title];
        let said = words.into_iter().flatten().next().cloned();
        Self {
            code: error.code,
            said: said.unwrap_or_default(),
        }
    }

    /// Reads what is kept.
    pub fn read(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }

    /// The same as Meta's error, to be put into words.
    pub fn as_error(&self) -> GraphError {
        GraphError {
            code: self.code,
            details: Some(self.said.clone()).filter(|said| !said.is_empty()),
            ..GraphError::default()
        }
    }
}

/// How far a call has come. Times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) outcome: CallOutcome,
    pub(super) started_at: i64,
    pub(super) answered_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
    /// Seconds.
    pub(super) duration: Option<i64>,
    /// JSON of a [`CallFailure`].
    pub(super) error: Option<String>,
    pub(super) payload: Option<String>,
}

/// What counts more when two events disagree.
const fn rank(outcome: CallOutcome) -> u8 {
    match outcome {
        CallOutcome::Ringing => 0,
        CallOutcome::Talking => 1,
        CallOutcome::Unknown => 2,
        CallOutcome::Missed => 3,
        CallOutcome::Declined => 4,
        CallOutcome::Answered => 5,
        CallOutcome::Failed => 6,
    }
}

/// An outcome by its word; one of a newer version is a call that rings.
pub fn outcome_of(word: &str) -> CallOutcome {
    let known = CallOutcome::ALL.into_iter();
    let mut known = known.filter(|outcome| outcome.as_str() == word);
    known.next().unwrap_or(CallOutcome::Ringing)
}

const fn millis(seconds: i64) -> i64 {
    seconds.saturating_mul(1000)
}

/// How long people talked, seconds; nothing where nobody took the call. Meta tells times of those that were taken only,
/// and of one that was hung up at once that it lasted no second.
fn talked(event: &CallEvent) -> Option<i64> {
    let span = event.start_time.zip(event.end_time);
    let span = span.map(|(start, end)| end.saturating_sub(start).max(0));
    let told = event.duration.or(span);
    told.filter(|seconds| *seconds > 0 || event.completed == Some(true))
}

impl Course {
    fn ringing(at: i64) -> Self {
        Self {
            outcome: CallOutcome::Ringing,
            started_at: at,
            answered_at: None,
            ended_at: None,
            duration: None,
            error: None,
            payload: None,
        }
    }

    /// What one event says; nothing where it is about something else (a recording, a transcript).
    pub(super) fn of_event(event: &CallEvent, errors: &[GraphError], now: i64) -> Option<Self> {
        let at = event.timestamp.map_or(now, millis);
        let payload = event.payload.clone();
        match &event.event {
            CallEventKind::Connect => Some(Self {
                payload,
                ..Self::ringing(at)
            }),
            CallEventKind::Other(_) => event.side.map(|_| Self {
                payload,
                ..Self::ringing(at)
            }),
            CallEventKind::Terminate => Some(Self {
                payload,
                ..Self::over(event, errors, at)
            }),
        }
    }

    fn over(event: &CallEvent, errors: &[GraphError], at: i64) -> Self {
        let duration = talked(event);
        let failed = errors.first();
        let outcome = match (duration, event.completed, failed) {
            (Some(_), Some(false), Some(_)) | (None, Some(false) | None, Some(_)) => {
                CallOutcome::Failed
            }
            (Some(_), _, _) => CallOutcome::Answered,
            (None, _, _) => CallOutcome::Missed,
        };
        let error = failed.filter(|_| outcome == CallOutcome::Failed);
        let ended = event.end_time.map_or(at, millis);
        let talk = duration.map(|seconds| {
            let begun = event.start_time.map(millis);
            begun.unwrap_or(ended.saturating_sub(millis(seconds)))
        });
        Self {
            outcome,
            started_at: talk.unwrap_or(at),
            answered_at: talk,
            ended_at: Some(ended),
            duration,
            error: error.and_then(|error| serde_json::to_string(&CallFailure::of(error)).ok()),
            payload: None,
        }
    }

    /// What a status of a call says; nothing for a word that is none of a call's.
    pub(super) fn of_status(status: &Status, now: i64) -> Option<Self> {
        let StatusKind::Unknown(word) = &status.status else {
            return None;
        };
        let at = status.timestamp.map_or(now, millis);
        let ringing = Self::ringing(at);
        match word.to_ascii_uppercase().as_str() {
            "RINGING" => Some(ringing),
            "ACCEPTED" => Some(Self {
                outcome: CallOutcome::Talking,
                answered_at: Some(at),
                ..ringing
            }),
            "REJECTED" => Some(Self {
                outcome: CallOutcome::Declined,
                ..ringing
            }),
            _ => None,
        }
    }

    /// What is known so far.
    pub(super) fn of_row(row: &call::Model) -> Self {
        Self {
            outcome: outcome_of(&row.outcome),
            started_at: row.started_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            duration: row.duration,
            error: row.error.clone(),
            payload: row.payload.clone(),
        }
    }

    /// Both together.
    pub(super) fn joined(self, other: Self) -> Self {
        let earlier = |one: Option<i64>, two: Option<i64>| one.into_iter().chain(two).min();
        let outcome = if rank(self.outcome) >= rank(other.outcome) {
            self.outcome
        } else {
            other.outcome
        };
        let ended_at = self.ended_at.max(other.ended_at);
        let answered_at = earlier(self.answered_at, other.answered_at);
        // Somebody took it, and its end does not say for how long.
        let untold = matches!(
            outcome,
            CallOutcome::Unknown | CallOutcome::Missed | CallOutcome::Declined
        );
        let outcome = if untold && ended_at.is_some() && answered_at.is_some() {
            CallOutcome::Answered
        } else {
            outcome
        };
        Self {
            outcome,
            started_at: self.started_at.min(other.started_at),
            answered_at,
            ended_at,
            duration: self.duration.max(other.duration),
            error: self.error.max(other.error),
            payload: self.payload.max(other.payload),
        }
    }

    /// The end of a call of which nobody told the end. It ended no earlier than what is known of it, so an end that is
    /// told after all is the later one and stays.
    pub(super) fn untold(self) -> Self {
        Self {
            outcome: CallOutcome::Unknown,
            ended_at: Some(self.answered_at.unwrap_or(self.started_at)),
            ..self
        }
    }

    /// Whether a call that is over was answered; nothing where it never came to that, or nobody can say.
    pub(super) fn was_answered(&self) -> Option<bool> {
        self.ended_at?;
        match self.outcome {
            CallOutcome::Answered => Some(true),
            CallOutcome::Missed | CallOutcome::Declined => Some(false),
            CallOutcome::Failed => self.answered_at.map(|_| true),
            CallOutcome::Ringing | CallOutcome::Talking | CallOutcome::Unknown => None,
        }
    }

    /// Writes it into a row.
    pub(super) fn write(self, row: &mut call::Model) {
        self.outcome.as_str().clone_into(&mut row.outcome);
        row.started_at = self.started_at;
        row.answered_at = self.answered_at;
        row.ended_at = self.ended_at;
        row.duration = self.duration;
        row.error = self.error;
        row.payload = self.payload;
    }
}

/// Meta's side as the panel names it.
pub(super) const fn direction_of(side: CallSide) -> CallDirection {
    match side {
        CallSide::User => CallDirection::In,
        CallSide::Business => CallDirection::Out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_course() -> impl Strategy<Value = Course> {
        let outcome = prop::sample::select(CallOutcome::ALL.to_vec());
        let time = || prop::option::of(0_i64..50);
        let text = || prop::option::of("[ab]{1,2}");
        (outcome, 0_i64..50, time(), time(), time(), text(), text()).prop_map(
            |(outcome, started_at, answered_at, ended_at, duration, error, payload)| Course {
                outcome,
                started_at,
                answered_at,
                ended_at,
                duration,
                error,
                payload,
            },
        )
    }

    fn all(courses: &[Course]) -> Course {
        let mut rest = courses.iter().cloned();
        let first = rest.next().unwrap();
        // A course is joined with itself first: alone it may not have drawn its conclusion yet.
        let first = first.clone().joined(first);
        rest.fold(first, Course::joined)
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_end_the_same(
            (courses, shuffled) in prop::collection::vec(some_course(), 1..6).prop_flat_map(|courses| {
                let doubled = [courses.clone(), courses.clone()].concat();
                (Just(courses), Just(doubled).prop_shuffle())
            })
        ) {
            prop_assert_eq!(all(&courses), all(&shuffled));
        }
    }

    #[test]
    fn an_end_says_how_it_ended() {
        let event = |completed, duration| CallEvent {
            id: Some("wacid.1".into()),
            event: CallEventKind::Terminate,
            side: Some(CallSide::User),
            from: None,
            to: None,
            user_id: None,
            timestamp: Some(100),
            start_time: None,
            end_time: None,
            duration,
            completed,
            payload: None,
        };
        let error = [GraphError {
            code: Some(138_021),
            ..GraphError::default()
        }];
        let cases = [
            (
                event(Some(true), Some(12)),
                &error[..0],
                CallOutcome::Answered,
            ),
            // Meta's own sample: errors beside a call that was completed.
            (
                event(Some(true), Some(120)),
                &error[..],
                CallOutcome::Answered,
            ),
            (
                event(Some(false), Some(20)),
                &error[..],
                CallOutcome::Failed,
            ),
            (event(Some(false), None), &error[..], CallOutcome::Failed),
            (event(Some(false), None), &error[..0], CallOutcome::Missed),
            // Hung up at once, and nobody there.
            (
                event(Some(true), Some(0)),
                &error[..0],
                CallOutcome::Answered,
            ),
            (
                event(Some(false), Some(0)),
                &error[..0],
                CallOutcome::Missed,
            ),
            (event(None, None), &error[..0], CallOutcome::Missed),
        ];
        for (event, errors, outcome) in cases {
            let course = Course::of_event(&event, errors, 0).unwrap();
            assert_eq!(course.outcome, outcome, "{event:?}");
            assert_eq!(course.error.is_some(), outcome == CallOutcome::Failed);
        }
    }
}
