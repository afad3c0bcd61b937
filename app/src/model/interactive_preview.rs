//! An interactive message as a customer's phone shows it.

use super::{
    ButtonKind, InteractiveAction, InteractiveContent, InteractiveHeader, MessagePreview,
    PreviewButton, PreviewHeader, PreviewRow, PreviewText,
};

impl InteractiveContent {
    /// What a phone would show; variables stay as they are.
    pub fn preview(&self) -> MessagePreview {
        let (buttons, rows) = self.action.preview();
        MessagePreview {
            header: self.header.preview(),
            body: PreviewText::plain(self.body.clone()),
            footer: filled(&self.footer),
            buttons,
            rows,
            ..MessagePreview::default()
        }
    }

    /// The beginning of its words, for lists.
    pub fn beginning(&self) -> String {
        const LENGTH: usize = 90;
        let line = self.body.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
            None => line,
        }
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl InteractiveHeader {
    fn preview(&self) -> Option<PreviewHeader> {
        match self {
            Self::None => None,
            Self::Text { text } if text.is_empty() => None,
            Self::Text { text } => Some(PreviewHeader::Text(PreviewText::plain(text.clone()))),
            Self::Image { .. } => Some(PreviewHeader::Image),
            Self::Video { .. } => Some(PreviewHeader::Video),
            Self::Document { .. } => Some(PreviewHeader::Document),
        }
    }
}

impl InteractiveAction {
    /// The buttons under the bubble, and what the button of a list opens.
    fn preview(&self) -> (Vec<PreviewButton>, Vec<PreviewRow>) {
        let one = |kind, text: &str, detail: Option<String>| {
            vec![PreviewButton {
                kind,
                text: text.to_owned(),
                detail,
            }]
        };
        let buttons = match self {
            Self::ReplyButtons { buttons } => buttons
                .iter()
                .filter(|button| !button.title.is_empty())
                .flat_map(|button| one(ButtonKind::Reply, &button.title, None))
                .collect(),
            Self::List { button, .. } => one(ButtonKind::List, button, None),
            Self::UrlButton { title, url } => one(ButtonKind::Url, title, filled(url)),
            Self::LocationRequest => one(ButtonKind::Location, "", None),
            Self::VoiceCall { title, .. } => one(ButtonKind::Call, title, None),
            Self::CallPermission => one(ButtonKind::Consent, "", None),
            Self::Flow { button, .. } => one(ButtonKind::Flow, button, None),
        };
        let Self::List { sections, .. } = self else {
            return (buttons, Vec::new());
        };
        let rows = sections.iter().flat_map(|section| {
            section
                .rows
                .iter()
                .enumerate()
                .map(|(place, row)| PreviewRow {
                    section: filled(&section.title).filter(|_| place == 0),
                    title: row.title.clone(),
                    description: filled(&row.description),
                })
        });
        (buttons, rows.collect())
    }
}
