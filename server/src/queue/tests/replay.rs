//! One dead letter goes back.

use super::{Act, DeliveryState, Scope, World, worlds};
use crate::outbox::Cause;
use uuid::Uuid;

/// The words that go to the portal, one after the other, until nothing is due.
async fn drain(world: &World) -> Vec<String> {
    let mut words = Vec::new();
    loop {
        let heads = world
            .ends(world.portal, DeliveryState::Delivered, None)
            .await;
        if heads.is_empty() {
            return words;
        }
        words.extend(heads.into_iter().map(|head| head.payload));
    }
}

#[tokio::test]
async fn it_goes_to_the_end_of_its_line_and_a_second_click_changes_nothing() {
    for world in worlds().await {
        let engine = world.test.engine;
        let first = world.says("first").await;
        world
            .ends(world.portal, DeliveryState::Dead, Some("later"))
            .await;
        world.says("second").await;
        world.says("third").await;
        world.pass(10);
        assert_eq!(world.replays(&[first]).await, 1, "{engine}");
        let before = world.test.rows_naming(&[first]).await;
        world.pass(10);
        assert_eq!(world.replays(&[first, first]).await, 0, "{engine}");
        assert_eq!(world.test.rows_naming(&[first]).await, before, "{engine}");
        assert_eq!(
            drain(&world).await,
            ["second", "third", "first"],
            "{engine}"
        );
        assert_eq!(world.replays(&[first]).await, 0, "it has arrived");
    }
}

/// The order of the boxes on a page, or of ids on the command line, is nobody's order.
#[tokio::test]
async fn several_of_a_line_go_back_in_its_order_however_they_are_named() {
    for world in worlds().await {
        let mut all = Vec::new();
        for words in ["first", "second", "third"] {
            all.push(world.says(words).await);
            world
                .ends(world.portal, DeliveryState::Dead, Some("later"))
                .await;
        }
        let named = [all[2], all[0], all[1], all[0]];
        assert_eq!(world.replays(&named).await, 3, "{}", world.test.engine);
        assert_eq!(drain(&world).await, ["first", "second", "third"]);
    }
}

#[tokio::test]
async fn what_it_was_written_because_of_is_kept_here_and_elsewhere() {
    for world in worlds().await {
        let id = world.says("first").await;
        let sql = "UPDATE delivery SET receipt_id = 7, receipt_at = 999";
        world.test.run(sql).await;
        world
            .ends(world.portal, DeliveryState::Refused, Some("refused"))
            .await;
        let kept = Some(Cause {
            receipt: 7,
            at: 999,
        });
        for to in [None, Some(world.second.id)] {
            let act = Act::Replay { to };
            let done = world.act(Scope::Owner(world.ann), act, &[id]).await;
            assert_eq!(done.done, 1, "{}", world.test.engine);
            world.pass(10);
            let heads = world
                .ends(world.portal, DeliveryState::Refused, Some("refused"))
                .await;
            assert_eq!(heads[0].cause, kept, "{}", world.test.engine);
        }
    }
}

#[tokio::test]
async fn a_line_at_rest_goes_on_with_it_and_patience_begins_anew() {
    for world in worlds().await {
        let id = world.says("first").await;
        world
            .ends(world.portal, DeliveryState::Refused, Some("refused"))
            .await;
        world.pass(100 * 60 * 60 * 1000);
        world.replays(&[id]).await;
        let (_, heads) = world.depart(world.portal).await;
        assert_eq!(heads.len(), 1, "{}", world.test.engine);
        assert_eq!(heads[0].created_at, world.now(), "tried from now on");
        assert_eq!(heads[0].attempts, 1, "attempts are kept");
        let audit = world.state.store.audits_of_delivery(id).await.unwrap();
        assert_eq!(audit.len(), 1);
        assert_eq!(audit[0].action, "replay");
        assert_eq!(audit[0].person, "ann@example.com");
        assert_eq!(audit[0].reason.as_deref(), Some("because"));
    }
}

#[tokio::test]
async fn what_is_in_doubt_is_looked_up_first_and_what_is_certain_is_not() {
    for world in worlds().await {
        let engine = world.test.engine;
        for (attempt, state) in [
            (Some("unknown"), "unknown"),
            (None, "unknown"),
            (Some("later"), "waiting"),
            (Some("not_there"), "waiting"),
        ] {
            let id = world.says("words").await;
            world.ends(world.portal, DeliveryState::Dead, attempt).await;
            world.pass(10);
            world.replays(&[id]).await;
            assert_eq!(world.state_of(id).await, state, "{attempt:?} on {engine}");
            world
                .ends(world.portal, DeliveryState::Delivered, None)
                .await;
            world.pass(10);
        }
    }
}

#[tokio::test]
async fn only_what_went_to_a_customer_without_an_answer_may_double() {
    for world in worlds().await {
        let store = &world.state.store;
        let inbound = world.says("in doubt, and looked up in the chat").await;
        world
            .ends(world.portal, DeliveryState::Dead, Some("unknown"))
            .await;
        let (_, certain) = world.answers("certain").await;
        world
            .ends(world.first.id, DeliveryState::Dead, Some("later"))
            .await;
        let (_, refused) = world.answers("refused").await;
        world
            .ends(world.first.id, DeliveryState::Refused, Some("refused"))
            .await;
        let (_, lost) = world.answers("lost").await;
        world
            .ends(world.first.id, DeliveryState::Dead, Some("unknown"))
            .await;
        for (id, may) in [
            (inbound, false),
            (certain, false),
            (refused, false),
            (lost, true),
        ] {
            let found = store.delivery_may_double(id).await.unwrap();
            assert_eq!(found, may, "{}", world.test.engine);
        }
        let cause = store.cause_of(Scope::All, lost).await.unwrap().unwrap();
        assert_eq!(store.cause_doubles(Scope::All, &cause).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn another_owner_reaches_nothing_and_a_discarded_letter_is_none() {
    for world in worlds().await {
        let id = world.says("first").await;
        world
            .ends(world.portal, DeliveryState::Dead, Some("later"))
            .await;
        let before = world.test.rows_naming(&[id]).await;
        for act in [Act::Replay { to: None }, Act::Discard] {
            let done = world.act(Scope::Owner(world.ben), act, &[id]).await;
            assert_eq!((done.done, done.left), (0, 1), "{}", world.test.engine);
        }
        assert_eq!(world.test.rows_naming(&[id]).await, before);
        let done = world
            .act(Scope::Owner(world.ann), Act::Discard, &[id])
            .await;
        assert_eq!(done.done, 1);
        assert_eq!(world.state_of(id).await, "discarded");
        assert_eq!(world.replays(&[id]).await, 0);
        let audit = world.state.store.audits_of_delivery(id).await.unwrap();
        assert_eq!(audit[0].action, "discard");
    }
}

#[tokio::test]
async fn a_customers_words_go_to_another_line_and_what_is_in_doubt_stays() {
    for world in worlds().await {
        let engine = world.test.engine;
        let id = world.says("first").await;
        world
            .ends(world.portal, DeliveryState::Refused, Some("refused"))
            .await;
        let to = Act::Replay {
            to: Some(world.second.id),
        };
        let strange = Act::Replay {
            to: Some(Uuid::now_v7()),
        };
        let scope = Scope::Owner(world.ann);
        assert_eq!(world.act(scope, strange, &[id]).await.done, 0, "{engine}");
        assert_eq!(world.act(scope, to, &[id]).await.done, 1, "{engine}");
        let (_, heads) = world.depart(world.portal).await;
        assert_eq!(heads.len(), 1, "{engine}");
        assert_eq!(heads[0].phone, world.second.id);
        assert_ne!(heads[0].conversation, world.conversation);
        let audit = world.state.store.audits_of_delivery(id).await.unwrap();
        assert_eq!(audit[0].action, "redirect");
        assert_eq!(
            audit[0].detail.as_deref(),
            Some("+77272000111 (line 17) → +77272000333 (line 18)")
        );

        let doubtful = world.says("may be there").await;
        world
            .ends(world.portal, DeliveryState::Dead, Some("unknown"))
            .await;
        assert_eq!(world.act(scope, to, &[doubtful]).await.done, 0, "{engine}");
    }
}

#[tokio::test]
async fn an_operators_words_leave_from_another_number_with_their_message() {
    for world in worlds().await {
        let (message, id) = world.answers("hello").await;
        world
            .ends(world.first.id, DeliveryState::Refused, Some("refused"))
            .await;
        let to = Act::Replay {
            to: Some(world.second.id),
        };
        let done = world.act(Scope::Owner(world.ann), to, &[id]).await;
        assert_eq!(done.done, 1, "{}", world.test.engine);
        let (_, heads) = world.depart(world.second.id).await;
        assert_eq!(heads.len(), 1, "{}", world.test.engine);
        let txn = world.state.store.begin().await.unwrap();
        let moved = txn.message_out_by_id_in_txn(world.second.id, message).await;
        let moved = moved.unwrap().unwrap();
        assert_eq!(moved.conversation_id, heads[0].conversation);
    }
}
