//! Calling for the panel, against a Meta with its habits.

mod server;

use super::super::Request;
use super::super::testing::state_at_meta;
use super::super::tests::caller;
use crate::backend::exchange::HttpExchange;
use crate::calls::settings::fake::Meta;
use crate::calls::trunk::{self, Code, Step, StepName};
use crate::store::CallingPart;
use crate::store::testing::{TestStore, engines};
use app::backend::Calling;
use app::model::{
    Caller, CallingForm, CheckState, DriftSide, Moment, Pbx, PhoneId, Problem, ProblemCode, Role,
    Srtp, Switch, WhyNoCall,
};
use serde_json::json;
use std::sync::Arc;

struct World {
    request: Request,
    ann: Caller,
    ben: Caller,
    phone: PhoneId,
    meta: Meta,
}

async fn world(test: &TestStore) -> World {
    let meta = Meta::start().await;
    let (state, phone) = state_at_meta(test, &meta.server.url()).await;
    let request = Request {
        state,
        exchange: Arc::new(HttpExchange::of_request()),
    };
    World {
        ann: caller(&request, "ann@example.com", Role::User).await,
        ben: caller(&request, "ben@example.com", Role::User).await,
        request,
        phone: PhoneId::new(phone.id),
        meta,
    }
}

fn form() -> CallingForm {
    CallingForm {
        calling: true,
        sip: true,
        host: "sip.example.kz".to_owned(),
        in_crm: true,
        crm_user: "7".to_owned(),
        ..CallingForm::default()
    }
}

impl World {
    async fn save(&self, form: CallingForm) -> Result<(), Vec<Problem>> {
        let permit = self.ann.may().unwrap();
        let saved = Calling::save(&self.request, permit, self.phone, form).await;
        saved.map(|saved| assert_eq!(saved.drift, []))
    }

    async fn found(&self) -> app::model::CallingDetail {
        let permit = self.ann.may().unwrap();
        Calling::find(&self.request, permit, self.phone)
            .await
            .unwrap()
    }

    async fn why(&self) -> WhyNoCall {
        let permit = self.ann.may().unwrap();
        Calling::why(&self.request, permit, self.phone)
            .await
            .unwrap()
    }

    async fn kinds(&self) -> Vec<String> {
        let permit = self.ann.may().unwrap();
        let found = Calling::history(&self.request, permit, self.phone).await;
        found.unwrap().into_iter().map(|one| one.kind).collect()
    }

    async fn check(&self) {
        let permit = self.ann.may().unwrap();
        Calling::check(&self.request, permit, self.phone)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_phone_nobody_looked_at_begins_with_our_defaults_and_has_meta_asked() {
    for test in engines().await {
        let world = world(&test).await;
        let found = world.found().await;
        let beginning = CallingForm {
            unread: true,
            ..CallingForm::default()
        };
        assert_eq!(found.form, beginning, "{}", test.engine);
        let permit = world.ann.may().unwrap();
        let brief = Calling::brief(&world.request, permit, world.phone).await;
        assert_eq!(brief.unwrap().read_at, None);
        assert_eq!((found.calling, found.read_at), (Switch::Unknown, None));
        let store = &world.request.state.store;
        let errand = store.errand_find("calling_check", world.phone.uuid());
        assert!(errand.await.unwrap().is_some());
        assert!(world.meta.server.heard().is_empty());
        world.meta.with(|meta| {
            let other = json!([{ "app_id": 777, "hostname": "pbx.other.example" }]);
            meta.calling.insert("status".to_owned(), json!("ENABLED"));
            meta.calling.insert(
                "sip".to_owned(),
                json!({ "status": "ENABLED", "servers": other }),
            );
        });
        world.check().await;
        let found = world.found().await;
        assert_eq!((found.calling, found.sip), (Switch::On, Switch::On));
        assert!(found.form.calling && found.form.host.is_empty());
        assert_eq!(found.form.srtp, Srtp::Dtls);
        assert!(!found.servers[0].is_ours && found.drift.is_empty());
    }
}

#[tokio::test]
async fn what_is_saved_is_shown_with_its_history() {
    for test in engines().await {
        let world = world(&test).await;
        world.save(form()).await.unwrap();
        let found = world.found().await;
        let expected = CallingForm {
            port: "5061".to_owned(),
            ..form()
        };
        let shown = CallingForm {
            hours: expected.hours.clone(),
            voicemail: expected.voicemail.clone(),
            ..found.form
        };
        assert_eq!(shown, expected, "{}", test.engine);
        assert!(found.has_password && found.servers[0].is_ours && !found.telephony);
        let permit = world.ann.may().unwrap();
        let told = Calling::reveal(&world.request, permit, world.phone).await;
        let told = told.unwrap();
        assert_eq!(
            (told.username.as_str(), told.password.as_str()),
            ("77272000111", "made-by-meta-1")
        );
        let permit = world.ann.may().unwrap();
        Calling::rotate(&world.request, permit, world.phone)
            .await
            .unwrap();
        assert_eq!(
            world.kinds().await,
            ["rotated", "revealed", "saved", "saved"]
        );
    }
}

#[tokio::test]
async fn a_refusal_carries_metas_code_and_is_explained() {
    for test in engines().await {
        let world = world(&test).await;
        let empty = world
            .save(CallingForm {
                host: String::new(),
                ..form()
            })
            .await
            .unwrap_err();
        assert!(empty[0].is_at("host") && empty[0].code == ProblemCode::FieldEmpty);
        world.meta.with(|meta| meta.refuses = Some(138_015));
        let refused = world.save(form()).await.unwrap_err();
        assert_eq!(
            refused[0].code,
            ProblemCode::RemoteRefused,
            "{}",
            test.engine
        );
        assert_eq!(refused[0].args["code"], "138015");
        assert_eq!(refused[0].args["reason"], "Details of 138015 (138015).");
        let error = world.found().await.error.unwrap();
        assert_eq!(error.said, "Details of 138015");
        assert!(error.means.contains("2,000") && !error.remedy.is_empty());
        world.meta.with(|meta| meta.refuses = Some(138_999));
        world.save(form()).await.unwrap_err();
        let error = world.found().await.error.unwrap();
        assert_eq!((error.code.as_str(), error.means.as_str()), ("138999", ""));
        world.meta.with(|meta| meta.refuses = None);
        world.save(form()).await.unwrap();
        assert_eq!(world.found().await.error, None);
        assert_eq!(
            world.kinds().await,
            ["solved", "saved", "failed", "failed", "saved"]
        );
    }
}

#[tokio::test]
async fn a_difference_is_ended_both_ways() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.save(form()).await.unwrap();
    let settle = async |side| {
        let status = json!("DISABLED");
        world.meta.with(|meta| {
            meta.calling.insert("status".to_owned(), status);
        });
        world.check().await;
        assert_eq!(world.found().await.drift[0].field, "status");
        let permit = world.ann.may().unwrap();
        Calling::settle(&world.request, permit, world.phone, side)
            .await
            .unwrap();
        let found = world.found().await;
        assert_eq!(found.drift, []);
        (found.form.calling, found.calling)
    };
    assert_eq!(settle(DriftSide::Ours).await, (true, Switch::On));
    assert_eq!(settle(DriftSide::Metas).await, (false, Switch::Off));
}

#[tokio::test]
async fn the_first_thing_that_stops_calls_is_named() {
    for test in engines().await {
        let world = world(&test).await;
        let why = world.why().await;
        let names: Vec<&str> = why.checks.iter().map(|check| check.name.as_str()).collect();
        let expected = [
            "live",
            "limit",
            "subscribed",
            "payment",
            "restrictions",
            "hours",
            "settings",
            "trunk",
        ];
        assert_eq!(names, expected, "{}", test.engine);
        assert!(
            why.checks
                .iter()
                .all(|check| check.state == CheckState::Unknown)
        );
        assert_eq!(why.stops, None);
        world.save(form()).await.unwrap();
        world.meta.with(|meta| {
            let errors = json!({ "0": { "error_code": 141_006, "error_description": "No card" } });
            meta.health = json!({ "can_receive_call_sip": "AVAILABLE", "entities": [
                { "entity_type": "APP", "id": "555", "can_send_message": "AVAILABLE" },
                { "entity_type": "WABA", "id": "100", "can_send_message": "BLOCKED", "errors": errors }] });
        });
        world.check().await;
        let why = world.why().await;
        assert_eq!(why.stops, Some(3));
        assert_eq!(why.checks[3].arg("reason"), "No card (141006).");
        assert_eq!(why.checks[6].code, "settings_on");
        world.meta.with(|meta| {
            meta.health = json!({ "can_receive_call_sip": "AVAILABLE" });
            meta.calling
                .insert("sip".to_owned(), json!({ "status": "DISABLED" }));
        });
        world.check().await;
        let why = world.why().await;
        assert_eq!(
            (why.stops, why.checks[6].code.as_str()),
            (Some(6), "sip_off")
        );
    }
}

#[tokio::test]
async fn what_meta_refused_is_not_asked_again_by_looking() {
    for test in engines().await {
        let world = world(&test).await;
        let store = &world.request.state.store;
        let error = json!({ "code": "10", "said": "No permission", "at": 5, "of": "reading" });
        let text = error.to_string();
        let txn = store.begin().await.unwrap();
        let parts = [CallingPart::Error(Some(&text))];
        txn.calling_keep_in_txn(world.phone.uuid(), &parts, 5)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        world.found().await;
        let errand = store.errand_find("calling_check", world.phone.uuid());
        assert_eq!(errand.await.unwrap(), None, "on {}", test.engine);
    }
}

#[tokio::test]
async fn nobody_touches_what_is_anothers() {
    for test in engines().await {
        let world = world(&test).await;
        let (request, ben, phone) = (&world.request, &world.ben, world.phone);
        let found = [
            Calling::find(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::brief(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::check(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::settle(request, ben.may().unwrap(), phone, DriftSide::Ours)
                .await
                .err(),
            Calling::reveal(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::rotate(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::trunk_check(
                request,
                ben.may().unwrap(),
                phone,
                "a.example".to_owned(),
                String::new(),
                false,
            )
            .await
            .err(),
            Calling::config(request, ben.may().unwrap(), phone, Pbx::Asterisk, true)
                .await
                .err(),
            Calling::history(request, ben.may().unwrap(), phone)
                .await
                .err(),
            Calling::why(request, ben.may().unwrap(), phone).await.err(),
        ];
        for (place, problem) in found.into_iter().enumerate() {
            assert_eq!(
                problem.unwrap().code,
                ProblemCode::NotFound,
                "{place} on {}",
                test.engine
            );
        }
        let saved = Calling::save(request, ben.may().unwrap(), phone, form()).await;
        assert_eq!(saved.unwrap_err()[0].code, ProblemCode::NotFound);
        assert!(world.meta.server.heard().is_empty());
    }
}
