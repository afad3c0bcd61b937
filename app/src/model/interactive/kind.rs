//! The kinds of interactive messages.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::content::{InteractiveAction, ListSection, ReplyButton};

/// A kind, as column `kind` of table `interactive` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InteractiveKind {
    /// Up to three buttons.
    ReplyButtons,
    /// A list to choose from.
    List,
    /// A button that opens an address.
    UrlButton,
    /// Asks where the customer is.
    LocationRequest,
    /// A button that calls the business.
    VoiceCall,
    /// Asks whether the business may call.
    CallPermission,
    /// A form.
    Flow,
}

/// How long a call button works where nobody chose: Meta's own seven days, in minutes.
const CALL_MINUTES: u32 = 10_080;

impl InteractiveKind {
    /// All of them, in the order a page offers them.
    pub const ALL: [Self; 7] = [
        Self::ReplyButtons,
        Self::List,
        Self::UrlButton,
        Self::LocationRequest,
        Self::VoiceCall,
        Self::CallPermission,
        Self::Flow,
    ];

    /// As it is kept and posted.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReplyButtons => "reply_buttons",
            Self::List => "list",
            Self::UrlButton => "url_button",
            Self::LocationRequest => "location_request",
            Self::VoiceCall => "voice_call",
            Self::CallPermission => "call_permission",
            Self::Flow => "flow",
        }
    }

    /// Whether there may be a line above the text.
    pub const fn takes_header(self) -> bool {
        self.takes_footer()
    }

    /// Whether there may be a file above the text.
    pub const fn takes_media(self) -> bool {
        match self {
            Self::ReplyButtons | Self::UrlButton | Self::Flow => true,
            Self::List | Self::LocationRequest | Self::VoiceCall | Self::CallPermission => false,
        }
    }

    /// Whether there may be a line under the text.
    pub const fn takes_footer(self) -> bool {
        match self {
            Self::ReplyButtons | Self::List | Self::UrlButton | Self::Flow => true,
            Self::LocationRequest | Self::VoiceCall | Self::CallPermission => false,
        }
    }

    /// Whether the text may be missing.
    pub const fn takes_no_body(self) -> bool {
        matches!(self, Self::CallPermission)
    }

    /// What an empty form begins with.
    pub fn empty(self) -> InteractiveAction {
        match self {
            Self::ReplyButtons => InteractiveAction::ReplyButtons {
                buttons: vec![ReplyButton::default()],
            },
            Self::List => InteractiveAction::List {
                button: String::new(),
                sections: vec![ListSection::default()],
            },
            Self::UrlButton => InteractiveAction::UrlButton {
                title: String::new(),
                url: String::new(),
            },
            Self::LocationRequest => InteractiveAction::LocationRequest,
            Self::VoiceCall => InteractiveAction::VoiceCall {
                title: String::new(),
                minutes: CALL_MINUTES,
                payload: String::new(),
            },
            Self::CallPermission => InteractiveAction::CallPermission,
            Self::Flow => InteractiveAction::Flow {
                button: String::new(),
                flow: String::new(),
                screen: String::new(),
                token: String::new(),
                draft: false,
            },
        }
    }
}

impl InteractiveAction {
    /// Its kind.
    pub const fn kind(&self) -> InteractiveKind {
        match self {
            Self::ReplyButtons { .. } => InteractiveKind::ReplyButtons,
            Self::List { .. } => InteractiveKind::List,
            Self::UrlButton { .. } => InteractiveKind::UrlButton,
            Self::LocationRequest => InteractiveKind::LocationRequest,
            Self::VoiceCall { .. } => InteractiveKind::VoiceCall,
            Self::CallPermission => InteractiveKind::CallPermission,
            Self::Flow { .. } => InteractiveKind::Flow,
        }
    }
}

impl FromStr for InteractiveKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(())
    }
}
