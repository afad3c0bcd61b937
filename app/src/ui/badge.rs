use leptos::prelude::*;

use super::{Icon, IconName};
use crate::model::Verdict;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It works.
    Ok,
    /// It needs somebody.
    Attention,
    /// It failed.
    Failed,
    /// Nobody knows.
    Unknown,
    /// Nothing to say.
    Neutral,
}

impl Tone {
    /// Its name in the style sheet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Attention => "attention",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Neutral => "neutral",
        }
    }
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::Ok,
            Verdict::Attention => Self::Attention,
            Verdict::Failed => Self::Failed,
            Verdict::Unknown => Self::Unknown,
        }
    }
}

/// A state as colour, picture and word.
#[component]
pub fn Badge(tone: Tone, icon: IconName, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.as_str()>
            <Icon name=icon />
            <span>{label}</span>
        </span>
    }
}
