use leptos::prelude::*;

/// The pictures in `public/icons.svg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A grid: the overview.
    Overview,
    /// A phone.
    Phone,
    /// A tray with arrows: deliveries.
    Deliveries,
    /// A globe: language.
    Language,
    /// Half sun, half moon: theme.
    Theme,
    /// A person: account.
    Account,
    /// A door: leaving.
    Leave,
    /// A lens.
    Search,
    /// Two sheets.
    Copy,
    /// A tick in a circle: it works.
    Ok,
    /// A triangle: it needs somebody.
    Attention,
    /// A cross in a circle: it failed.
    Failed,
    /// A question mark in a circle: nobody knows.
    Unknown,
    /// A clock: it waits.
    Clock,
    /// A speech bubble: a WABA, WhatsApp.
    Bubble,
    /// A window: a portal.
    Portal,
    /// A wheel: settings.
    Settings,
    /// An arrow to the left.
    Back,
    /// An arrow to the right.
    Forward,
    /// A tick.
    Tick,
    /// An arrow up, for order.
    Up,
    /// An arrow down, for order.
    Down,
    /// Three dots: what else there is.
    More,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sheet.
    Document,
    /// A pin on a map.
    Pin,
    /// An arrow that turns back: an answer.
    Reply,
    /// An arrow out of a box: another site.
    Outside,
    /// A receiver: a call.
    Call,
    /// Lines under each other.
    List,
    /// A bubble with a button under it.
    Message,
    /// A receiver with an arrow to it: a call that came.
    CallIn,
    /// A receiver with an arrow from it: a call that was made.
    CallOut,
    /// A bar in a circle: switched off.
    Off,
}

impl IconName {
    const fn address(self) -> &'static str {
        match self {
            Self::Overview => "/icons.svg#overview",
            Self::Phone => "/icons.svg#phone",
            Self::Deliveries => "/icons.svg#deliveries",
            Self::Language => "/icons.svg#language",
            Self::Theme => "/icons.svg#theme",
            Self::Account => "/icons.svg#account",
            Self::Leave => "/icons.svg#leave",
            Self::Search => "/icons.svg#search",
            Self::Copy => "/icons.svg#copy",
            Self::Ok => "/icons.svg#ok",
            Self::Attention => "/icons.svg#attention",
            Self::Failed => "/icons.svg#failed",
            Self::Unknown => "/icons.svg#unknown",
            Self::Clock => "/icons.svg#clock",
            Self::Bubble => "/icons.svg#bubble",
            Self::Portal => "/icons.svg#portal",
            Self::Settings => "/icons.svg#settings",
            Self::Back => "/icons.svg#back",
            Self::Forward => "/icons.svg#forward",
            Self::Tick => "/icons.svg#tick",
            Self::Up => "/icons.svg#up",
            Self::Down => "/icons.svg#down",
            Self::More => "/icons.svg#more",
            Self::Image => "/icons.svg#image",
            Self::Video => "/icons.svg#video",
            Self::Document => "/icons.svg#document",
            Self::Pin => "/icons.svg#pin",
            Self::Reply => "/icons.svg#reply",
            Self::Outside => "/icons.svg#outside",
            Self::Call => "/icons.svg#call",
            Self::List => "/icons.svg#list",
            Self::Message => "/icons.svg#message",
            Self::CallIn => "/icons.svg#call-in",
            Self::CallOut => "/icons.svg#call-out",
            Self::Off => "/icons.svg#off",
        }
    }
}

/// A picture beside a word; never the only bearer of a meaning.
#[component]
pub fn Icon(#[prop(into)] name: Signal<IconName>) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" width="20" height="20">
            <use_ href=move || name.get().address() />
        </svg>
    }
}
