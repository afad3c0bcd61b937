use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::model::{
    ConversationId, DeliveryFilter, DeliverySort, Direction, PortalId, StateFilter,
};
use uuid::Uuid;

fn query() -> impl Strategy<Value = PageQuery<DeliveryFilter>> {
    let states = prop::sample::select(StateFilter::ALL.to_vec());
    let directions = prop::option::of(prop::sample::select(vec![
        Direction::ToBitrix,
        Direction::ToWhatsApp,
    ]));
    let columns = prop::sample::select(DeliveryFilter::columns().to_vec());
    let search = "[a-z0-9+_ &=?%-]{0,12}";
    let id = || prop::option::of(any::<u128>().prop_map(Uuid::from_u128));
    let places = (
        id().prop_map(|id| id.map(PortalId::new)),
        id().prop_map(|id| id.map(ConversationId::new)),
        "[a-zA-Z0-9_ &=?%ы-]{0,12}",
    );
    (
        1u32..9999,
        1u32..=100,
        search,
        columns,
        any::<bool>(),
        states,
        directions,
        places,
    )
        .prop_map(
            |(
                page,
                per_page,
                search,
                by,
                descending,
                state,
                direction,
                (portal, conversation, cause),
            )| PageQuery {
                page,
                per_page,
                search: search.trim().to_owned(),
                sort: Sort { by, descending },
                filter: DeliveryFilter {
                    state,
                    direction,
                    portal,
                    conversation,
                    cause: cause.trim().to_owned(),
                    ..DeliveryFilter::default()
                },
            },
        )
}

proptest! {
    #[test]
    fn a_question_survives_the_url(query in query()) {
        let params: HashMap<String, String> = query.params().into_iter().collect();
        let read = PageQuery::<DeliveryFilter>::read(&|name| params.get(name).cloned());
        prop_assert_eq!(read, query);
    }

    #[test]
    fn any_text_in_the_url_is_a_question(page in ".*", sort in ".*", state in ".*") {
        let read = PageQuery::<DeliveryFilter>::read(&|name| match name {
            "page" => Some(page.clone()),
            "sort" => Some(sort.clone()),
            "state" => Some(state.clone()),
            _ => None,
        });
        prop_assert!(read.page >= 1);
    }
}

#[test]
fn the_first_question_has_an_empty_url() {
    assert!(PageQuery::<DeliveryFilter>::default().params().is_empty());
}

#[test]
fn sorting_twice_by_a_column_turns_the_order() {
    let first = PageQuery::<DeliveryFilter>::default();
    let once = first.with_sort(DeliverySort::Attempts);
    let twice = once.with_sort(DeliverySort::Attempts);
    assert_ne!(once.sort, twice.sort);
}

#[test]
fn a_page_behind_the_last_row_is_beyond_and_an_empty_list_is_not() {
    let page = |rows: Vec<u8>, total| Page {
        rows,
        page: 9,
        per_page: 25,
        total,
        nothing_at_all: false,
    };
    assert!(page(vec![], 30).is_beyond());
    assert!(!page(vec![], 0).is_beyond());
    assert!(!page(vec![1], 201).is_beyond());
}

#[test]
fn what_was_ever_delivered_is_not_sorted_by_attempts() {
    let read = |words: &'static str| {
        let words: Vec<(&str, &str)> = words
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let get = |name: &str| {
            let found = words.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        PageQuery::<DeliveryFilter>::read(&get).sorted().sort.by
    };
    assert_eq!(read("sort=-attempts"), DeliverySort::Attempts);
    assert_eq!(read("sort=-attempts&state=all"), DeliverySort::Created);
    assert_eq!(
        read("sort=-attempts&state=all&q=7700"),
        DeliverySort::Attempts
    );
}
