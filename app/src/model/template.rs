//! Message templates of a WABA as the panel shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Check, MessagePreview, Moment, Page, PhoneId, TemplateCategory, TemplateId, TemplateQuality,
    TemplateStatus, WabaId,
};

/// Something that happened to a template and that nobody has seen yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNotice {
    /// The template.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// What happened, e.g. `paused`.
    pub code: String,
    /// Values for the sentence.
    pub args: BTreeMap<String, String>,
    /// When.
    pub at: Moment,
}

/// One template in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Its id here.
    pub id: TemplateId,
    /// Its name at Meta.
    pub name: String,
    /// Its language, as Meta spells it.
    pub language: String,
    /// What Meta lets be done with it.
    pub status: TemplateStatus,
    /// Meta's own word for that.
    pub status_word: String,
    /// What it is for.
    pub category: TemplateCategory,
    /// How customers take it.
    pub quality: Option<TemplateQuality>,
    /// Meta's word for why it was rejected; none where it was not.
    pub rejection: Option<String>,
    /// The beginning of its words.
    pub beginning: String,
    /// Whether operators and robots may send it.
    pub offered: bool,
    /// Why it cannot be read, where it cannot.
    pub unreadable: Option<String>,
}

/// The templates of a WABA, and what is to be known of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatesPage {
    /// The WABA.
    pub waba: WabaId,
    /// Its name.
    pub waba_name: String,
    /// One page of its templates.
    pub page: Page<TemplateRow>,
    /// When Meta was last asked for all of them.
    pub synced_at: Option<Moment>,
    /// Meta is being asked now.
    pub is_syncing: bool,
    /// How it went last time.
    pub check: Option<Check>,
    /// Name and language of those that cannot be read.
    pub unreadable: Vec<(TemplateId, String)>,
    /// The languages there are.
    pub languages: Vec<String>,
    /// What happened and was not seen.
    pub notices: Vec<TemplateNotice>,
}

/// A phone of the template's WABA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePhone {
    /// The phone.
    pub id: PhoneId,
    /// Its number, with `+`.
    pub phone: String,
    /// The template is the one it offers when a window is closed.
    pub is_default: bool,
    /// It has another one.
    pub has_other: bool,
    /// Whether its default is sent without a question.
    pub when_closed: bool,
}

/// Everything a template's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateDetail {
    /// As in the list.
    pub row: TemplateRow,
    /// Its WABA.
    pub waba: WabaId,
    /// The WABA's name.
    pub waba_name: String,
    /// Meta's id of it.
    pub template_id: Option<String>,
    /// As a phone would show it; none where it cannot be read.
    pub preview: Option<MessagePreview>,
    /// The code that sends it, with placeholders, for a chat; and for the SMS field.
    pub codes: Option<(String, String)>,
    /// How many variables its words have.
    pub variables: u32,
    /// What happened and was not seen.
    pub notice: Option<TemplateNotice>,
    /// The phones of its WABA.
    pub phones: Vec<TemplatePhone>,
    /// Other languages of the same name.
    pub siblings: Vec<(TemplateId, String)>,
    /// When Meta last told of it.
    pub synced_at: Moment,
}

/// What goes with a template that is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateEnd {
    /// This language alone.
    #[default]
    Language,
    /// All languages of the name.
    Name,
}
