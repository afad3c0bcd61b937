//! Interactive messages as the panel shows them.

use serde::{Deserialize, Serialize};

use super::{
    Filter, InteractiveForm, InteractiveId, InteractiveKind, MessagePreview, Moment, Problem, Sort,
};

/// One message in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractiveRow {
    /// Its id here.
    pub id: InteractiveId,
    /// What people call it.
    pub name: String,
    /// What the customer can do.
    pub kind: InteractiveKind,
    /// The hashtag that sends it.
    pub hashtag: Option<String>,
    /// The portal it belongs to; none where all of its owner's may send it.
    pub portal: Option<String>,
    /// Whose it is, where the caller sees everybody's.
    pub owner: Option<String>,
    /// The beginning of its words.
    pub beginning: String,
    /// Whether the caller may change it.
    pub own: bool,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// Everything a message's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractiveDetail {
    /// As in the list.
    pub row: InteractiveRow,
    /// As a phone would show it; none where a newer version wrote it.
    pub preview: Option<MessagePreview>,
    /// Whether the code has values to fill in.
    pub has_variables: bool,
    /// The code that sends it.
    pub code: String,
}

/// What the form for a message begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractiveFormStart {
    /// The message as it is; none for a new one.
    pub form: Option<InteractiveForm>,
    /// Where it may be sent: value and words. Without words: in all portals of its owner.
    pub places: Vec<(String, String)>,
    /// What was typed, and why it was not taken.
    pub refused: Option<(InteractiveForm, Vec<Problem>)>,
}

/// What to list of the interactive messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InteractiveFilter {
    /// By what the customer can do.
    pub kind: Option<InteractiveKind>,
}

/// The columns they can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InteractiveSort {
    /// By name.
    #[default]
    Name,
    /// By kind.
    Kind,
    /// By when they were last changed.
    Updated,
}

impl Filter for InteractiveFilter {
    type Column = InteractiveSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let kind = get("kind").unwrap_or_default();
        Self {
            kind: kind.parse().ok(),
        }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if let Some(kind) = self.kind {
            put("kind", kind.as_str());
        }
    }

    fn first_sort() -> Sort<InteractiveSort> {
        Sort::up(InteractiveSort::Name)
    }

    fn column_name(column: InteractiveSort) -> &'static str {
        match column {
            InteractiveSort::Name => "name",
            InteractiveSort::Kind => "kind",
            InteractiveSort::Updated => "updated",
        }
    }

    fn columns() -> &'static [InteractiveSort] {
        &[
            InteractiveSort::Name,
            InteractiveSort::Kind,
            InteractiveSort::Updated,
        ]
    }
}
