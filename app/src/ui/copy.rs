use std::time::Duration;

use leptos::prelude::*;

use super::{Icon, IconName, announce::Announcer};
use crate::text;

/// What became of a wish to copy. The server only ever knows the first.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copying {
    /// Nobody wished.
    Idle,
    /// It is on the clipboard.
    Done,
    /// The browser keeps its clipboard to itself; the text is marked, and the keyboard copies it.
    Marked,
}

impl Copying {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Done => "done",
            Self::Marked => "marked",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Idle => text!(copy.action),
            Self::Done => text!(copy.done),
            Self::Marked => text!(copy.marked),
        }
    }
}

/// A code in mono with a button that copies it and says so. Without a script a click marks it.
#[component]
pub fn CopyCode(
    /// What is shown and copied.
    #[prop(into)]
    value: String,
    /// Only its beginning is shown where there is a button to copy the whole.
    #[prop(optional)]
    short: bool,
    /// The value has several lines and this name: it stands as a block.
    #[prop(optional, into)]
    block: Option<String>,
) -> impl IntoView {
    let state = RwSignal::new(Copying::Idle);
    let code = NodeRef::<leptos::html::Code>::new();
    let is_block = block.is_some();
    let label = text!(copy.label, value = block.unwrap_or_else(|| value.clone()));
    let (shown, title) = (value.clone(), (!is_block).then(|| value.clone()));
    // A block may be wider than its place: the keyboard moves in it.
    let reached = is_block.then_some("0");
    let announce = Announcer::later();
    let copy = move |_| {
        let (value, announce) = (value.clone(), announce.clone());
        leptos::task::spawn_local(async move {
            let found = put_on_clipboard(value, code).await;
            state.try_set(found);
            announce(found.words());
            let stays = Duration::from_secs(if found == Copying::Marked { 6 } else { 2 });
            set_timeout(
                move || {
                    state.try_set(Copying::Idle);
                    announce(String::new());
                },
                stays,
            );
        });
    };
    let icon = Signal::derive(move || match state.get() {
        Copying::Done => IconName::Tick,
        Copying::Idle | Copying::Marked => IconName::Copy,
    });
    view! {
        <span class="copy" class:copy-block=is_block>
            <code node_ref=code title=title class:short=short tabindex=reached>{shown}</code>
            <button type="button" class="copy-button" aria-label=label data-state=move || state.get().as_str() on:click=copy>
                <Icon name=icon />
                <span class="copy-word">{move || state.get().words()}</span>
            </button>
        </span>
    }
}

#[cfg(feature = "hydrate")]
async fn put_on_clipboard(value: String, code: NodeRef<leptos::html::Code>) -> Copying {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let window = window();
    // Where the page came without https there is no clipboard at all.
    if window.is_secure_context() {
        let put = window.navigator().clipboard().write_text(&value);
        if JsFuture::from(put).await.is_ok() {
            return Copying::Done;
        }
    }
    if let (Some(code), Ok(Some(selection))) = (code.get_untracked(), window.get_selection()) {
        let _ = selection.select_all_children(&code);
    }
    let page = document().unchecked_into::<web_sys::HtmlDocument>();
    if page.exec_command("copy").unwrap_or(false) {
        Copying::Done
    } else {
        Copying::Marked
    }
}

#[cfg(not(feature = "hydrate"))]
async fn put_on_clipboard(_value: String, _code: NodeRef<leptos::html::Code>) -> Copying {
    Copying::Idle
}
