//! An interactive message as its form has it: flat, and whole for every kind, so that nothing typed is lost when one
//! tries another kind.

use serde::{Deserialize, Serialize};

use super::{
    HeaderKind, InteractiveAction, InteractiveContent, InteractiveFault, InteractiveHeader,
    InteractiveKind, ListRow, ListSection, Problem, ProblemCode, ReplyButton, hashtag,
    interactive_limit as limit,
};

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

    /// The form of a message that is there.
    pub fn of(name: String, place: String, hashtag: String, content: InteractiveContent) -> Self {
        let mut form = Self {
            name,
            place,
            hashtag,
            kind: content.action.kind(),
            body: content.body,
            footer: content.footer,
            ..Self::default()
        };
        match content.header {
            InteractiveHeader::None => {}
            InteractiveHeader::Text { text } => {
                (form.header, form.header_text) = (HeaderKind::Text, text);
            }
            InteractiveHeader::Image { link } => {
                (form.header, form.header_link) = (HeaderKind::Image, link);
            }
            InteractiveHeader::Video { link } => {
                (form.header, form.header_link) = (HeaderKind::Video, link);
            }
            InteractiveHeader::Document { link, name } => {
                (form.header, form.header_link) = (HeaderKind::Document, link);
                form.header_name = name;
            }
        }
        match content.action {
            InteractiveAction::ReplyButtons { buttons } => {
                form.buttons = buttons.into_iter().map(|button| button.title).collect();
            }
            InteractiveAction::List { button, sections } => {
                form.list_button = button;
                form.sections = sections.into_iter().map(section_form).collect();
            }
            InteractiveAction::UrlButton { title, url } => (form.title, form.url) = (title, url),
            InteractiveAction::LocationRequest | InteractiveAction::CallPermission => {}
            InteractiveAction::VoiceCall {
                title,
                minutes,
                payload,
            } => {
                (form.title, form.payload) = (title, payload);
                form.minutes = minutes.to_string();
            }
            InteractiveAction::Flow {
                button,
                flow,
                screen,
                token,
                draft,
            } => {
                (form.title, form.flow, form.draft) = (button, flow, draft);
                (form.screen, form.token) = (screen, token);
            }
        }
        form.fill();
        form
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

    /// What is stored and sent: the parts of the chosen kind alone.
    pub fn content(&self) -> InteractiveContent {
        let kind = self.kind;
        let link = || self.header_link.clone();
        let header = match self.header {
            HeaderKind::Text if kind.takes_header() => InteractiveHeader::Text {
                text: self.header_text.clone(),
            },
            HeaderKind::Image if kind.takes_media() => InteractiveHeader::Image { link: link() },
            HeaderKind::Video if kind.takes_media() => InteractiveHeader::Video { link: link() },
            HeaderKind::Document if kind.takes_media() => InteractiveHeader::Document {
                link: link(),
                name: self.header_name.clone(),
            },
            HeaderKind::None
            | HeaderKind::Text
            | HeaderKind::Image
            | HeaderKind::Video
            | HeaderKind::Document
            | HeaderKind::Location => InteractiveHeader::None,
        };
        let footer = if kind.takes_footer() {
            self.footer.clone()
        } else {
            String::new()
        };
        InteractiveContent {
            header,
            body: self.body.clone(),
            footer,
            action: self.action(),
        }
    }

    fn action(&self) -> InteractiveAction {
        let title = || self.title.clone();
        match self.kind {
            InteractiveKind::ReplyButtons => InteractiveAction::ReplyButtons {
                buttons: self.buttons.iter().map(reply).collect(),
            },
            InteractiveKind::List => InteractiveAction::List {
                button: self.list_button.clone(),
                sections: self.sections.iter().map(section).collect(),
            },
            InteractiveKind::UrlButton => InteractiveAction::UrlButton {
                title: title(),
                url: self.url.clone(),
            },
            InteractiveKind::LocationRequest => InteractiveAction::LocationRequest,
            InteractiveKind::VoiceCall => InteractiveAction::VoiceCall {
                title: title(),
                minutes: self.minutes.parse().unwrap_or_default(),
                payload: self.payload.clone(),
            },
            InteractiveKind::CallPermission => InteractiveAction::CallPermission,
            InteractiveKind::Flow => InteractiveAction::Flow {
                button: title(),
                flow: self.flow.clone(),
                screen: self.screen.clone(),
                token: self.token.clone(),
                draft: self.draft,
            },
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
                section.map(|section| section.rows.push(RowForm::default()));
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

    /// Everything that is wrong, each at its field.
    pub fn faults(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.name.trim().is_empty() {
            found.push(Problem::new(ProblemCode::FieldEmpty).at("name"));
        } else if self.name.chars().count() > Self::NAME {
            let long = Problem::new(ProblemCode::TooLong).arg("most", Self::NAME);
            found.push(long.at("name"));
        }
        if !self.hashtag.is_empty() && hashtag(&self.hashtag).is_none() {
            found.push(Problem::new(ProblemCode::HashtagInvalid).at("hashtag"));
        }
        let faults = self.content().faults().into_iter();
        found.extend(faults.map(|(field, fault)| problem(fault).at(&field)));
        found
    }
}

fn drop_at<T>(list: &mut Vec<T>, place: Option<usize>) {
    if let Some(place) = place.filter(|place| *place < list.len()) {
        list.remove(place);
    }
}

fn reply(title: &String) -> ReplyButton {
    ReplyButton {
        id: String::new(),
        title: title.clone(),
    }
}

fn section(section: &SectionForm) -> ListSection {
    let rows = section.rows.iter().map(|row| ListRow {
        id: String::new(),
        title: row.title.clone(),
        description: row.description.clone(),
    });
    ListSection {
        title: section.title.clone(),
        rows: rows.collect(),
    }
}

fn section_form(section: ListSection) -> SectionForm {
    let rows = section.rows.into_iter().map(|row| RowForm {
        title: row.title,
        description: row.description,
    });
    SectionForm {
        title: section.title,
        rows: rows.collect(),
    }
}

/// A fault in the panel's words.
fn problem(fault: InteractiveFault) -> Problem {
    match fault {
        InteractiveFault::Empty => Problem::new(ProblemCode::FieldEmpty),
        InteractiveFault::TooLong { most } => Problem::new(ProblemCode::TooLong).arg("most", most),
        InteractiveFault::TooMany { most } => Problem::new(ProblemCode::TooMany).arg("most", most),
        InteractiveFault::NotUnique => Problem::new(ProblemCode::NotUnique),
        InteractiveFault::NoAddress => Problem::new(ProblemCode::UrlInvalid),
        InteractiveFault::OutOfRange { least, most } => Problem::new(ProblemCode::OutOfRange)
            .arg("least", least)
            .arg("most", most),
        InteractiveFault::NotAllowed => Problem::new(ProblemCode::BadRequest),
        InteractiveFault::VariableName => Problem::new(ProblemCode::VariableName),
    }
}

#[cfg(test)]
mod tests;
