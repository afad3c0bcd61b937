//! What templates can be narrowed and sorted by.

use serde::{Deserialize, Serialize};

use super::{Filter, Sort, TemplateCategory};

/// Which templates, by what Meta lets be done with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateStatusFilter {
    /// All of them.
    #[default]
    All,
    /// They can be sent.
    Approved,
    /// Meta looks at them.
    InReview,
    /// Meta does not take them.
    Rejected,
    /// Meta stopped them.
    Stopped,
}

impl TemplateStatusFilter {
    /// All choices, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Approved,
        Self::InReview,
        Self::Rejected,
        Self::Stopped,
    ];

    /// Its name in URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Approved => "approved",
            Self::InReview => "in_review",
            Self::Rejected => "rejected",
            Self::Stopped => "stopped",
        }
    }

    /// Meta's words it lets through; none means all.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Approved => &["APPROVED", "REINSTATED", "UNARCHIVED"],
            Self::InReview => &["PENDING", "IN_APPEAL"],
            Self::Rejected => &["REJECTED"],
            Self::Stopped => &[
                "PAUSED",
                "DISABLED",
                "LOCKED",
                "LIMIT_EXCEEDED",
                "FLAGGED",
                "ARCHIVED",
                "PENDING_DELETION",
                "DELETED",
            ],
        }
    }
}

/// What to list of a WABA's templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TemplateFilter {
    /// By what Meta lets be done with them.
    pub status: TemplateStatusFilter,
    /// By what they are for.
    pub category: Option<TemplateCategory>,
    /// By language, as Meta spells it; empty means all.
    pub language: String,
}

/// The columns templates can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateSort {
    /// By name, then by language.
    #[default]
    Name,
    /// By language.
    Language,
    /// By category.
    Category,
    /// By status.
    Status,
}

impl Filter for TemplateFilter {
    type Column = TemplateSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let status = get("status").unwrap_or_default();
        let category = get("category").unwrap_or_default();
        let mut statuses = TemplateStatusFilter::ALL.into_iter();
        let mut categories = TemplateCategory::ALL.into_iter();
        Self {
            status: statuses
                .find(|choice| choice.as_str() == status)
                .unwrap_or_default(),
            category: categories.find(|choice| choice.as_str().eq_ignore_ascii_case(&category)),
            language: get("language").unwrap_or_default(),
        }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if self.status != TemplateStatusFilter::default() {
            put("status", self.status.as_str());
        }
        if let Some(category) = self.category {
            put("category", &category.as_str().to_ascii_lowercase());
        }
        if !self.language.is_empty() {
            put("language", &self.language);
        }
    }

    fn first_sort() -> Sort<TemplateSort> {
        Sort::up(TemplateSort::Name)
    }

    fn column_name(column: TemplateSort) -> &'static str {
        match column {
            TemplateSort::Name => "name",
            TemplateSort::Language => "language",
            TemplateSort::Category => "category",
            TemplateSort::Status => "status",
        }
    }

    fn columns() -> &'static [TemplateSort] {
        &[
            TemplateSort::Name,
            TemplateSort::Language,
            TemplateSort::Category,
            TemplateSort::Status,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageQuery, TemplateStatus};

    #[test]
    fn every_status_that_can_be_looked_for_is_known() {
        for filter in TemplateStatusFilter::ALL {
            for word in filter.words() {
                assert_ne!(TemplateStatus::of(word), TemplateStatus::Other, "{word}");
            }
        }
    }

    #[test]
    fn the_question_survives_its_address() {
        let query = PageQuery {
            filter: TemplateFilter {
                status: TemplateStatusFilter::Stopped,
                category: Some(TemplateCategory::Utility),
                language: "pt_BR".to_owned(),
            },
            ..PageQuery::default()
        };
        let params = query.params();
        let get = |name: &str| {
            let found = params.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        assert_eq!(PageQuery::<TemplateFilter>::read(&get), query);
    }
}
