//! How a try ended, whoever was called.

use uuid::Uuid;

/// What one delivery learnt from a flight.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The other side has it.
    Delivered(Learnt),
    /// The other side will never take it.
    Refused(Trouble),
    /// Not taken now; again after so many milliseconds, or by the usual backoff.
    Later {
        /// Milliseconds, when the other side said how long.
        after: Option<i64>,
        /// Why.
        why: Trouble,
    },
    /// A call was made and its answer lost. Looked up before it is repeated.
    Unknown(Trouble),
    /// Looked up and not found: it may be sent again.
    NotThere,
    /// Nothing was sent, and not for a fault of this delivery. The try does not count.
    Untried(Trouble),
}

/// Why it did not simply work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// A short code: Meta's, Bitrix24's or ours.
    pub code: String,
    /// In words.
    pub text: String,
    /// The HTTP status, when there was one.
    pub http: Option<u16>,
}

/// The longest code that is kept, in characters. It is grouped by and found by: a stranger's novel fits no index.
const CODE_LENGTH_MAX: usize = 100;

/// The longest words that are kept, in characters.
const TEXT_LENGTH_MAX: usize = 1000;

impl Trouble {
    /// Trouble without an HTTP answer. What strangers say is cut to what can be kept.
    pub fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            code: cut(code.into(), CODE_LENGTH_MAX),
            text: cut(text.into(), TEXT_LENGTH_MAX),
            http: None,
        }
    }

    /// The same, with the status of the answer.
    pub fn with_http(mut self, http: u16) -> Self {
        self.http = Some(http);
        self
    }
}

fn cut(mut words: String, most: usize) -> String {
    if let Some((end, _)) = words.char_indices().nth(most) {
        words.truncate(end);
    }
    words
}

/// What the other side told when it took the delivery.
#[derive(Clone, Debug, Default)]
pub struct Learnt {
    /// Meta's id of the message.
    pub wamid: Option<String>,
    /// The chat Bitrix24 keeps for the conversation.
    pub im_chat: Option<String>,
    /// Bitrix24's name for the customer.
    pub im_user: Option<String>,
}

/// How a flight ended.
#[derive(Debug, Default)]
pub struct Landing {
    /// One outcome for each delivery that flew.
    pub outcomes: Vec<(Uuid, Outcome)>,
    /// How the destination as a whole is.
    pub weather: Weather,
}

impl Landing {
    /// How many the destination took.
    pub fn taken(&self) -> i64 {
        let outcomes = self.outcomes.iter();
        let taken = outcomes.filter(|(_, outcome)| matches!(outcome, Outcome::Delivered(_)));
        i64::try_from(taken.count()).unwrap_or(i64::MAX)
    }

    /// Keeps what one of its calls says of the destination: trouble outweighs an answer, an answer that nobody was
    /// asked.
    pub fn sees(&mut self, weather: Weather) {
        let says_more = match weather {
            Weather::Unseen => false,
            Weather::Fair => self.weather == Weather::Unseen,
            Weather::Crowded(_) | Weather::Stormy(_) | Weather::Closed(_) => true,
        };
        if says_more {
            self.weather = weather;
        }
    }

    /// The same outcome for every delivery.
    pub fn all(
        deliveries: impl Iterator<Item = Uuid>,
        outcome: &Outcome,
        weather: Weather,
    ) -> Self {
        Self {
            outcomes: deliveries.map(|id| (id, outcome.clone())).collect(),
            weather,
        }
    }
}

/// What a flight says about its destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    /// It was not asked: the flight ended here, and says nothing of it.
    #[default]
    Unseen,
    /// It answers.
    Fair,
    /// It says we are too fast; nothing is wrong. Milliseconds, when it said how long.
    Crowded(Option<i64>),
    /// It does not answer, or not sensibly. Wait with growing patience.
    Stormy(Trouble),
    /// Nothing will work until an admin acts.
    Closed(Trouble),
}

impl Weather {
    /// Why the destination is paused, for people.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Unseen | Self::Fair | Self::Crowded(_) => None,
            Self::Stormy(why) | Self::Closed(why) => Some(why.text.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_novel_is_cut() {
        let why = Trouble::new("ж".repeat(5000), "x".repeat(1_000_000));
        assert_eq!(why.code, "ж".repeat(CODE_LENGTH_MAX));
        assert_eq!(why.text.len(), TEXT_LENGTH_MAX);
        assert_eq!(Trouble::new("code", "words").text, "words");
    }
}
