//! Business phone numbers as the panel lists them.

use serde::{Deserialize, Serialize};

use super::{Check, Filter, Moment, PhoneId, Sort};

/// Whether the number's connector is active on its open line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "reason", rename_all = "snake_case")]
pub enum LinkState {
    /// Bitrix24 said so when asked.
    Linked,
    /// The line is set but nobody has asked yet.
    Unchecked,
    /// It does not work, and this is why.
    Failed(Check),
    /// No line is set.
    NotLinked,
}

/// One number in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneRow {
    /// Its id here.
    pub id: PhoneId,
    /// The number with `+`.
    pub phone: String,
    /// Meta's id of the number.
    pub phone_id: String,
    /// The name of its WABA.
    pub waba_name: String,
    /// The domain of its portal, when it has one.
    pub portal: Option<String>,
    /// The open line in the portal.
    pub line_id: Option<i64>,
    /// The connector's code in the portal.
    pub connector: Option<String>,
    /// Whether it is an SMS provider in the portal.
    pub sms_service: bool,
    /// How the connector stands.
    pub link: LinkState,
    /// When that was last asked.
    pub checked_at: Option<Moment>,
}

/// Which numbers to list by the state of their link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFilter {
    /// All of them.
    #[default]
    All,
    /// Active connectors.
    Linked,
    /// Everything that is not active: failed, unchecked, without a line.
    Attention,
}

/// What to list of the phones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PhoneFilter {
    /// By the state of the link.
    pub link: LinkFilter,
}

/// The columns phones can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneSort {
    /// By the number.
    #[default]
    Phone,
    /// By the WABA's name.
    Waba,
    /// By when the link was last checked.
    Checked,
}

impl Filter for PhoneFilter {
    type Column = PhoneSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let link = match get("link").as_deref() {
            Some("linked") => LinkFilter::Linked,
            Some("attention") => LinkFilter::Attention,
            _ => LinkFilter::All,
        };
        Self { link }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        match self.link {
            LinkFilter::All => {}
            LinkFilter::Linked => put("link", "linked"),
            LinkFilter::Attention => put("link", "attention"),
        }
    }

    fn first_sort() -> Sort<PhoneSort> {
        Sort::up(PhoneSort::Phone)
    }

    fn column_name(column: PhoneSort) -> &'static str {
        match column {
            PhoneSort::Phone => "phone",
            PhoneSort::Waba => "waba",
            PhoneSort::Checked => "checked",
        }
    }

    fn columns() -> &'static [PhoneSort] {
        &[PhoneSort::Phone, PhoneSort::Waba, PhoneSort::Checked]
    }
}
