//! An interactive message as its form has it: flat, and whole for every kind, so that nothing typed is lost when one
//! tries another kind.

use serde::{Deserialize, Serialize};

use super::{HeaderKind, InteractiveKind, interactive_limit as limit};

mod faults;
mod made;

/// A row of a list, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowForm {
    /// What it says.
    pub title: String,
    /// The line under it.
    pub description: String,
}

/// A section of a list, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionForm {
    /// What stands above its rows.
    pub title: String,
    /// Its rows.
    pub rows: Vec<RowForm>,
}

/// A message as typed. Fields are called as in [`InteractiveContent::faults`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InteractiveForm {
    /// What people call it.
    pub name: String,
    /// Where it may be sent: a portal's printed id, an owner's, or nothing for all of the caller's.
    pub place: String,
    /// The hashtag that sends it; may be empty.
    pub hashtag: String,
    /// What the customer can do.
    pub kind: InteractiveKind,
    /// What stands above the words.
    pub header: HeaderKind,
    /// The line above them.
    pub header_text: String,
    /// The address of the file above them.
    pub header_link: String,
    /// The name of a document.
    pub header_name: String,
    /// The words.
    pub body: String,
    /// The line under them.
    pub footer: String,
    /// What reply buttons say.
    pub buttons: Vec<String>,
    /// What opens the list.
    pub list_button: String,
    /// The list.
    pub sections: Vec<SectionForm>,
    /// What the button for an address, a call or a form says.
    pub title: String,
    /// The address.
    pub url: String,
    /// How long the call button works, in minutes.
    pub minutes: String,
    /// Comes back with the call.
    pub payload: String,
    /// The form's id or name.
    pub flow: String,
    /// The form's first screen.
    pub screen: String,
    /// Comes back with the form.
    pub token: String,
    /// The form is not published yet.
    pub draft: bool,
}

impl Default for InteractiveForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            place: String::new(),
            hashtag: String::new(),
            kind: InteractiveKind::ReplyButtons,
            header: HeaderKind::None,
            header_text: String::new(),
            header_link: String::new(),
            header_name: String::new(),
            body: String::new(),
            footer: String::new(),
            buttons: vec![String::new()],
            list_button: String::new(),
            sections: vec![SectionForm {
                title: String::new(),
                rows: vec![RowForm::default()],
            }],
            title: String::new(),
            url: String::new(),
            minutes: "10080".to_owned(),
            payload: String::new(),
            flow: String::new(),
            screen: String::new(),
            token: String::new(),
            draft: false,
        }
    }
}

impl InteractiveForm {
    /// The most characters a name may have.
    pub const NAME: usize = 100;

    /// The form out of its fields, whatever their order.
    pub fn read(fields: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned())
        };
        let text = |name: &str| get(name).unwrap_or_default();
        let buttons = (1..=limit::BUTTONS).map_while(|number| get(&format!("button_{number}")));
        let rows = |section: usize| {
            let rows = (1..=limit::ROWS).map_while(|row| {
                let field = format!("section_{section}_row_{row}");
                Some(RowForm {
                    title: get(&field)?,
                    description: text(&format!("{field}_description")),
                })
            });
            rows.collect()
        };
        let sections = (1..=limit::SECTIONS).map_while(|number| {
            Some(SectionForm {
                title: get(&format!("section_{number}"))?,
                rows: rows(number),
            })
        });
        let mut form = Self {
            name: text("name"),
            place: text("place"),
            hashtag: text("hashtag"),
            kind: text("kind")
                .parse()
                .unwrap_or(InteractiveKind::ReplyButtons),
            header: HeaderKind::of(&text("header_kind")),
            header_text: text("header"),
            header_link: text("header_link"),
            header_name: text("header_name"),
            // Browsers send line ends as forms have them.
            body: text("body").replace("\r\n", "\n"),
            footer: text("footer"),
            buttons: buttons.collect(),
            list_button: text("list_button"),
            sections: sections.collect(),
            title: text("title"),
            url: text("url"),
            minutes: text("minutes"),
            payload: text("payload"),
            flow: text("flow"),
            screen: text("screen"),
            token: text("token"),
            draft: get("draft").is_some(),
        };
        form.fill();
        form
    }

    /// The same with a place that can be chosen: the first one, where there is none yet.
    pub fn placed(mut self, places: &[(String, String)]) -> Self {
        if places.iter().all(|(place, _)| *place != self.place) {
            let first = places.first().map(|(place, _)| place.clone());
            self.place = first.unwrap_or_default();
        }
        self
    }

    /// There is always something to type into.
    fn fill(&mut self) {
        if self.buttons.is_empty() {
            self.buttons.push(String::new());
        }
        if self.sections.is_empty() {
            self.sections.push(SectionForm::default());
        }
        for section in &mut self.sections {
            if section.rows.is_empty() {
                section.rows.push(RowForm::default());
            }
        }
    }

    /// Does what a button inside the form asks for, as a browser without a script does it: `button`, `section`,
    /// `row-2`, `drop-button-2`, `drop-section-2`, `drop-row-1-2`, counted from 1; anything else shows the form again.
    pub fn step(&mut self, step: &str) {
        let mut parts = step.split('-');
        let words = (parts.next(), parts.next(), parts.next(), parts.next());
        let place =
            |word: Option<&str>| -> Option<usize> { word?.parse::<usize>().ok()?.checked_sub(1) };
        let full = self.rows() >= limit::ROWS;
        match words {
            (Some("button"), ..) if self.buttons.len() < limit::BUTTONS => {
                self.buttons.push(String::new());
            }
            (Some("section"), ..) if self.sections.len() < limit::SECTIONS && !full => {
                self.sections.push(SectionForm::default());
            }
            (Some("row"), number, ..) if !full => {
                let section = place(number).and_then(|place| self.sections.get_mut(place));
                if let Some(section) = section {
                    section.rows.push(RowForm::default());
                }
            }
            (Some("drop"), Some("button"), number, _) => {
                drop_at(&mut self.buttons, place(number));
            }
            (Some("drop"), Some("section"), number, _) => {
                drop_at(&mut self.sections, place(number));
            }
            (Some("drop"), Some("row"), number, row) => {
                if let Some(section) = place(number).and_then(|place| self.sections.get_mut(place))
                {
                    drop_at(&mut section.rows, place(row));
                }
            }
            _ => {}
        }
        self.fill();
    }

    /// Rows of the list, over all sections.
    pub fn rows(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }
}

fn drop_at<T>(list: &mut Vec<T>, place: Option<usize>) {
    if let Some(place) = place.filter(|place| *place < list.len()) {
        list.remove(place);
    }
}

#[cfg(test)]
mod tests;
