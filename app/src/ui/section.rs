//! Cards of a page and what stands in them.

use leptos::prelude::*;

use super::{CopyCode, Icon, IconName, Tone};
use crate::{base::at, i18n::Language, text};

/// A card with a title.
#[component]
pub fn Section(
    #[prop(into)] title: String,
    /// A line under the title.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its place on the page, for links.
    #[prop(optional)]
    id: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let label = title.clone();
    view! {
        <section class="card" aria-label=label id=id>
            <header class="card-head">
                <h2>{title}</h2>
                {hint.map(|hint| view! { <p class="muted">{hint}</p> })}
            </header>
            <div class="card-body">{children()}</div>
        </section>
    }
}

/// A named value on a line of its own.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A value to copy, with its name; as wide as there is room.
#[component]
pub fn CopyLine(#[prop(into)] label: String, #[prop(into)] value: String) -> impl IntoView {
    view! {
        <div class="copy-line">
            <span class="copy-line-label">{label}</span>
            <CopyCode value=value />
        </div>
    }
}

/// A sentence about the page as a whole.
#[component]
pub fn Banner(tone: Tone, children: Children) -> impl IntoView {
    let icon = match tone {
        Tone::Ok => IconName::Ok,
        Tone::Attention => IconName::Attention,
        Tone::Failed => IconName::Failed,
        Tone::Unknown | Tone::Neutral => IconName::Unknown,
    };
    view! {
        <div class="notice banner" data-tone=tone.as_str() role="status">
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}

/// A chapter of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// From its beginning.
    Top,
    /// What is needed at Meta.
    Meta,
    /// Login with Facebook.
    Login,
    /// Adding a WABA.
    Waba,
    /// The webhook.
    Webhook,
    /// Installing the app in Bitrix24.
    App,
    /// Adding a phone.
    Phone,
    /// When it is not green.
    Trouble,
}

impl Place {
    /// The heading's place, as the guide of this language spells it.
    const fn address(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Top, _) => "/guide",
            (Self::Meta, Language::en) => "/guide#what-you-need-at-meta",
            (Self::Meta, Language::ru) => "/guide#что-нужно-в-meta",
            (Self::Login, Language::en) => "/guide#login-with-facebook",
            (Self::Login, Language::ru) => "/guide#вход-через-facebook",
            (Self::Waba, Language::en) => "/guide#add-waba",
            (Self::Waba, Language::ru) => "/guide#добавить-waba",
            (Self::Webhook, Language::en) => "/guide#the-webhook",
            (Self::Webhook, Language::ru) => "/guide#вебхук",
            (Self::App, Language::en) => "/guide#install-the-app-in-bitrix24",
            (Self::App, Language::ru) => "/guide#установка-приложения-в-битрикс24",
            (Self::Phone, Language::en) => "/guide#add-a-phone",
            (Self::Phone, Language::ru) => "/guide#добавить-номер",
            (Self::Trouble, Language::en) => "/guide#when-it-is-not-green",
            (Self::Trouble, Language::ru) => "/guide#если-коннектор-не-зелёный",
        }
    }
}

/// A link to the guide's place, in a tab of its own.
#[component]
pub fn GuideLink(place: Place) -> impl IntoView {
    let href = place.address(crate::i18n::language());
    view! { <a class="guide-link" href=href target="_blank" rel="noopener">{text!(form.guide)}</a> }
}

/// The main thing that can be done on a page.
#[component]
pub fn PrimaryLink(#[prop(into)] path: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <a class="button primary" href=at(&path)>{label}</a> }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heading's place as the guide's page spells it.
    fn slug(words: &str) -> String {
        let sign = |sign: char| match sign {
            ' ' => Some('-'),
            sign => (sign.is_alphanumeric() || sign == '-').then_some(sign),
        };
        words.to_lowercase().chars().filter_map(sign).collect()
    }

    #[test]
    fn every_place_is_a_heading_of_the_guide() {
        let english = include_str!("../../../docs/connecting-whatsapp.md");
        let russian = include_str!("../../../docs/connecting-whatsapp.ru.md");
        for (text, language) in [(english, Language::en), (russian, Language::ru)] {
            let headings: Vec<_> = text
                .lines()
                .filter_map(|line| line.strip_prefix("## "))
                .map(slug)
                .collect();
            for place in [
                Place::Meta,
                Place::Login,
                Place::Waba,
                Place::Webhook,
                Place::App,
                Place::Phone,
                Place::Trouble,
            ] {
                let (_, place) = place.address(language).split_once('#').unwrap();
                assert!(headings.iter().any(|heading| heading == place), "{place}");
            }
        }
    }
}
