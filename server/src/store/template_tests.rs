//! Templates, what people chose about them and what webhooks say of them, on both engines.

use super::entities::{phone, portal, template};
use super::testing::{TestStore, engines, person_row, waba_row};
use super::views::{Slice, TemplateOrder, TemplateQuestion};
use super::{Notice, PhoneChoices, Scope, TemplateChange, TemplateFacts};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An owner with a WABA that has one phone.
struct Shop {
    owner: Uuid,
    waba: Uuid,
    phone: phone::Model,
}

async fn shop(test: &TestStore, name: &str) -> Shop {
    let person = person_row(name);
    let owner = person.id;
    let waba = waba_row(owner, name, name);
    let waba_id = waba.id;
    let phone = phone::Model::new(owner, waba_id, &format!("7{}", name.len()), name, 1);
    let txn = test.store.begin().await.unwrap();
    txn.person_insert_in_txn(person).await.unwrap();
    txn.waba_insert_in_txn(waba).await.unwrap();
    txn.phone_insert_in_txn(phone.clone()).await.unwrap();
    txn.commit().await.unwrap();
    Shop {
        owner,
        waba: waba_id,
        phone,
    }
}

fn facts(name: &str, status: &str) -> TemplateFacts {
    TemplateFacts {
        template_id: Some(format!("id-{name}")),
        name: name.to_owned(),
        language: "ru".to_owned(),
        status: status.to_owned(),
        category: "UTILITY".to_owned(),
        quality: None,
        rejected_reason: None,
        raw: "{}".to_owned(),
        unreadable: None,
    }
}

/// A list of Meta's is taken in; a status that changed is news.
async fn put(test: &TestStore, waba: Uuid, listed: Vec<TemplateFacts>, as_of: i64) {
    let tell = |old: &template::Model, new: &TemplateFacts| {
        (old.status != new.status).then(|| notice("paused", as_of))
    };
    let txn = test.store.begin().await.unwrap();
    txn.templates_put_in_txn(waba, listed, as_of, tell)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

fn notice(code: &'static str, at: i64) -> Notice {
    Notice {
        code,
        args: BTreeMap::from([("reason".to_owned(), "FIRST_PAUSE".to_owned())]),
        at,
    }
}

async fn listed(test: &TestStore, scope: Scope, waba: Uuid, search: &str) -> Vec<template::Model> {
    let question = TemplateQuestion {
        scope,
        waba,
        search,
        statuses: &[],
        category: None,
        language: None,
        noticed: false,
        order: TemplateOrder::Name,
        descending: false,
        slice: Slice {
            limit: 10,
            offset: 0,
        },
    };
    test.store.templates_view(&question).await.unwrap().0
}

#[tokio::test]
async fn a_list_replaces_what_was_known_and_keeps_what_people_chose() {
    for test in engines().await {
        let Shop {
            owner, waba, phone, ..
        } = shop(&test, "flowers").await;
        let mine = Scope::Owner(owner);
        let both = vec![facts("hello", "APPROVED"), facts("order", "APPROVED")];
        put(&test, waba, both, 10).await;
        let rows = listed(&test, mine, waba, "").await;
        assert_eq!(rows.len(), 2, "{}", test.engine);
        let order = rows[1].clone();
        assert!(
            test.store
                .template_hide(mine, order.id, true)
                .await
                .unwrap()
        );
        let chosen = PhoneChoices {
            default_template: Some(order.id),
            template_when_closed: true,
            sms_opens_chat: true,
        };
        assert!(
            test.store
                .phone_choose(mine, phone.id, chosen)
                .await
                .unwrap()
        );

        put(&test, waba, vec![facts("order", "PAUSED")], 20).await;
        let rows = listed(&test, mine, waba, "").await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].id, rows[0].hidden), (order.id, true));
        assert_eq!(rows[0].status, "PAUSED");
        assert!(rows[0].notice.as_deref().unwrap().contains("FIRST_PAUSE"));
        assert_eq!(test.store.phone_choices(phone.id).await.unwrap(), chosen);

        // The template goes: nothing is sent by itself any more.
        put(&test, waba, Vec::new(), 30).await;
        assert!(listed(&test, mine, waba, "").await.is_empty());
        let left = PhoneChoices {
            default_template: None,
            template_when_closed: false,
            sms_opens_chat: true,
        };
        assert_eq!(test.store.phone_choices(phone.id).await.unwrap(), left);
    }
}

#[tokio::test]
async fn what_came_later_than_the_list_stays() {
    for test in engines().await {
        let Shop { owner, waba, .. } = shop(&test, "flowers").await;
        let mine = Scope::Owner(owner);
        put(&test, waba, vec![facts("hello", "APPROVED")], 10).await;
        let id = listed(&test, mine, waba, "").await[0].id;
        let paused = TemplateChange {
            status: Some("PAUSED".to_owned()),
            ..TemplateChange::default()
        };
        let txn = test.store.begin().await.unwrap();
        assert!(txn.template_change_in_txn(id, &paused, 20).await.unwrap());
        assert!(!txn.template_change_in_txn(id, &paused, 19).await.unwrap());
        txn.template_keep_in_txn(waba, facts("made", "PENDING"), 25)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        // A list that was asked for before all that, and came after it.
        put(&test, waba, vec![facts("hello", "APPROVED")], 15).await;
        let rows = listed(&test, mine, waba, "").await;
        let words: Vec<_> = rows.iter().map(|row| (&*row.name, &*row.status)).collect();
        assert_eq!(words, [("hello", "PAUSED"), ("made", "PENDING")]);
    }
}

#[tokio::test]
async fn the_same_news_twice_is_dismissed_once() {
    for test in engines().await {
        let Shop { owner, waba, .. } = shop(&test, "flowers").await;
        let mine = Scope::Owner(owner);
        put(&test, waba, vec![facts("hello", "APPROVED")], 10).await;
        let id = listed(&test, mine, waba, "").await[0].id;
        let raise = async |notice: Notice| {
            let txn = test.store.begin().await.unwrap();
            txn.template_notice_in_txn(id, &notice).await.unwrap();
            txn.commit().await.unwrap();
            let row = test.store.template_of(mine, id).await.unwrap().unwrap();
            row.notice.map(|kept| kept.contains("disabled"))
        };
        assert_eq!(raise(notice("paused", 20)).await, Some(false));
        assert_eq!(raise(notice("disabled", 20)).await, Some(true));
        assert_eq!(raise(notice("paused", 19)).await, Some(true));
        assert!(test.store.template_notice_dismiss(mine, id).await.unwrap());
        assert_eq!(raise(notice("disabled", 20)).await, None);
        assert_eq!(raise(notice("paused", 21)).await, Some(false));
    }
}

#[tokio::test]
async fn templates_are_seen_with_their_wabas_owner_only() {
    for test in engines().await {
        let (ann, ben) = (shop(&test, "flowers").await, shop(&test, "bread").await);
        put(&test, ann.waba, vec![facts("hello", "APPROVED")], 10).await;
        put(&test, ben.waba, vec![facts("hello", "APPROVED")], 10).await;
        let mine = listed(&test, Scope::Owner(ann.owner), ann.waba, "").await;
        let id = mine[0].id;
        assert_eq!(mine.len(), 1, "{}", test.engine);
        assert_eq!(listed(&test, Scope::All, ann.waba, "ID-hel").await.len(), 1);
        assert!(listed(&test, Scope::All, ann.waba, "%").await.is_empty());
        let other = Scope::Owner(ben.owner);
        assert!(listed(&test, other, ann.waba, "").await.is_empty());
        assert!(test.store.template_of(other, id).await.unwrap().is_none());
        assert!(!test.store.template_hide(other, id, true).await.unwrap());
        assert!(!test.store.template_notice_dismiss(other, id).await.unwrap());
        let chosen = PhoneChoices {
            default_template: Some(id),
            ..PhoneChoices::default()
        };
        let foreign = test.store.phone_choose(other, ben.phone.id, chosen).await;
        assert!(!foreign.unwrap(), "a template of another WABA");
        let none = PhoneChoices::default();
        assert!(
            test.store
                .phone_choose(other, ben.phone.id, none)
                .await
                .unwrap()
        );
        let counts = async |scope| test.store.template_counts(scope, ann.waba).await.unwrap();
        assert_eq!(counts(Scope::Owner(ann.owner)).await.approved, 1);
        assert_eq!(counts(other).await.all, 0);
        let txn = test.store.begin().await.unwrap();
        let found = txn.template_of_owner_in_txn(ben.owner, "id-hello").await;
        assert_eq!(found.unwrap().unwrap().waba_id, ben.waba);
    }
}

#[tokio::test]
async fn a_frame_sees_the_templates_of_wabas_that_serve_no_other_portal() {
    for test in engines().await {
        let Shop { owner, waba, phone } = shop(&test, "flowers").await;
        put(&test, waba, vec![facts("hello", "APPROVED")], 10).await;
        let portals = [Uuid::now_v7(), Uuid::now_v7()];
        let txn = test.store.begin().await.unwrap();
        for portal in portals {
            txn.portal_insert_in_txn(of(owner, portal)).await.unwrap();
        }
        let linked = phone::Model {
            portal_id: Some(portals[0]),
            ..phone
        };
        txn.phone_update_in_txn(linked).await.unwrap();
        txn.commit().await.unwrap();
        let framed = async |portal| {
            let scope = Scope::Framed { owner, portal };
            let count = test.store.template_counts(scope, waba).await.unwrap().all;
            (count, listed(&test, scope, waba, "").await.len())
        };
        assert_eq!(framed(portals[0]).await, (1, 1), "{}", test.engine);
        assert_eq!(framed(portals[1]).await, (0, 0));
    }
}

fn of(owner: Uuid, id: Uuid) -> portal::Model {
    portal::Model {
        id,
        owner_id: owner,
        protocol: "https://".to_owned(),
        domain: format!("{}.bitrix24.kz", id.simple()),
        member_id: String::new(),
        client_id: id.to_string(),
        client_secret: Vec::new(),
        application_token: Vec::new(),
        server_endpoint: String::new(),
        state: "waiting".to_owned(),
        state_reason: None,
        name: None,
        kind: None,
        scopes: None,
        installed_at: None,
        created_at: 1,
        updated_at: 1,
    }
}

#[tokio::test]
async fn whether_marketing_is_taken_is_asked_again_after_a_list() {
    for test in engines().await {
        let Shop { waba, .. } = shop(&test, "flowers").await;
        let known = async || test.store.waba_marketing(waba).await.unwrap();
        assert_eq!(known().await, None, "{}", test.engine);
        for takes in [false, true] {
            test.store.waba_marketing_note(waba, takes).await.unwrap();
            assert_eq!(known().await, Some(takes));
            let txn = test.store.begin().await.unwrap();
            txn.waba_marketing_forget_in_txn(waba).await.unwrap();
            txn.waba_templates_note_in_txn(waba, 7, 2).await.unwrap();
            txn.commit().await.unwrap();
            assert_eq!(known().await, takes.then_some(true));
        }
        let read = test.store.waba_templates_read(waba).await.unwrap();
        assert_eq!(read, (Some(7), 2));
    }
}
