//! Narrows the list of deliveries to a portal, a number, a conversation or a code.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    base::at,
    model::{DeliveryFilter, DeliveryPlaces, PageQuery},
    read::Reading,
    text,
    ui::address,
};

/// Selects for a portal and a number, where there are several; and what else narrows the list, with the way out.
#[component]
pub fn Narrow(
    path: &'static str,
    query: Memo<PageQuery<DeliveryFilter>>,
    places: Reading<DeliveryPlaces>,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |query: PageQuery<DeliveryFilter>| {
        // The router adds the base itself.
        let to = address(path, &query);
        let base = crate::base::base();
        let to = to.strip_prefix(&base).unwrap_or(&to);
        navigate(to, NavigateOptions::default());
    });
    view! {
        <Transition fallback=|| ()>
            {move || {
                let asked = query.get();
                Suspend::new(async move {
                    let places = places.await.unwrap_or_default();
                    view! {
                        {selects(path, asked.clone(), places, go)}
                        {only(path, asked)}
                    }
                })
            }}
        </Transition>
    }
}

fn selects(
    path: &'static str,
    asked: PageQuery<DeliveryFilter>,
    places: DeliveryPlaces,
    go: Callback<PageQuery<DeliveryFilter>>,
) -> Option<impl IntoView + use<>> {
    let filter = &asked.filter;
    let several = places.portals.len() > 1 || places.phones.len() > 1;
    if !several && filter.portal.is_none() && filter.phone.is_none() {
        return None;
    }
    let portals = places.portals.iter();
    let portals =
        portals.map(|(id, name)| option(&id.to_string(), name, filter.portal == Some(*id)));
    let phones = places.phones.iter();
    let phones = phones.map(|(id, name)| option(&id.to_string(), name, filter.phone == Some(*id)));
    let (portals, phones) = (portals.collect_view(), phones.collect_view());
    let portal = NodeRef::<leptos::html::Select>::new();
    let phone = NodeRef::<leptos::html::Select>::new();
    let kept = asked.params().into_iter();
    let kept = kept.filter(|(name, _)| !matches!(name.as_str(), "portal" | "phone" | "page"));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let kept = kept.collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let value = |list: NodeRef<leptos::html::Select>| {
            let list = list.get_untracked();
            list.map(|list| list.value()).unwrap_or_default()
        };
        let filter = DeliveryFilter {
            portal: value(portal).parse().ok(),
            phone: value(phone).parse().ok(),
            ..asked.filter.clone()
        };
        go.run(asked.with_filter(filter));
    };
    Some(view! {
        <form method="get" action=at(path) class="narrow" on:submit=submit>
            {kept}
            <label>
                <span class="sr-only">{text!(deliveries.filter.portal)}</span>
                <select name="portal" node_ref=portal>
                    <option value="">{text!(deliveries.filter.any_portal)}</option>
                    {portals}
                </select>
            </label>
            <label>
                <span class="sr-only">{text!(deliveries.filter.phone)}</span>
                <select name="phone" node_ref=phone>
                    <option value="">{text!(deliveries.filter.any_phone)}</option>
                    {phones}
                </select>
            </label>
            <button type="submit" class="button">{text!(deliveries.filter.apply)}</button>
        </form>
    })
}

fn option(value: &str, words: &str, selected: bool) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=selected>{words.to_owned()}</option> }
}

/// What was followed from a delivery's page.
fn only(path: &'static str, asked: PageQuery<DeliveryFilter>) -> impl IntoView {
    let conversation = asked.filter.conversation.map(|_| {
        let filter = DeliveryFilter {
            conversation: None,
            ..asked.filter.clone()
        };
        let href = address(path, &asked.with_filter(filter));
        view! {
            <p class="narrowed">
                {text!(deliveries.filter.conversation)}" "<a href=href>{text!(deliveries.filter.off)}</a>
            </p>
        }
    });
    let cause = (!asked.filter.cause.is_empty()).then(|| {
        let filter = DeliveryFilter {
            cause: String::new(),
            ..asked.filter.clone()
        };
        let href = address(path, &asked.with_filter(filter));
        view! {
            <p class="narrowed">
                {text!(deliveries.filter.cause)}" "<code>{asked.filter.cause.clone()}</code>" "
                <a href=href>{text!(deliveries.filter.off)}</a>
            </p>
        }
    });
    view! { {conversation}{cause} }
}
