use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Icon, IconName, menu::Menu};
use crate::{
    api::ThemeSet,
    i18n::{Language, language, language_code},
    preferences::{Theme, theme},
    text,
};

/// The page to come back to after a choice.
fn here() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| {
        let search = location.search.get();
        let path = location.pathname.get();
        if search.is_empty() {
            path
        } else {
            format!("{path}?{search}")
        }
    })
}

/// One choice in a menu: a plain form, so that it works without a script.
#[component]
fn Choice(
    action: &'static str,
    name: &'static str,
    value: &'static str,
    #[prop(into)] label: String,
    chosen: Signal<bool>,
    lang: Option<&'static str>,
    back: Memo<String>,
    #[prop(optional, into)] on_choice: Option<Callback<leptos::ev::SubmitEvent>>,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        if let Some(act) = on_choice {
            act.run(event);
        }
    };
    view! {
        <form method="post" action=action on:submit=submit>
            <input type="hidden" name=name value=value />
            <input type="hidden" name="back" value=move || back.get() />
            <button type="submit" class="menu-item" lang=lang aria-pressed=move || chosen.get().to_string()>
                <span>{label}</span>
                <Show when=move || chosen.get()><Icon name=IconName::Tick /></Show>
            </button>
        </form>
    }
}

/// English or Russian. The page is loaded anew in the other language.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    let back = here();
    let choice = move |value: Language, label: &'static str| {
        let chosen = Signal::derive(move || language() == value);
        let name = language_code(value);
        view! {
            <Choice action="/api/panel/language" name="language" value=name label=label chosen=chosen lang=Some(name) back=back />
        }
    };
    view! {
        <Menu id="menu-language" icon=IconName::Language label=text!(preferences.language)>
            {choice(Language::en, "English")}
            {choice(Language::ru, "Русский")}
        </Menu>
    }
}

/// Light, dark or as the system has it. With a script the page changes at once.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let back = here();
    let present = RwSignal::new(theme());
    let remember = ServerAction::<ThemeSet>::new();
    let choice = move |value: Theme| {
        let label = match value {
            Theme::System => text!(preferences.theme_system),
            Theme::Light => text!(preferences.theme_light),
            Theme::Dark => text!(preferences.theme_dark),
        };
        let choose = Callback::new(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            present.set(value);
            if let Some(html) = document().document_element() {
                let _ = html.set_attribute("data-theme", value.as_str());
            }
            remember.dispatch(ThemeSet {
                theme: value,
                back: String::new(),
            });
        });
        let chosen = Signal::derive(move || present.get() == value);
        view! {
            <Choice action="/api/panel/theme" name="theme" value=value.as_str() label=label chosen=chosen lang=None back=back on_choice=choose />
        }
    };
    view! {
        <Menu id="menu-theme" icon=IconName::Theme label=text!(preferences.theme)>
            {Theme::ALL.into_iter().map(choice).collect_view()}
        </Menu>
    }
}
