//! A form as a phone would show it.

use super::TemplateForm;
use crate::model::{
    ButtonKind, HeaderKind, MessagePreview, PreviewButton, PreviewHeader, PreviewText,
    TemplateButton, place_names,
};

impl TemplateForm {
    /// As a phone would show it.
    pub fn preview(&self) -> MessagePreview {
        let filled = |examples: &[(String, String)]| -> Vec<(String, String)> {
            let filled = examples.iter().filter(|(_, value)| !value.is_empty());
            filled.cloned().collect()
        };
        let header = match self.header {
            HeaderKind::None => None,
            HeaderKind::Text if self.header_text.is_empty() => None,
            HeaderKind::Text => {
                let names = place_names(&self.header_text).into_iter();
                let examples = names.map(|name| (name.to_owned(), self.header_example.clone()));
                Some(PreviewHeader::Text(PreviewText {
                    text: self.header_text.clone(),
                    examples: filled(&examples.collect::<Vec<_>>()),
                }))
            }
            HeaderKind::Image => Some(PreviewHeader::Image),
            HeaderKind::Video => Some(PreviewHeader::Video),
            HeaderKind::Document => Some(PreviewHeader::Document),
            HeaderKind::Location => Some(PreviewHeader::Location),
        };
        let shown = |button: &&TemplateButton| {
            button.kind == ButtonKind::CopyCode || !button.text.is_empty()
        };
        let buttons = self.buttons.iter().filter(shown);
        MessagePreview {
            header,
            body: PreviewText {
                text: self.body.clone(),
                examples: filled(&self.examples),
            },
            footer: Some(self.footer.clone()).filter(|footer| !footer.is_empty()),
            buttons: buttons
                .map(|button| PreviewButton {
                    kind: button.kind,
                    text: button.text.clone(),
                    detail: Some(button.value.clone()).filter(|value| !value.is_empty()),
                })
                .collect(),
            ..MessagePreview::default()
        }
    }
}
