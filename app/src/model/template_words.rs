//! What Meta says of a template in one word.

use serde::{Deserialize, Serialize};

/// What Meta lets be done with a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateStatus {
    /// It can be sent.
    Approved,
    /// Meta looks at it.
    InReview,
    /// Meta looks at it again.
    InAppeal,
    /// Meta does not take it.
    Rejected,
    /// Meta stopped it for a while, for its quality.
    Paused,
    /// Meta stopped it for good.
    Disabled,
    /// Meta lets no more be sent of it now.
    Limited,
    /// Put away at Meta.
    Archived,
    /// On its way out.
    Deleting,
    /// Gone at Meta.
    Deleted,
    /// A word this version does not know.
    Other,
}

impl TemplateStatus {
    /// Meta's word.
    pub fn of(word: &str) -> Self {
        match word {
            "APPROVED" | "REINSTATED" | "UNARCHIVED" => Self::Approved,
            "PENDING" => Self::InReview,
            "IN_APPEAL" => Self::InAppeal,
            "REJECTED" => Self::Rejected,
            "PAUSED" => Self::Paused,
            "DISABLED" | "LOCKED" => Self::Disabled,
            "LIMIT_EXCEEDED" | "FLAGGED" => Self::Limited,
            "ARCHIVED" => Self::Archived,
            "PENDING_DELETION" => Self::Deleting,
            "DELETED" => Self::Deleted,
            _ => Self::Other,
        }
    }
}

/// What a template is for, which decides what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateCategory {
    /// Advertising and invitations.
    Marketing,
    /// About an order, a visit, an account.
    Utility,
    /// Codes for signing in.
    Authentication,
    /// A word this version does not know.
    Other,
}

impl TemplateCategory {
    /// Those one can look for.
    pub const ALL: [Self; 3] = [Self::Marketing, Self::Utility, Self::Authentication];

    /// Meta's word.
    pub fn of(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|known| known.as_str() == word);
        known.unwrap_or(Self::Other)
    }

    /// Meta's word for it; empty where there is none.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Marketing => "MARKETING",
            Self::Utility => "UTILITY",
            Self::Authentication => "AUTHENTICATION",
            Self::Other => "",
        }
    }
}

/// How customers take a template, as Meta measures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateQuality {
    /// Well.
    High,
    /// Some complain.
    Medium,
    /// Many complain: Meta may pause it.
    Low,
}

impl TemplateQuality {
    /// Meta's word; none where Meta does not know yet.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "GREEN" => Some(Self::High),
            "YELLOW" => Some(Self::Medium),
            "RED" => Some(Self::Low),
            _ => None,
        }
    }
}
