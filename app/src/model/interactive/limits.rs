//! Meta's limits of interactive messages, checked field by field.

use std::collections::HashSet;

use super::content::{
    InteractiveAction, InteractiveContent, InteractiveHeader, ListSection, ReplyButton,
};
use super::fault::InteractiveFault;
use crate::model::{TextPart, place_names, text_parts};

/// How long things may be, in characters, and how many there may be.
pub mod limit {
    /// The text.
    pub const BODY: usize = 1024;
    /// The text over a list.
    pub const LIST_BODY: usize = 4096;
    /// The line above it.
    pub const HEADER: usize = 60;
    /// The line under it.
    pub const FOOTER: usize = 60;
    /// Reply buttons.
    pub const BUTTONS: usize = 3;
    /// What a reply, URL or call button, or the button of a list says.
    pub const BUTTON: usize = 20;
    /// What comes back with a reply.
    pub const BUTTON_ID: usize = 256;
    /// Sections of a list.
    pub const SECTIONS: usize = 10;
    /// The title of one.
    pub const SECTION: usize = 24;
    /// Rows of a list, over all sections.
    pub const ROWS: usize = 10;
    /// The title of one.
    pub const ROW: usize = 24;
    /// What comes back with one.
    pub const ROW_ID: usize = 200;
    /// Its smaller line.
    pub const ROW_DESCRIPTION: usize = 72;
    /// An address.
    pub const URL: usize = 2000;
    /// What comes back with a call.
    pub const CALL_PAYLOAD: usize = 512;
    /// How long a call button may work, in minutes: thirty days.
    pub const CALL_MINUTES: u32 = 43_200;
    /// What the button of a form says.
    pub const FLOW_BUTTON: usize = 30;
    /// The name of a form.
    pub const FLOW: usize = 200;
}

impl InteractiveContent {
    /// Everything that is wrong, each with its field: `body`, `header`, `header_link`, `footer`, `title`, `url`,
    /// `minutes`, `payload`, `flow`, `list_button`, and counted from 1: `button_1`, `button_1_id`, `section_1`,
    /// `section_1_row_2`, `section_1_row_2_id`, `section_1_row_2_description`; of all: `buttons`, `sections`, `rows`.
    ///
    /// A variable counts as one character: its value is counted when it is known.
    pub fn faults(&self) -> Vec<(String, InteractiveFault)> {
        let mut found = Found(Vec::new());
        let kind = self.action.kind();
        let most = match &self.action {
            InteractiveAction::List { .. } => limit::LIST_BODY,
            InteractiveAction::ReplyButtons { .. }
            | InteractiveAction::UrlButton { .. }
            | InteractiveAction::LocationRequest
            | InteractiveAction::VoiceCall { .. }
            | InteractiveAction::CallPermission
            | InteractiveAction::Flow { .. } => limit::BODY,
        };
        found.text("body", &self.body, most, !kind.takes_no_body());
        self.header_faults(&mut found);
        if !kind.takes_footer() && !self.footer.trim().is_empty() {
            found.add("footer", InteractiveFault::NotAllowed);
        }
        found.text("footer", &self.footer, limit::FOOTER, false);
        found.action(&self.action);
        found.0
    }

    fn header_faults(&self, found: &mut Found) {
        let kind = self.action.kind();
        let (is_allowed, link) = match &self.header {
            InteractiveHeader::None => return,
            InteractiveHeader::Text { text } => {
                found.text("header", text, limit::HEADER, true);
                (kind.takes_header(), None)
            }
            InteractiveHeader::Image { link }
            | InteractiveHeader::Video { link }
            | InteractiveHeader::Document { link, .. } => (kind.takes_media(), Some(link)),
        };
        if !is_allowed {
            found.add("header", InteractiveFault::NotAllowed);
        }
        if let Some(link) = link {
            found.address("header_link", link, &["https://"]);
        }
    }
}

/// What was found so far.
struct Found(Vec<(String, InteractiveFault)>);

impl Found {
    fn add(&mut self, field: &str, fault: InteractiveFault) {
        self.0.push((field.to_owned(), fault));
    }

    /// A field's length, whether it is filled, and its variables; the first fault counts.
    fn text(&mut self, field: &str, text: &str, most: usize, is_needed: bool) {
        if is_needed && text.trim().is_empty() {
            self.add(field, InteractiveFault::Empty);
        } else if length(text) > most {
            self.add(field, InteractiveFault::TooLong { most });
        } else if !place_names(text).into_iter().all(is_name) {
            self.add(field, InteractiveFault::VariableName);
        }
    }

    fn address(&mut self, field: &str, text: &str, schemes: &[&str]) {
        let before = self.0.len();
        self.text(field, text, limit::URL, true);
        if self.0.len() == before && !is_address(text, schemes) {
            self.add(field, InteractiveFault::NoAddress);
        }
    }

    fn action(&mut self, action: &InteractiveAction) {
        match action {
            InteractiveAction::ReplyButtons { buttons } => self.buttons(buttons),
            InteractiveAction::List { button, sections } => {
                self.text("list_button", button, limit::BUTTON, true);
                self.sections(sections);
            }
            InteractiveAction::UrlButton { title, url } => {
                self.text("title", title, limit::BUTTON, true);
                self.address("url", url, &["https://", "http://"]);
            }
            InteractiveAction::VoiceCall {
                title,
                minutes,
                payload,
            } => {
                self.text("title", title, limit::BUTTON, false);
                self.text("payload", payload, limit::CALL_PAYLOAD, false);
                let (least, most) = (1, limit::CALL_MINUTES);
                if !(least..=most).contains(minutes) {
                    self.add("minutes", InteractiveFault::OutOfRange { least, most });
                }
            }
            InteractiveAction::Flow { button, flow, .. } => {
                self.text("title", button, limit::FLOW_BUTTON, true);
                self.text("flow", flow, limit::FLOW, true);
            }
            InteractiveAction::LocationRequest | InteractiveAction::CallPermission => {}
        }
    }

    fn buttons(&mut self, buttons: &[ReplyButton]) {
        self.count("buttons", buttons.len(), limit::BUTTONS);
        let (mut titles, mut ids) = (HashSet::new(), HashSet::new());
        for (button, number) in buttons.iter().zip(1..) {
            let field = format!("button_{number}");
            self.text(&field, &button.title, limit::BUTTON, true);
            self.unique(&field, &button.title, &mut titles);
            let field = format!("{field}_id");
            self.text(&field, &button.id, limit::BUTTON_ID, false);
            self.unique(&field, button.answer_id(), &mut ids);
        }
    }

    fn sections(&mut self, sections: &[ListSection]) {
        self.count("sections", sections.len(), limit::SECTIONS);
        let rows = sections.iter().map(|section| section.rows.len()).sum();
        self.count("rows", rows, limit::ROWS);
        let mut ids = HashSet::new();
        for (section, number) in sections.iter().zip(1..) {
            let field = format!("section_{number}");
            let is_one_of_many = sections.len() > 1;
            self.text(&field, &section.title, limit::SECTION, is_one_of_many);
            if section.rows.is_empty() && rows > 0 {
                self.add(&format!("{field}_row_1"), InteractiveFault::Empty);
            }
            for (row, number) in section.rows.iter().zip(1..) {
                let field = format!("{field}_row_{number}");
                self.text(&field, &row.title, limit::ROW, true);
                let description = format!("{field}_description");
                self.text(
                    &description,
                    &row.description,
                    limit::ROW_DESCRIPTION,
                    false,
                );
                let field = format!("{field}_id");
                self.text(&field, &row.id, limit::ROW_ID, false);
                self.unique(&field, row.answer_id(), &mut ids);
            }
        }
    }

    fn count(&mut self, field: &str, count: usize, most: usize) {
        if count == 0 {
            self.add(field, InteractiveFault::Empty);
        } else if count > most {
            self.add(field, InteractiveFault::TooMany { most });
        }
    }

    fn unique(&mut self, field: &str, text: &str, seen: &mut HashSet<String>) {
        let text = text.trim();
        if !text.is_empty() && !seen.insert(text.to_owned()) {
            self.add(field, InteractiveFault::NotUnique);
        }
    }
}

fn length(text: &str) -> usize {
    let parts = text_parts(text.trim()).into_iter();
    parts
        .map(|part| match part {
            TextPart::Words(words) => words.chars().count(),
            TextPart::Place(_) => 1,
        })
        .sum()
}

/// A name that a code can give a value to.
fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(fits) && !name.starts_with(|first: char| first.is_ascii_digit())
}

fn is_address(text: &str, schemes: &[&str]) -> bool {
    let parts = text_parts(text.trim()).into_iter();
    let whole: String = parts
        .map(|part| match part {
            TextPart::Words(words) => words,
            TextPart::Place(_) => "x",
        })
        .collect();
    let mut behind = schemes
        .iter()
        .filter_map(|scheme| whole.strip_prefix(scheme));
    // An address that begins with a variable is known when it is filled.
    let is_open = text.trim_start().starts_with("{{");
    let is_whole = behind.any(|rest| rest.starts_with(char::is_alphanumeric));
    (is_open || is_whole) && !whole.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests;
