//! The daily check of telephone servers, from what Meta said to what people see; on both engines.

use super::link_tests::ready;
use super::tests::caller;
use crate::calls::trunk::{Code, StepName, TrunkReport, trunks_at_start};
use crate::connect::perform;
use crate::errands::{Errand, Outcome};
use crate::outside::testing::{Server, deaf_address, json_answer};
use crate::store::testing::engines;
use app::backend::{Calling, Overviews, Phones};
use app::model::{CheckState, PhoneId, Proof, Role, Subject, Verdict};
use serde_json::json;
use std::time::Duration;
use tokio::net::TcpListener;

#[tokio::test]
async fn a_server_that_takes_no_calls_is_seen() {
    for test in engines().await {
        let portal = Server::start(|_| {
            let status = json!({"STATUS": true, "CONFIGURED": true, "ERROR": false});
            json_answer(200, json!({ "result": status }))
        })
        .await;
        let (request, phone) = ready(&test, &portal).await;
        let (state, store) = (&request.state, &request.state.store);
        let green = Errand::PhoneCheck { phone: phone.id };
        perform(state, &green).await.unwrap();

        let errand = Errand::TrunkCheck { phone: phone.id };
        let actual = |status: &str, port: u16| {
            let server = json!({ "hostname": "localhost", "port": port });
            json!({ "sip": { "status": status, "servers": [server] } }).to_string()
        };
        trunks_at_start(state).await.unwrap();
        let waits = || store.errand_find("trunk_check", phone.id);
        assert!(waits().await.unwrap().is_none());
        let deaf = deaf_address().await;
        store
            .calling_put_for_tests(phone.id, &actual("ENABLED", deaf.port()))
            .await;
        trunks_at_start(state).await.unwrap();
        assert!(waits().await.unwrap().is_some(), "{}", test.engine);

        let day = Duration::from_secs(24 * 60 * 60);
        assert_eq!(perform(state, &errand).await.unwrap(), Outcome::Again(day));
        let (kept, at) = store.trunk_kept_for_tests(phone.id).await;
        let kept: TrunkReport = serde_json::from_str(&kept.unwrap()).unwrap();
        assert_eq!(kept.step(StepName::Tcp).unwrap().code, Code::PortClosed);
        assert!(at.is_some());

        let ann = caller(&request, "ann@example.com", Role::User).await;
        let seen = Phones::find(&request, ann.may().unwrap(), PhoneId::new(phone.id)).await;
        let checks = seen.unwrap().checks;
        let found = checks.iter().find(|check| check.name == "trunk").unwrap();
        assert_eq!(
            (found.state, found.code.as_str()),
            (CheckState::Bad, "trunk_tcp")
        );
        let overview = Overviews::read(&request, ann.may().unwrap()).await.unwrap();
        let number = overview
            .connections
            .iter()
            .find(|found| found.subject == Subject::Phone && found.name == phone.phone);
        let number = number.unwrap();
        assert_eq!(number.verdict, Verdict::Attention);
        assert!(matches!(&number.proof, Proof::Found { check } if check.name == "trunk"));

        // A person checks it again after mending something: what is found now counts at once.
        let listener = TcpListener::bind(deaf).await.unwrap();
        let taking = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
        let again = async |port: String| {
            let (permit, id) = (ann.may().unwrap(), PhoneId::new(phone.id));
            let report = Calling::trunk_check(&request, permit, id, String::new(), port, false);
            let report = report.await.unwrap();
            let checks = store.checks_of(&[phone.id]).await.unwrap();
            let found = checks.into_iter().find(|found| found.name == "trunk");
            (report.port, found.unwrap().code)
        };
        assert_eq!(again("1".to_owned()).await, (1, "trunk_tcp".to_owned()));
        let found = again(String::new()).await;
        assert_eq!(
            found,
            (deaf.port(), "trunk_tls".to_owned()),
            "{}",
            test.engine
        );
        taking.abort();

        // The calls go elsewhere: nothing is left of it.
        store
            .calling_put_for_tests(phone.id, &actual("DISABLED", deaf.port()))
            .await;
        assert_eq!(perform(state, &errand).await.unwrap(), Outcome::Done);
        let checks = store.checks_of(&[phone.id]).await.unwrap();
        assert!(!checks.iter().any(|found| found.name == "trunk"));
    }
}
