//! Saving, checking and rotating against a Meta with its habits, on both engines.

mod rotations;

use super::fake::Meta;
use super::form::{Checked, form_check};
use super::{
    CallingSettings, KeptError, Reading, SettingsDesk, Trouble, Who, calling_check, kept, rotate,
    save, settle_metas, settle_ours,
};
use crate::store::entities::calling;
use crate::store::testing::{TestStore, engines};
use app::model::{CallingForm, Difference};
use secrecy::ExposeSecret;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

struct World {
    desk: SettingsDesk,
    phone: Uuid,
    meta: Meta,
}

async fn world(test: &TestStore) -> World {
    let meta = Meta::start().await;
    let (state, phone) = crate::backend::testing::state_at_meta(test, &meta.server.url()).await;
    let desk = SettingsDesk {
        wait: Duration::ZERO,
        ..SettingsDesk::of(&state)
    };
    World {
        desk,
        phone: phone.id,
        meta,
    }
}

fn form() -> CallingForm {
    CallingForm {
        calling: true,
        sip: true,
        host: "sip.example.kz".to_owned(),
        ..CallingForm::default()
    }
}

impl World {
    fn checked(&self, form: &CallingForm) -> Checked {
        form_check(form, self.desk.clock.now()).unwrap()
    }

    async fn save(&self, form: &CallingForm) -> Result<Vec<Difference>, Trouble> {
        let who = Who {
            person: None,
            name: Some("ann@example.com".to_owned()),
        };
        let saved = save(&self.desk, self.phone, &self.checked(form), &who).await;
        saved.map(|saved| saved.drift)
    }

    async fn row(&self) -> calling::Model {
        let row = self.desk.store.calling_find(self.phone).await;
        row.unwrap().unwrap()
    }

    /// Kinds of what happened, the oldest first.
    async fn kinds(&self) -> Vec<String> {
        let events = self.desk.store.calling_events(self.phone, 200).await;
        events
            .unwrap()
            .into_iter()
            .rev()
            .map(|one| one.kind)
            .collect()
    }

    async fn finding(&self, name: &str) -> Option<(String, String)> {
        let found = self.desk.store.checks_of(&[self.phone]).await.unwrap();
        let mut found = found.into_iter().filter(|one| one.name == name);
        found.next().map(|one| (one.state, one.code))
    }
}

#[tokio::test]
async fn what_meta_resets_is_written_again() {
    for test in engines().await {
        let world = world(&test).await;
        world.meta.with(|meta| meta.resets_srtp = true);
        let drift = world.save(&form()).await.unwrap();
        assert_eq!(drift, [], "{}", test.engine);
        let written = world.meta.written();
        assert_eq!(written.len(), 2);
        assert_eq!(written[1], json!({ "srtp_key_exchange_protocol": "SDES" }));
        let row = world.row().await;
        assert!(row.wanted.is_some() && row.busy_until.is_none());
        assert!(!row.actual.as_deref().unwrap().contains("made-by-meta"));
        let password = world.desk.password(&row).unwrap();
        assert_eq!(password.expose_secret(), "made-by-meta-1");
        assert_eq!(world.kinds().await, ["saved"]);
        let events = world.desk.store.calling_events(world.phone, 9).await;
        let event = events.unwrap().remove(0);
        assert_eq!(event.person.as_deref(), Some("ann@example.com"));
        assert!(event.detail.contains("sip.example.kz:5061"));
        let errand = world.desk.store.errand_find("calling_check", world.phone);
        assert!(errand.await.unwrap().is_some());
        let rows = test.rows_naming(&[world.phone]).await.join(" ");
        assert!(!rows.contains("made-by-meta"));
    }
}

#[tokio::test]
async fn a_key_that_meta_does_not_know_is_left_out() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.meta.with(|meta| meta.no_webhooks = true);
    assert_eq!(world.save(&form()).await.unwrap(), []);
    let written = world.meta.written();
    assert_eq!(written.len(), 2);
    assert!(written[1]["sip"].get("webhook_delivery").is_none());
    assert_eq!(world.kinds().await, ["saved"]);
    // What Meta did not take is not kept as taken.
    let wanted: CallingSettings = kept(world.row().await.wanted.as_deref()).unwrap();
    assert!(world.checked(&form()).settings.webhooks && !wanted.webhooks);
}

#[tokio::test]
async fn what_stays_different_is_shown_until_it_is_gone() {
    for test in engines().await {
        let world = world(&test).await;
        world.meta.with(|meta| meta.stubborn = true);
        let drift = world.save(&form()).await.unwrap();
        assert_eq!(drift.len(), 1);
        assert_eq!(
            (drift[0].ours.as_str(), drift[0].metas.as_str()),
            ("SDES", "DTLS")
        );
        assert!(world.row().await.drift.is_some());
        let read = calling_check(&world.desk, world.phone).await.unwrap();
        assert_eq!(read, Reading::Used);
        let bad = ("bad".to_owned(), "calling_drift".to_owned());
        assert_eq!(world.finding("calling").await, Some(bad));
        world.meta.with(|meta| meta.stubborn = false);
        assert_eq!(world.save(&form()).await.unwrap(), []);
        assert_eq!(world.row().await.drift, None, "{}", test.engine);
        assert_eq!(world.kinds().await, ["saved", "drift", "saved"]);
    }
}

#[tokio::test]
async fn a_refusal_keeps_nothing_but_itself_and_is_solved_by_the_next_saving() {
    for test in engines().await {
        let world = world(&test).await;
        world.meta.with(|meta| meta.refuses = Some(138_015));
        let trouble = world.save(&form()).await.unwrap_err();
        let Trouble::Refused { code, restored, .. } = trouble else {
            panic!("{trouble}");
        };
        assert_eq!((code.as_str(), restored), ("138015", false));
        let row = world.row().await;
        assert_eq!(row.wanted, None, "{}", test.engine);
        let error: KeptError = kept(row.error.as_deref()).unwrap();
        assert_eq!(
            (error.code.as_str(), error.said.as_str()),
            ("138015", "Details of 138015")
        );
        // Reading does not solve what only writing can.
        calling_check(&world.desk, world.phone).await.unwrap();
        assert!(world.row().await.error.is_some());
        world.meta.with(|meta| meta.refuses = None);
        world.save(&form()).await.unwrap();
        assert_eq!(world.row().await.error, None);
        assert_eq!(world.kinds().await, ["failed", "saved", "solved"]);
    }
}

#[tokio::test]
async fn what_the_number_was_is_set_again_when_enabling_fails_half_way() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.meta.with(|meta| {
        meta.refuses = Some(138_015);
        meta.half = true;
        let other = json!({ "servers": [{ "app_id": 777, "hostname": "pbx.other.example" }] });
        meta.calling.insert("sip".to_owned(), other);
    });
    let trouble = world.save(&form()).await.unwrap_err();
    assert!(
        matches!(trouble, Trouble::Refused { restored: true, .. }),
        "{trouble}"
    );
    let now = world.meta.calling();
    assert_eq!(now["sip"]["status"], "DISABLED");
    assert_eq!(now["sip"]["servers"].as_array().unwrap().len(), 1);
    assert_eq!(now["sip"]["servers"][0]["app_id"], 777);
    assert_eq!(now["callback_permission_status"], "DISABLED");
    let events = world
        .desk
        .store
        .calling_events(world.phone, 9)
        .await
        .unwrap();
    assert!(events[0].detail.contains("\"restored\":true"));
    assert_eq!(world.row().await.wanted, None);
}

#[tokio::test]
async fn words_that_are_new_here_are_set_again_as_they_were() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    let hours = json!({ "status": "ENABLED", "timezone_id": "Asia/Almaty",
        "weekly_operating_hours": [{ "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1800" }],
        "holiday_schedule": [{ "date": "2020-01-01", "start_time": "0000", "end_time": "2359" }] });
    world.meta.with(|meta| {
        meta.refuses = Some(138_015);
        meta.half = true;
        let icon = json!("HIDE_IN_CHAT");
        meta.calling.insert("call_icon_visibility".to_owned(), icon);
        meta.calling.insert("call_hours".to_owned(), hours);
    });
    let trouble = world.save(&form()).await.unwrap_err();
    assert!(
        matches!(trouble, Trouble::Refused { restored: true, .. }),
        "{trouble}"
    );
    let now = world.meta.calling();
    assert_eq!(now["call_icon_visibility"], "HIDE_IN_CHAT");
    let week = &now["call_hours"]["weekly_operating_hours"];
    assert_eq!(week.as_array().unwrap().len(), 1);
    // Meta takes no holiday that is over.
    assert_eq!(now["call_hours"]["holiday_schedule"], json!([]));
}

#[tokio::test]
async fn a_word_that_is_new_here_is_no_change_each_day() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.meta.with(|meta| {
        let icon = json!("HIDE_IN_CHAT");
        meta.calling.insert("call_icon_visibility".to_owned(), icon);
        let codecs = json!({ "additional_codecs": ["G722"] });
        meta.calling.insert("audio".to_owned(), codecs);
    });
    for _ in 0..3 {
        calling_check(&world.desk, world.phone).await.unwrap();
    }
    assert!(world.kinds().await.is_empty());
}

#[tokio::test]
async fn the_crm_is_saved_whatever_meta_says() {
    for test in engines().await {
        let world = world(&test).await;
        world.meta.with(|meta| meta.refuses = Some(138_015));
        let form = CallingForm {
            in_crm: true,
            crm_user: "7".to_owned(),
            ..form()
        };
        world.save(&form).await.unwrap_err();
        let row = world.row().await;
        assert_eq!((row.in_crm, row.crm_user), (true, Some(7)));
        assert_eq!(row.wanted, None, "{}", test.engine);
        assert_eq!(world.kinds().await, ["saved", "failed"]);
    }
}

#[tokio::test]
async fn what_meta_has_is_not_erased_by_who_could_not_see_it() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    let hours = json!({ "status": "ENABLED", "timezone_id": "Asia/Almaty",
        "weekly_operating_hours": [{ "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1800" }],
        "holiday_schedule": [{ "date": "2031-12-16", "start_time": "0000", "end_time": "2359" }] });
    let hours_there = hours.clone();
    world.meta.with(|meta| {
        meta.calling.insert("call_hours".to_owned(), hours_there);
    });
    let form = CallingForm {
        unread: true,
        ..form()
    };
    assert_eq!(world.save(&form).await.unwrap(), []);
    assert_eq!(world.meta.calling()["call_hours"], hours);
}

#[tokio::test]
async fn ours_is_what_was_saved_last() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    let nothing = settle_ours(&world.desk, world.phone, &Who::default()).await;
    assert!(matches!(nothing, Err(Trouble::Gone)));
    world.save(&form()).await.unwrap();
    world.meta.with(|meta| {
        meta.calling.insert("status".to_owned(), json!("DISABLED"));
    });
    let settled = settle_ours(&world.desk, world.phone, &Who::default()).await;
    assert_eq!(settled.unwrap().drift, []);
    assert_eq!(world.meta.calling()["status"], "ENABLED");
}

#[tokio::test]
async fn silence_is_known_as_such_and_ends_when_meta_speaks() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.meta.with(|meta| meta.silent = true);
    assert!(matches!(world.save(&form()).await, Err(Trouble::Silent)));
    let row = world.row().await;
    let error: KeptError = kept(row.error.as_deref()).unwrap();
    assert_eq!((error.code.as_str(), row.wanted), ("", None));
    assert!(world.meta.written().is_empty());
    let read = calling_check(&world.desk, world.phone).await;
    assert_eq!(read.unwrap(), Reading::Silent);
    world.meta.with(|meta| meta.silent = false);
    let read = calling_check(&world.desk, world.phone).await;
    assert_eq!(read.unwrap(), Reading::Unused);
    assert_eq!(world.row().await.error, None);
    assert_eq!(world.kinds().await, ["failed", "solved"]);
}

#[tokio::test]
async fn two_do_not_save_at_once() {
    for test in engines().await {
        let world = world(&test).await;
        let now = world.desk.clock.now();
        let store = &world.desk.store;
        let until = now + 60_000;
        assert!(
            store
                .calling_guard_take(world.phone, until, now)
                .await
                .unwrap()
        );
        assert!(
            matches!(world.save(&form()).await, Err(Trouble::Busy)),
            "{}",
            test.engine
        );
        store.calling_guard_drop(world.phone, until).await.unwrap();
        world.save(&form()).await.unwrap();
        let (checked, who) = (world.checked(&form()), Who::default());
        let nobody = save(&world.desk, Uuid::now_v7(), &checked, &who);
        assert!(matches!(nobody.await, Err(Trouble::Gone)));
    }
}

#[tokio::test]
async fn a_check_finds_what_changed_elsewhere_and_what_meta_forbids() {
    for test in engines().await {
        let world = world(&test).await;
        world
            .meta
            .with(|meta| meta.health = json!({ "can_receive_call_sip": "AVAILABLE" }));
        world.save(&form()).await.unwrap();
        calling_check(&world.desk, world.phone).await.unwrap();
        let ok = |code: &str| Some(("ok".to_owned(), code.to_owned()));
        assert_eq!(
            world.finding("calling").await,
            ok("calling_on"),
            "{}",
            test.engine
        );
        assert_eq!(world.finding("sip").await, ok("sip_available"));
        world.meta.with(|meta| {
            meta.calling.insert("status".to_owned(), json!("DISABLED"));
            let list = json!({ "restriction_list": [{ "type": "RESTRICTED_USER_INITIATED_CALLING", "expiration": 4_000_000_000_i64 }] });
            meta.calling.insert("restrictions".to_owned(), list);
        });
        for _ in 0..2 {
            calling_check(&world.desk, world.phone).await.unwrap();
        }
        assert_eq!(
            world.kinds().await,
            ["saved", "meta_changed", "restricted", "drift"]
        );
        assert_eq!(world.finding("sip").await, None);
        settle_metas(&world.desk, world.phone, &Who::default())
            .await
            .unwrap();
        let row = world.row().await;
        assert_eq!(row.drift, None);
        assert!(row.wanted.unwrap().contains("\"calling\":false"));
        assert_eq!(world.kinds().await.last().unwrap(), "solved");
        world.meta.with(|meta| meta.hides = Some(10));
        for _ in 0..2 {
            let read = calling_check(&world.desk, world.phone).await;
            assert_eq!(read.unwrap(), Reading::Refused);
        }
        assert_eq!(
            world
                .kinds()
                .await
                .iter()
                .filter(|kind| *kind == "failed")
                .count(),
            1
        );
    }
}
