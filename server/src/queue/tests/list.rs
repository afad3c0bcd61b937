//! The list of deliveries finds the same by whatever way it looks.

use super::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery, Scope, World, worlds};
use crate::outbox::Direction;
use crate::store::views::{DeliveryOrder, DeliveryQuestion, Slice};
use std::collections::BTreeSet;
use uuid::Uuid;

const ALL: [DeliveryState; 7] = [
    DeliveryState::Waiting,
    DeliveryState::Sending,
    DeliveryState::Unknown,
    DeliveryState::Delivered,
    DeliveryState::Refused,
    DeliveryState::Dead,
    DeliveryState::Discarded,
];

fn everything() -> DeliveryQuestion<'static> {
    DeliveryQuestion {
        scope: Scope::All,
        states: &ALL,
        direction: None,
        portal: None,
        phone: None,
        conversation: None,
        code: "",
        cause: None,
        search: "",
        order: DeliveryOrder::Created,
        descending: true,
        slice: Slice {
            limit: 100,
            offset: 0,
        },
    }
}

async fn found(world: &World, question: DeliveryQuestion<'_>) -> Vec<Uuid> {
    let found = world.state.store.deliveries_view(&question).await;
    let (views, total) = found.unwrap();
    assert_eq!(i64::try_from(views.len()).unwrap(), total);
    views.into_iter().map(|view| view.id).collect()
}

fn set(ids: impl IntoIterator<Item = Uuid>) -> BTreeSet<Uuid> {
    ids.into_iter().collect()
}

/// Puts one away, lets one arrive and one wait, of each of two conversations.
async fn fill(world: &World) -> [Vec<Uuid>; 2] {
    let txn = world.state.store.begin().await.unwrap();
    let contact = txn.contact_of_in_txn(world.conversation).await.unwrap();
    let other = txn
        .conversation_ensure_in_txn(world.second.id, contact.unwrap().id, 1)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    let mut all = [Vec::new(), Vec::new()];
    for end in [
        Some(DeliveryState::Delivered),
        Some(DeliveryState::Discarded),
        None,
    ] {
        for (which, phone, conversation) in [
            (0, world.first.id, world.conversation),
            (1, world.second.id, other.id),
        ] {
            world.pass(10);
            let new = NewDelivery {
                phone,
                ..world.new_in(conversation, "words")
            };
            all[which].push(world.enqueue(&new).await);
            let back = NewDelivery {
                destination: DestinationKind::Phone,
                target: phone,
                kind: DeliveryKind::OutboundText,
                phone,
                ..world.new_in(conversation, "{}")
            };
            all[which].push(world.enqueue(&back).await);
        }
        if let Some(end) = end {
            for target in [world.portal, world.first.id, world.second.id] {
                world.ends(target, end, None).await;
            }
        }
    }
    all
}

#[tokio::test]
async fn narrowed_by_place_state_and_owner_it_shows_what_belongs_there_and_nothing_else() {
    for world in worlds().await {
        let engine = world.test.engine;
        let [first, second] = fill(&world).await;
        let all = [first.clone(), second.clone()].concat();
        let ann = Scope::Owner(world.ann);
        for scope in [Scope::All, ann] {
            let newest_first = found(
                &world,
                DeliveryQuestion {
                    scope,
                    ..everything()
                },
            )
            .await;
            let mut sorted = all.clone();
            sorted.sort_unstable();
            sorted.reverse();
            assert_eq!(newest_first, sorted, "{engine}");
            let of = |phone| DeliveryQuestion {
                scope,
                phone: Some(phone),
                ..everything()
            };
            let firsts = found(&world, of(world.first.id)).await;
            assert_eq!(set(firsts), set(first.clone()), "{engine}");
            let at_portal = DeliveryQuestion {
                scope,
                portal: Some(world.portal),
                ..everything()
            };
            let at_portal = found(&world, at_portal).await;
            let inbound = DeliveryQuestion {
                scope,
                direction: Some(Direction::ToBitrix),
                ..everything()
            };
            assert_eq!(at_portal, found(&world, inbound).await, "{engine}");
            assert_eq!(at_portal.len(), 6, "{engine}");
            let arrived = DeliveryQuestion {
                states: &[DeliveryState::Delivered],
                ..of(world.second.id)
            };
            assert_eq!(set(found(&world, arrived).await), set(second[..2].to_vec()));
            let put_away = DeliveryQuestion {
                scope,
                states: &[DeliveryState::Discarded],
                ..everything()
            };
            assert_eq!(found(&world, put_away).await.len(), 4, "{engine}");
            let talk = DeliveryQuestion {
                scope,
                conversation: Some(world.conversation),
                ..everything()
            };
            assert_eq!(set(found(&world, talk).await), set(first.clone()));
            let searched = DeliveryQuestion {
                scope,
                search: "77272000333",
                ..everything()
            };
            assert_eq!(set(found(&world, searched).await), set(second.clone()));
        }
        for (portal, phone, search) in [
            (Some(world.portal), None, ""),
            (None, Some(world.first.id), ""),
            (None, None, "77272000333"),
        ] {
            let strangers = DeliveryQuestion {
                scope: Scope::Owner(world.ben),
                portal,
                phone,
                search,
                ..everything()
            };
            assert!(found(&world, strangers).await.is_empty(), "{engine}");
        }
    }
}
