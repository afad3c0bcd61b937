//! Whole checks, of servers in this process. Kamailio is met in `end2end/bridge/tests/trunk`.

use super::testing::{Made, Maker};
use super::{Code, ExtraCa, Invite, State, StepName, TrunkQuestion, TrunkReport, check};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A telephone server that answers every request the same; it ends when it is dropped.
struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    async fn start(made: &Made, answer: &'static str, alpn: &[&[u8]]) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::Pkcs8(made.key.clone().into());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.der.clone()], key)
            .unwrap();
        config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let mut heard = vec![0; 4096];
                    while matches!(stream.read(&mut heard).await, Ok(1..)) {
                        let _ = stream.write_all(answer.as_bytes()).await;
                    }
                });
            }
        });
        Self { address, task }
    }
}

fn question(port: u16, maker: &Maker) -> TrunkQuestion {
    let mut question = TrunkQuestion::new("sip.thoth.example", port, true).unwrap();
    question.resolve = Some("127.0.0.1".parse().unwrap());
    question.ca = Some(ExtraCa::from_pem(maker.ca_pem().as_bytes()).unwrap());
    question
}

fn codes(report: &TrunkReport) -> Vec<Code> {
    report.steps.iter().map(|step| step.code).collect()
}

const OK: &str = "SIP/2.0 200 OK\r\nServer: a test\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn a_good_server_is_well_in_every_step() {
    let maker = Maker::new();
    let server = Server::start(&maker.sign(&["*.thoth.example"]), OK, &[]).await;
    let mut asked = question(server.address.port(), &maker);
    asked.invite = Some(Invite { number: None });
    let report = check(&asked).await;
    let all = [
        Code::AddressGiven,
        Code::AddressPrivateAllowed,
        Code::Connected,
        Code::TlsSpoken,
        Code::ChainGiven,
        Code::NameCovered,
        Code::ExpiryFar,
        Code::ClientNotAsked,
        Code::AlpnSame,
        Code::OptionsAnswered,
        Code::InviteTaken,
    ];
    assert_eq!(codes(&report), all, "{report:#?}");
    assert!(report.nothing_is_bad());
    let options = report.step(StepName::Options).unwrap();
    assert_eq!(options.detail, "SIP/2.0 200 OK, from a test");
    let kept = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<TrunkReport>(&kept).unwrap(), report);
}

#[tokio::test]
async fn private_addresses_are_not_called_unless_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut asked = question(listener.local_addr().unwrap().port(), &Maker::new());
    asked.allow_private = false;
    let report = check(&asked).await;
    let state = |name| report.step(name).unwrap().state;
    assert_eq!(
        (state(StepName::Dns), state(StepName::Address)),
        (State::Ok, State::Bad)
    );
    let others = report.steps.iter().skip(2);
    assert!(others.into_iter().all(|step| step.state == State::Unknown));
    assert_eq!(report.steps.len(), StepName::ALWAYS.len());
    let called = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept());
    assert!(called.await.is_err());
}

#[tokio::test]
async fn a_server_that_insists_on_another_protocol_is_told() {
    let maker = Maker::new();
    let server = Server::start(&maker.sign(&["sip.thoth.example"]), OK, &[b"h2"]).await;
    let report = check(&question(server.address.port(), &maker)).await;
    assert_eq!(report.step(StepName::Alpn).unwrap().code, Code::AlpnBreaks);
    assert_eq!(
        report.step(StepName::Options).unwrap().code,
        Code::OptionsAnswered
    );
    assert_eq!(report.first_bad().unwrap().name, StepName::Alpn);
}

#[tokio::test]
async fn another_service_over_tls_is_no_telephone_server() {
    let maker = Maker::new();
    let answer = "HTTP/1.1 400 Bad Request\r\n\r\n";
    let server = Server::start(&maker.sign(&["sip.thoth.example"]), answer, &[]).await;
    let report = check(&question(server.address.port(), &maker)).await;
    let options = report.step(StepName::Options).unwrap();
    assert_eq!(options.code, Code::OptionsNotSip, "{}", options.detail);
}
