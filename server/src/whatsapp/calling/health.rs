//! `health_status`: Meta's own statement of why calls or messages do not work.

use crate::outside::loose;
use serde_json::Value;

/// Whether something works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// It does.
    Available,
    /// Partly.
    Limited,
    /// It does not.
    Blocked,
}

impl Ability {
    fn read(raw: &Value, key: &str) -> Option<Self> {
        let word = loose::filled(raw, key)?.to_ascii_uppercase();
        match word.as_str() {
            "AVAILABLE" => Some(Self::Available),
            "LIMITED" => Some(Self::Limited),
            "BLOCKED" => Some(Self::Blocked),
            _ => None,
        }
    }
}

/// Why something does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthError {
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's words.
    pub said: String,
    /// What Meta proposes.
    pub solution: String,
}

/// One of the things a call or message passes: the number, its WABA, the business, the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthEntity {
    /// `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`.
    pub kind: String,
    /// Meta's id of it.
    pub id: String,
    /// Whether messages pass it.
    pub messages: Option<Ability>,
    /// Whether calls to a telephone server pass it.
    pub calls: Option<Ability>,
    /// Why not.
    pub errors: Vec<HealthError>,
}

/// What Meta says of a number's health.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallHealth {
    /// Whether calls can arrive by SIP, all in all; Meta does not tell it of every number.
    pub calls: Option<Ability>,
    /// Part by part.
    pub entities: Vec<HealthEntity>,
}

impl CallHealth {
    /// Reads `health_status`.
    pub fn read(raw: &Value) -> Self {
        let entities = loose::field(raw, "entities").map(loose::items);
        Self {
            calls: Ability::read(raw, "can_receive_call_sip"),
            entities: entities
                .unwrap_or_default()
                .into_iter()
                .map(entity)
                .collect(),
        }
    }

    /// The parts of one kind.
    pub fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a HealthEntity> {
        self.entities.iter().filter(move |part| part.kind == kind)
    }

    /// Every error, with the part it is of.
    pub fn errors(&self) -> impl Iterator<Item = (&HealthEntity, &HealthError)> {
        let all = self.entities.iter();
        all.flat_map(|part| part.errors.iter().map(move |error| (part, error)))
    }
}

/// Errors are a list, or a map keyed by index.
fn entity(raw: &Value) -> HealthEntity {
    let errors = loose::field(raw, "errors").map(loose::items);
    HealthEntity {
        kind: loose::filled(raw, "entity_type")
            .unwrap_or_default()
            .to_ascii_uppercase(),
        id: loose::filled(raw, "id").unwrap_or_default(),
        messages: Ability::read(raw, "can_send_message"),
        calls: Ability::read(raw, "can_receive_call_sip"),
        errors: errors
            .unwrap_or_default()
            .into_iter()
            .map(|error| HealthError {
                code: loose::integer(error, "error_code"),
                said: loose::text(error, "error_description").unwrap_or_default(),
                solution: loose::text(error, "possible_solution").unwrap_or_default(),
            })
            .collect(),
    }
}
