//! Lists in pages: what is asked for, what comes back, and how the question looks in a URL.

use serde::{Deserialize, Serialize};

/// A column and the way to sort by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort<C> {
    /// The column.
    pub by: C,
    /// Largest or newest first.
    pub descending: bool,
}

impl<C> Sort<C> {
    /// Smallest or oldest first.
    pub const fn up(by: C) -> Self {
        Self {
            by,
            descending: false,
        }
    }

    /// Largest or newest first.
    pub const fn down(by: C) -> Self {
        Self {
            by,
            descending: true,
        }
    }
}

/// What a list can be narrowed and sorted by, and its names in the URL.
pub trait Filter: Clone + Default + PartialEq + Send + Sync + 'static {
    /// The columns it can be sorted by.
    type Column: Copy + PartialEq + Send + Sync + 'static;

    /// Reads itself from URL parameters; what cannot be read is the default.
    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self;

    /// Writes what differs from the default as URL parameters.
    fn write(&self, put: &mut dyn FnMut(&str, &str));

    /// How the list is sorted when nothing is said.
    fn first_sort() -> Sort<Self::Column>;

    /// A column's name in the URL.
    fn column_name(column: Self::Column) -> &'static str;

    /// All columns.
    fn columns() -> &'static [Self::Column];
}

/// One page of a list, asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "F: Serialize, F::Column: Serialize",
    deserialize = "F: Deserialize<'de>, F::Column: Deserialize<'de>"
))]
pub struct PageQuery<F: Filter> {
    /// Which page, from 1.
    pub page: u32,
    /// How many rows on it; the server caps it.
    pub per_page: u32,
    /// Any id or number, as typed.
    pub search: String,
    /// The order of the rows.
    pub sort: Sort<F::Column>,
    /// What to list.
    pub filter: F,
}

impl<F: Filter> Default for PageQuery<F> {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: Self::PER_PAGE,
            search: String::new(),
            sort: F::first_sort(),
            filter: F::default(),
        }
    }
}

impl<F: Filter> PageQuery<F> {
    /// Rows on a page unless said otherwise.
    pub const PER_PAGE: u32 = 25;
    /// The most rows a page may have.
    pub const MOST: u32 = 100;

    /// Reads the question from URL parameters; what cannot be read is the default.
    pub fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let number = |name: &str| get(name).and_then(|text| text.parse::<u32>().ok());
        Self {
            page: number("page").unwrap_or(1).max(1),
            per_page: number("per").unwrap_or(Self::PER_PAGE).clamp(1, Self::MOST),
            search: get("q").unwrap_or_default().trim().to_owned(),
            sort: get("sort")
                .and_then(|text| Self::read_sort(&text))
                .unwrap_or_else(F::first_sort),
            filter: F::read(get),
        }
    }

    fn read_sort(text: &str) -> Option<Sort<F::Column>> {
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let by = *F::columns()
            .iter()
            .find(|column| F::column_name(**column) == name)?;
        Some(Sort { by, descending })
    }

    /// The question as URL parameters, only what differs from the default.
    pub fn params(&self) -> Vec<(String, String)> {
        let mut params = Vec::new();
        let mut put = |name: &str, value: &str| params.push((name.to_owned(), value.to_owned()));
        if !self.search.is_empty() {
            put("q", &self.search);
        }
        self.filter.write(&mut put);
        if self.sort != F::first_sort() {
            let sign = if self.sort.descending { "-" } else { "" };
            put("sort", &format!("{sign}{}", F::column_name(self.sort.by)));
        }
        if self.per_page != Self::PER_PAGE {
            put("per", &self.per_page.to_string());
        }
        if self.page > 1 {
            put("page", &self.page.to_string());
        }
        params
    }

    /// The same question with another filter, from its first page.
    pub fn with_filter(&self, filter: F) -> Self {
        Self {
            filter,
            page: 1,
            ..self.clone()
        }
    }

    /// The same question on another page.
    pub fn with_page(&self, page: u32) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same question sorted by a column; a second time turns the order around.
    pub fn with_sort(&self, by: F::Column) -> Self {
        let descending = if self.sort.by == by {
            !self.sort.descending
        } else {
            let first = F::first_sort();
            first.by == by && first.descending
        };
        Self {
            sort: Sort { by, descending },
            page: 1,
            ..self.clone()
        }
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.search.is_empty() || self.filter != F::default()
    }

    /// Rows before this page.
    pub fn offset(&self) -> u64 {
        u64::from(self.page.max(1) - 1) * u64::from(self.rows())
    }

    /// Rows on this page, within the cap.
    pub fn rows(&self) -> u32 {
        self.per_page.clamp(1, Self::MOST)
    }
}

/// Rows are counted this far: nobody turns more pages, and no page waits for a whole table.
pub const COUNTED: u32 = 10_000;

/// One page of a list, answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Which page, from 1.
    pub page: u32,
    /// Rows on a full page.
    pub per_page: u32,
    /// Rows on all pages; one more than [`COUNTED`] when there are more than that.
    pub total: u32,
    /// Whether the list would be empty even without search and filter.
    pub nothing_at_all: bool,
}

impl<T> Page<T> {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> u32 {
        let counted = self.total.min(COUNTED);
        counted.div_ceil(self.per_page.max(1)).max(1)
    }

    /// Whether there are rows, and this page lies behind the last of them.
    pub fn is_beyond(&self) -> bool {
        self.rows.is_empty() && self.total > 0
    }

    /// The numbers of the first and last row shown, from 1.
    pub fn span(&self) -> (u32, u32) {
        let before = self
            .page
            .max(1)
            .saturating_sub(1)
            .saturating_mul(self.per_page);
        let shown = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        (before.saturating_add(1), before.saturating_add(shown))
    }
}

#[cfg(test)]
mod tests;
