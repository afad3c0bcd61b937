//! What can go wrong on the other sides, one thing after another: every text still arrives once and in order.

use bridge::facts::MEMBER;
use bridge::{World, on_both_engines, until};
use serde_json::json;

on_both_engines!(
    every_fifth_call_to_the_portal_fails,
    every_fifth_call_to_the_portal_is_one_too_many,
    the_portals_bucket_is_small,
    the_portal_is_down_for_a_while,
    an_expired_token_is_refreshed_once,
    the_oauth_server_is_down,
    the_portals_answers_are_lost,
    the_portals_answers_are_garbled,
    metas_answers_are_lost,
    metas_answers_are_garbled,
    meta_fails_and_limits,
    the_portal_refuses_some_items,
);

/// Some people in the middle of conversations.
pub(super) struct People<'a> {
    world: &'a World,
    chats: Vec<i64>,
    asked: Vec<Vec<String>>,
    answered: Vec<Vec<String>>,
}

fn external(number: usize) -> String {
    format!("+7700000{number:04}")
}

fn words(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

impl<'a> People<'a> {
    /// Everybody has said hello and been seen.
    pub(super) async fn gather(world: &'a World, count: usize) -> Self {
        let mut people = Self {
            world,
            chats: Vec::new(),
            asked: vec![Vec::new(); count],
            answered: vec![Vec::new(); count],
        };
        for number in 0..count {
            world
                .sandbox
                .customer(&format!("p{number}"), &external(number))
                .await;
        }
        people.ask("hello").await;
        for number in 0..count {
            let chat = world.sandbox.shown(&external(number), &["hello"]).await;
            people.chats.push(chat.id);
        }
        people
    }

    pub(super) async fn ask(&mut self, text: &str) {
        for (number, asked) in self.asked.iter_mut().enumerate() {
            self.world.sandbox.says(&format!("p{number}"), text).await;
            asked.push(text.to_string());
        }
    }

    async fn answer(&mut self, text: &str) {
        for (number, answered) in self.answered.iter_mut().enumerate() {
            self.world
                .sandbox
                .answers(self.chats[number], &[text])
                .await;
            answered.push(text.to_string());
        }
    }

    pub(super) async fn talk(&mut self, rounds: usize) {
        for round in 0..rounds {
            self.ask(&format!("question {round}")).await;
            self.answer(&format!("answer {round}")).await;
        }
    }

    /// Everything is where it belongs, once and in order, before and after all has settled.
    pub(super) async fn content(&self) {
        self.all_there().await;
        self.world.settled().await;
        self.all_there().await;
        for (number, answered) in self.answered.iter().enumerate() {
            if !answered.is_empty() {
                self.world
                    .sandbox
                    .ticked(&external(number), "delivered")
                    .await;
            }
        }
    }

    async fn all_there(&self) {
        for (number, asked) in self.asked.iter().enumerate() {
            self.world
                .sandbox
                .shown(&external(number), &words(asked))
                .await;
            self.world
                .sandbox
                .reached(&format!("p{number}"), &words(&self.answered[number]))
                .await;
        }
    }
}

/// Waits until the sandbox has counted `least` of something.
async fn counted(world: &World, name: &str, least: u64) {
    until(&format!("{least} x {name}"), async || {
        let count = world.sandbox.count(name).await;
        if count >= least {
            Ok(())
        } else {
            Err(count.to_string())
        }
    })
    .await;
}

async fn every_fifth_call_to_the_portal_fails(world: &mut World) {
    let mut people = People::gather(world, 6).await;
    world
        .sandbox
        .faults(json!({ "portal": { "fail_every": 5, "fail_status": 500 } }))
        .await;
    people.talk(6).await;
    people.content().await;
    assert!(world.sandbox.count("portal.failed on purpose").await > 0);
}

async fn every_fifth_call_to_the_portal_is_one_too_many(world: &mut World) {
    let mut people = People::gather(world, 6).await;
    world
        .sandbox
        .faults(json!({ "portal": { "fail_every": 5, "fail_status": 503, "fail_body": "limit" } }))
        .await;
    people.talk(6).await;
    people.content().await;
    assert!(world.sandbox.count("portal.failed on purpose").await > 0);
}

async fn the_portals_bucket_is_small(world: &mut World) {
    let mut people = People::gather(world, 6).await;
    world
        .sandbox
        .faults(json!({ "limits": { "bucket": true, "depth": 3.0, "per_second": 3.0 } }))
        .await;
    people.talk(6).await;
    people.content().await;
}

async fn the_portal_is_down_for_a_while(world: &mut World) {
    let mut people = People::gather(world, 4).await;
    world
        .sandbox
        .faults(json!({ "portal": { "down": true } }))
        .await;
    people.talk(3).await;
    // Meta's side is not held up by the portal.
    for number in 0..4 {
        world
            .sandbox
            .reached(&format!("p{number}"), &words(&people.answered[number]))
            .await;
    }
    counted(world, "portal.down", 3).await;
    world.sandbox.faults_clear().await;
    people.content().await;
}

async fn an_expired_token_is_refreshed_once(world: &mut World) {
    let mut people = People::gather(world, 8).await;
    assert_eq!(
        world.sandbox.count("oauth.ok").await,
        0,
        "a token that lives is not refreshed"
    );
    for round in 1..=2 {
        world
            .sandbox
            .post("/api/tokens/expire", json!({ "portal": MEMBER }))
            .await;
        people.talk(2).await;
        people.content().await;
        assert_eq!(
            world.sandbox.count("oauth.ok").await,
            round,
            "one refresh for all that needed it"
        );
    }
    assert_eq!(
        world.sandbox.count("oauth.refused").await,
        0,
        "the rotated refresh token is kept"
    );
}

async fn the_oauth_server_is_down(world: &mut World) {
    let mut people = People::gather(world, 3).await;
    world
        .sandbox
        .faults(json!({ "oauth": { "down": true } }))
        .await;
    world
        .sandbox
        .post("/api/tokens/expire", json!({ "portal": MEMBER }))
        .await;
    people.talk(2).await;
    counted(world, "oauth.down", 2).await;
    world.sandbox.faults_clear().await;
    people.content().await;
}

async fn the_portals_answers_are_lost(world: &mut World) {
    let mut people = People::gather(world, 5).await;
    world
        .sandbox
        .faults(json!({ "portal": { "lose_every": 3 } }))
        .await;
    people.talk(5).await;
    people.content().await;
    assert!(world.sandbox.count("portal.answer lost").await > 0);
}

async fn the_portals_answers_are_garbled(world: &mut World) {
    let mut people = People::gather(world, 5).await;
    world
        .sandbox
        .faults(json!({ "portal": { "garble_every": 3 } }))
        .await;
    people.talk(5).await;
    people.content().await;
    assert!(world.sandbox.count("portal.answer garbled").await > 0);
}

/// Meta took it and the answer was lost: the status settles it, nothing is sent again.
async fn metas_answers_are_lost(world: &mut World) {
    let mut people = People::gather(world, 4).await;
    world
        .sandbox
        .faults(json!({ "graph": { "lose_every": 2 } }))
        .await;
    people.talk(4).await;
    people.content().await;
    assert!(world.sandbox.count("graph.answer lost").await > 0);
    let states = world.database.deliveries("outbound_text").await;
    assert!(
        states.iter().all(|state| state.starts_with("delivered")),
        "{states:?}"
    );
}

async fn metas_answers_are_garbled(world: &mut World) {
    let mut people = People::gather(world, 4).await;
    world
        .sandbox
        .faults(json!({ "graph": { "garble_every": 2 } }))
        .await;
    people.talk(4).await;
    people.content().await;
    assert!(world.sandbox.count("graph.answer garbled").await > 0);
}

/// Failures that were not done are repeated: a limit, Meta's own trouble, a proxy's page, nobody there.
async fn meta_fails_and_limits(world: &mut World) {
    let mut people = People::gather(world, 4).await;
    for fault in [
        json!({ "fail_next": 2, "fail_status": 429, "fail_body": "limit" }),
        json!({ "fail_next": 2, "fail_status": 503 }),
        json!({ "fail_next": 2, "fail_status": 502, "fail_body": "html" }),
    ] {
        world.sandbox.faults(json!({ "graph": fault })).await;
        people.talk(1).await;
        people.content().await;
    }
    world
        .sandbox
        .faults(json!({ "graph": { "down": true } }))
        .await;
    people.talk(1).await;
    counted(world, "graph.down", 2).await;
    world.sandbox.faults_clear().await;
    people.content().await;
}

/// One item of a call refused is one delivery refused: visible, the others and the next are not touched.
async fn the_portal_refuses_some_items(world: &mut World) {
    let people = People::gather(world, 4).await;
    world.settled().await;
    world
        .sandbox
        .faults(json!({ "limits": { "refuse_item_every": 2 } }))
        .await;
    for number in 0..4 {
        world.sandbox.says(&format!("p{number}"), "perhaps").await;
    }
    world.settled().await;
    let found = world.database.deliveries("inbound_text").await;
    let refused = found
        .iter()
        .filter(|state| *state == "refused item_refused")
        .count();
    assert_eq!((refused, found.len()), (2, 8), "{found:?}");
    world.sandbox.faults_clear().await;
    for number in 0..4 {
        world.sandbox.says(&format!("p{number}"), "surely").await;
    }
    world.settled().await;
    let mut seen = 0;
    for number in 0..people.chats.len() {
        let chat = world.sandbox.chat(&external(number)).await.expect("a chat");
        let texts = chat.texts("in");
        assert_eq!(
            texts.last().map(String::as_str),
            Some("surely"),
            "{texts:?}"
        );
        seen += texts.iter().filter(|text| *text == "perhaps").count();
    }
    assert_eq!(seen, 2);
}
