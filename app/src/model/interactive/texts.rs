//! The texts of a message, and the variables in them.

use super::content::{
    InteractiveAction, InteractiveContent, InteractiveHeader, ListRow, ListSection, ReplyButton,
};
use crate::model::{TextPart, place_names, text_parts};

impl InteractiveContent {
    /// The names of its variables, each once, in the order they come.
    pub fn variables(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        self.map(&mut |text| {
            for name in place_names(text) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
            String::new()
        });
        names
    }

    /// The message with its variables replaced; one without a value stays as it is.
    pub fn filled(&self, value: impl Fn(&str) -> Option<String>) -> Self {
        self.map(&mut |text| {
            let parts = text_parts(text).into_iter();
            parts
                .map(|part| match part {
                    TextPart::Words(words) => words.to_owned(),
                    TextPart::Place(name) => {
                        value(name).unwrap_or_else(|| format!("{{{{{name}}}}}"))
                    }
                })
                .collect()
        })
    }

    /// The same message with every text changed.
    fn map(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        Self {
            header: self.header.map(change),
            body: change(&self.body),
            footer: change(&self.footer),
            action: self.action.map(change),
        }
    }
}

impl InteractiveHeader {
    fn map(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        match self {
            Self::None => Self::None,
            Self::Text { text } => Self::Text { text: change(text) },
            Self::Image { link } => Self::Image { link: change(link) },
            Self::Video { link } => Self::Video { link: change(link) },
            Self::Document { link, name } => Self::Document {
                link: change(link),
                name: change(name),
            },
        }
    }
}

impl InteractiveAction {
    fn map(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        match self {
            Self::ReplyButtons { buttons } => Self::ReplyButtons {
                buttons: buttons
                    .iter()
                    .map(|one| ReplyButton {
                        id: change(&one.id),
                        title: change(&one.title),
                    })
                    .collect(),
            },
            Self::List { button, sections } => Self::List {
                button: change(button),
                sections: sections.iter().map(|one| one.map(change)).collect(),
            },
            Self::UrlButton { title, url } => Self::UrlButton {
                title: change(title),
                url: change(url),
            },
            Self::LocationRequest => Self::LocationRequest,
            Self::VoiceCall {
                title,
                minutes,
                payload,
            } => Self::VoiceCall {
                title: change(title),
                minutes: *minutes,
                payload: change(payload),
            },
            Self::CallPermission => Self::CallPermission,
            Self::Flow {
                button,
                flow,
                screen,
                token,
                draft,
            } => Self::Flow {
                button: change(button),
                flow: change(flow),
                screen: change(screen),
                token: change(token),
                draft: *draft,
            },
        }
    }
}

impl ListSection {
    fn map(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        let rows = self.rows.iter().map(|one| ListRow {
            id: change(&one.id),
            title: change(&one.title),
            description: change(&one.description),
        });
        let rows = rows.collect();
        Self {
            title: change(&self.title),
            rows,
        }
    }
}
