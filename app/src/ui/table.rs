use leptos::prelude::*;

use crate::live::use_live;

/// The box of a list. While the pointer or the keyboard's focus is in it, nothing in it moves.
#[component]
pub fn TableBox(
    /// What it looks like; a form that is not to be moved looks like nothing.
    #[prop(default = "table-box")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let live = use_live();
    let pointed = StoredValue::new(false);
    let focused = StoredValue::new(false);
    // The focus leaves what is taken away, when what was kept here is gone already.
    let tell = move || {
        if let (Some(pointed), Some(focused)) = (pointed.try_get_value(), focused.try_get_value()) {
            live.hold(pointed || focused);
        }
    };
    // A list that goes away is never left by the pointer.
    on_cleanup(move || live.hold(false));
    let point = move |is_in| {
        let _ = pointed.try_set_value(is_in);
        tell();
    };
    let focus = move |is_in| {
        let _ = focused.try_set_value(is_in);
        tell();
    };
    view! {
        <div
            class=class
            on:pointerenter=move |_| point(true)
            on:pointerleave=move |_| point(false)
            on:focusin=move |event| focus(by_keyboard(&event))
            on:focusout=move |_| focus(false)
        >
            {children()}
        </div>
    }
}

/// Whether the focus came by the keyboard: a press of the pointer leaves it behind without meaning it.
#[cfg(feature = "hydrate")]
fn by_keyboard(event: &web_sys::FocusEvent) -> bool {
    use wasm_bindgen::JsCast;
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

#[cfg(not(feature = "hydrate"))]
fn by_keyboard<T>(_event: &T) -> bool {
    false
}
