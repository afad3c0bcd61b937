//! The message a form makes, and the form of a message.

use super::{InteractiveForm, RowForm, SectionForm};
use crate::model::{
    HeaderKind, InteractiveAction, InteractiveContent, InteractiveHeader, InteractiveKind, ListRow,
    ListSection, ReplyButton,
};

impl InteractiveForm {
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
                buttons: self.buttons.iter().map(|title| reply(title)).collect(),
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
}

fn reply(title: &str) -> ReplyButton {
    ReplyButton {
        id: String::new(),
        title: title.to_owned(),
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
