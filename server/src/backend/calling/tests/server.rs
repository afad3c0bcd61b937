//! The company's server, tested by hand.

use super::*;

#[tokio::test]
async fn the_last_check_of_the_server_is_kept_and_counts() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    let report = trunk::TrunkReport {
        host: "sip.example.kz".to_owned(),
        port: 5061,
        steps: vec![Step::new(StepName::Chain, Code::ChainUnknown, "by nobody").took(7)],
    };
    let text = serde_json::to_string(&report).unwrap();
    let txn = world.request.state.store.begin().await.unwrap();
    let parts = [CallingPart::Trunk(&text)];
    txn.calling_keep_in_txn(world.phone.uuid(), &parts, 5)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    let shown = world.found().await.trunk.unwrap();
    assert_eq!(
        (shown.host.as_str(), shown.at),
        ("sip.example.kz", Moment(5))
    );
    let step = shown.steps.first().unwrap();
    assert_eq!(
        (step.check.arg("detail"), step.check.arg("ms")),
        ("by nobody".to_owned(), "7".to_owned())
    );
    assert!(!step.remedy.is_empty());
    let why = world.why().await;
    assert_eq!(why.checks[7].code, "trunk_bad");
    assert_eq!(why.checks[7].arg("host"), "sip.example.kz:5061");
    let keep = async |host: &str, code| {
        let report = trunk::TrunkReport {
            host: host.to_owned(),
            port: 5061,
            steps: vec![Step::new(StepName::Options, code, "said")],
        };
        let text = serde_json::to_string(&report).unwrap();
        let txn = world.request.state.store.begin().await.unwrap();
        let parts = [CallingPart::Trunk(&text)];
        txn.calling_keep_in_txn(world.phone.uuid(), &parts, 5)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        world.why().await.checks[7].code.clone()
    };
    world.save(form()).await.unwrap();
    let host = "sip.example.kz";
    assert_eq!(keep(host, Code::OptionsAnswered).await, "trunk_ok");
    assert_eq!(keep(host, Code::OptionsSilent).await, "trunk_unclear");
    let other = keep("pbx.other.example", Code::OptionsNotSip).await;
    assert_eq!(other, "trunk_never", "another server was checked");
}

#[tokio::test]
async fn a_check_by_hand_counts_as_the_daily_one() {
    for test in engines().await {
        let world = world(&test).await;
        let store = &world.request.state.store;
        let phone = world.phone.uuid();
        let deaf = crate::outside::testing::deaf_address().await;
        let tested = async |host: &str, invite| {
            let permit = world.ann.may().unwrap();
            let (host, port) = (host.to_owned(), deaf.port().to_string());
            Calling::trunk_check(&world.request, permit, world.phone, host, port, invite)
                .await
                .unwrap()
        };
        let finding = async || {
            let found = store.checks_of(&[phone]).await.unwrap();
            let mut found = found.into_iter().filter(|one| one.name == "trunk");
            found.next().map(|one| one.code)
        };
        let server = json!({ "app_id": 555, "hostname": "PBX.localhost", "port": deaf.port() });
        let actual =
            json!({ "status": "ENABLED", "sip": { "status": "ENABLED", "servers": [server] } });
        store
            .calling_put_for_tests(phone, &actual.to_string())
            .await;
        // Another server, and a call that rings, say nothing of the number's health.
        tested("other.localhost", false).await;
        tested("pbx.localhost", true).await;
        assert_eq!(finding().await, None, "{}", test.engine);
        tested("pbx.localhost", false).await;
        let found = finding().await.unwrap();
        assert!(found.starts_with("trunk_"), "{found}");
        let kinds = world.kinds().await;
        assert_eq!(kinds, ["checked", "checked", "checked"]);
        let why = world.why().await;
        let stands = why.checks[7].code.clone();
        tested("other.localhost", false).await;
        assert_ne!(stands, "trunk_never");
        assert_eq!(world.why().await.checks[7].code, "trunk_never");
    }
}
