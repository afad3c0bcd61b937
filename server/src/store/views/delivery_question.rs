//! Which deliveries are asked for, and by what they are found.

use super::query::{COUNTED, Conditions, Slice, in_trouble};
use crate::outbox::{DeliveryState, Direction};
use crate::store::{self, Scope, Store, StoreError};
use uuid::Uuid;

/// How many states there are.
const ALL: usize = 7;

/// In which order.
#[derive(Clone, Copy, Debug)]
pub enum DeliveryOrder {
    /// By when it was written.
    Created,
    /// By how often it was tried.
    Attempts,
}

/// What to list.
pub struct DeliveryQuestion<'a> {
    /// Whose.
    pub scope: Scope,
    /// In these states.
    pub states: &'a [DeliveryState],
    /// This way only.
    pub direction: Option<Direction>,
    /// To this portal only.
    pub portal: Option<Uuid>,
    /// Of this business number only.
    pub phone: Option<Uuid>,
    /// Of this conversation only.
    pub conversation: Option<Uuid>,
    /// With this code only; empty means any.
    pub code: &'a str,
    /// Dead of this only.
    pub cause: Option<&'a store::DeathCause>,
    /// Any id, number or name.
    pub search: &'a str,
    /// Sorted by.
    pub order: DeliveryOrder,
    /// From the greatest.
    pub descending: bool,
    /// Which of them.
    pub slice: Slice,
}

impl Store {
    /// The conditions for deliveries `d`, each of them found by an index.
    pub(super) async fn delivery_conditions(
        &self,
        question: &DeliveryQuestion<'_>,
    ) -> Result<Conditions, StoreError> {
        let mut few = None;
        if let Some(reach) = reach(question)
            && self.has_few(&reach).await?
        {
            few = Some(reach);
        }
        let mut conditions = conditions(question, few.is_some());
        if let Some(Reach { from, words, id }) = few {
            conditions.and(
                &format!("d.id IN (SELECT d.id {from} WHERE {words})"),
                [id.into()],
            );
        }
        if is_search(question) {
            let found = self.search(question.scope, question.search).await?;
            found.narrow(&mut conditions);
        }
        Ok(conditions)
    }

    /// Whether there are so few deliveries that all of them can be looked at.
    async fn has_few(&self, reach: &Reach) -> Result<bool, StoreError> {
        let Reach { from, words, id } = reach;
        let found = self.counted(from, words, vec![(*id).into()]).await?;
        Ok(found <= COUNTED)
    }
}

fn conditions(question: &DeliveryQuestion<'_>, reaches_few: bool) -> Conditions {
    let of_few =
        reaches_few || question.conversation.is_some() || !question.search.trim().is_empty();
    let mut conditions = if of_few {
        Conditions::within_few(question.scope, "d.owner_id")
    } else {
        Conditions::within(question.scope, "d.owner_id")
    };
    let states: Vec<&str> = question.states.iter().map(|state| state.as_str()).collect();
    if states.len() < ALL {
        conditions.among("d.state", &states);
        let has = |state: DeliveryState| states.contains(&state.as_str());
        if !has(DeliveryState::Delivered) && !has(DeliveryState::Discarded) {
            // Lets the partial index of what is in trouble answer.
            conditions.and(&in_trouble("d."), []);
        } else if has(DeliveryState::Discarded) && states.len() == 1 {
            // And that of what was put away.
            conditions.and("d.state = 'discarded'", []);
        }
    }
    if let Some(direction) = question.direction {
        conditions.and("d.direction = ?", [direction.as_str().into()]);
    }
    if let Some(portal) = question.portal {
        let portal_is = "d.destination_id IN (SELECT id FROM destination WHERE kind = 'portal' AND target_id = ?)";
        conditions.and(portal_is, [portal.into()]);
    }
    if let Some(phone) = question.phone {
        conditions.and("d.phone_id = ?", [phone.into()]);
    }
    if let Some(conversation) = question.conversation {
        conditions.and("d.conversation_id = ?", [conversation.into()]);
    }
    if !question.code.is_empty() {
        conditions.and(
            "d.error_code IS NOT NULL AND d.error_code = ?",
            [question.code.into()],
        );
    }
    if let Some(cause) = question.cause {
        cause.narrow(&mut conditions);
    }
    if let Some(id) = id_searched(question) {
        // Each part has an index.
        conditions.and(
            "d.id IN (SELECT x.id FROM delivery x WHERE x.id = ? UNION SELECT x.id FROM delivery x WHERE x.message_id = ? \
             UNION SELECT x.id FROM delivery x WHERE x.conversation_id = ?)",
            [id.into(), id.into(), id.into()],
        );
    }
    conditions
}

/// The id that is searched for, if it is one of ours.
fn id_searched(question: &DeliveryQuestion<'_>) -> Option<Uuid> {
    let text = question.search.trim();
    let text = ["dlv_", "cnv_", "thoth:"]
        .iter()
        .find_map(|kind| text.strip_prefix(kind))
        .unwrap_or(text);
    text.parse().ok()
}

/// Whether something is searched for that is no id of ours.
fn is_search(question: &DeliveryQuestion<'_>) -> bool {
    !question.search.trim().is_empty() && id_searched(question).is_none()
}

/// Whether what has arrived is asked for: that is nearly everything, and no index tells it from the rest.
pub(super) fn is_wide(question: &DeliveryQuestion<'_>) -> bool {
    question.states.contains(&DeliveryState::Delivered)
}

/// By what the deliveries `d` of one place are found.
struct Reach {
    from: &'static str,
    words: &'static str,
    id: Uuid,
}

/// A portal's by its lines, a business number's by its conversations: few are found so however many others there are. A
/// place that has many is found from the end of all. An index for both would cost every delivery more than a tenth.
fn reach(question: &DeliveryQuestion<'_>) -> Option<Reach> {
    let of_portal = question.portal.map(|id| Reach {
        from: "FROM destination o JOIN line l ON l.destination_id = o.id CROSS JOIN delivery d",
        words: "o.kind = 'portal' AND o.target_id = ? AND d.line_id = l.id",
        id,
    });
    let of_phone = question.phone.map(|id| Reach {
        from: "FROM conversation o CROSS JOIN delivery d",
        words: "o.phone_id = ? AND d.conversation_id = o.id",
        id,
    });
    of_portal.or(of_phone).filter(|_| is_wide(question))
}
