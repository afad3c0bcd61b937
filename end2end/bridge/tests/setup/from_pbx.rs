//! The telephone server calls a customer.

use crate::certificates::Authority;
use crate::kamailio::{HOST, NUMBER, PASSWORD, Setup};
use crate::lines::{Datagrams, Stream};
use crate::message::{Credentials, Message};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const CALLEE: &str = "sip:+77015550101@wa.meta.vc;transport=tls";

fn request(method: &str, uri: &str, cseq: u8, port: u16, more: &str) -> String {
    format!(
        "{method} {uri} SIP/2.0\r\n\
         Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{method}{cseq}\r\n\
         Max-Forwards: 70\r\n\
         From: \"Ann\" <sip:100@pbx.local>;tag=ann\r\n\
         {more}\
         Call-ID: b2c-1\r\n\
         CSeq: {cseq} {method}\r\n\
         Contact: <sip:100@127.0.0.1:{port}>\r\n\
         Content-Length: 0\r\n\r\n"
    )
}

fn invite(setup: &Setup) -> String {
    let uri = format!("sip:+77015550101@127.0.0.1:{}", setup.inside);
    request("INVITE", &uri, 7, setup.pbx, &format!("To: <{uri}>\r\n"))
}

#[tokio::test]
async fn metas_challenge_is_answered_and_the_call_goes_on() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let inside = SocketAddr::from(([127, 0, 0, 1], setup.inside));
    let pbx = Datagrams::on(setup.pbx).await;
    let listener = TcpListener::bind(("127.0.0.1", setup.meta)).await.unwrap();
    let acceptor = TlsAcceptor::from(setup.authority.certify("wa.meta.vc").server());

    pbx.say(&invite(&setup), inside).await;
    let (stream, _) = listener.accept().await.unwrap();
    let stream = acceptor.accept(stream).await.expect("Kamailio trusts it");
    assert_eq!(stream.get_ref().1.server_name(), Some("wa.meta.vc"));
    let mut meta = Stream::new(stream);

    let first = meta.hear_until("INVITE").await;
    assert_eq!(first.first, format!("INVITE {CALLEE} SIP/2.0"));
    let from = format!("<sip:+{NUMBER}@{HOST}>;tag=ann");
    assert_eq!(first.header("From"), from);
    assert_eq!(first.header("To"), "<sip:+77015550101@wa.meta.vc>");
    let challenge = "Proxy-Authenticate: Digest realm=\"wa.meta.vc\", algorithm=MD5, qop=\"auth\", nonce=\"n0nce\", \
                     opaque=\"0paque\"\r\n";
    meta.say(&first.answer("407 Proxy Authentication Required", challenge))
        .await;

    let second = meta.hear_until("INVITE").await;
    signed_well(&second);
    assert_eq!(second.header("CSeq"), "8 INVITE");
    let contact = format!(
        "Contact: <sip:meta@127.0.0.1:{};transport=tls>\r\n",
        setup.meta
    );
    meta.say(&second.answer("200 OK", &contact)).await;

    let (answer, _) = pbx.hear_until("200").await;
    assert_eq!(
        answer.header("CSeq"),
        "7 INVITE",
        "as the telephone server counts"
    );
    let within = |method: &str, cseq| {
        let routes: Vec<String> = answer
            .all("Record-Route")
            .into_iter()
            .rev()
            .map(route)
            .collect();
        let more = format!("{}To: {}\r\n", routes.concat(), answer.header("To"));
        let uri = format!("sip:meta@127.0.0.1:{};transport=tls", setup.meta);
        request(method, &uri, cseq, setup.pbx, &more)
    };
    pbx.say(&within("ACK", 7), inside).await;
    assert_eq!(meta.hear_until("ACK").await.header("CSeq"), "8 ACK");
    // Meta would answer 500, and the call would suffer.
    pbx.say(&within("INVITE", 8), inside).await;
    pbx.hear_until("488").await;
    pbx.say(&within("BYE", 9), inside).await;
    let bye = meta.hear_until("BYE").await;
    assert_eq!(bye.header("From"), from);
    meta.say(&bye.answer("200 OK", "")).await;
    pbx.hear_until("200").await;
}

fn route(value: &str) -> String {
    format!("Route: {value}\r\n")
}

fn signed_well(invite: &Message) {
    let sent = |name: &str| invite.parameter("Proxy-Authorization", name);
    let expected = Credentials {
        user: NUMBER,
        password: PASSWORD,
        realm: "wa.meta.vc",
        nonce: "n0nce",
        uri: CALLEE,
    };
    assert_eq!(sent("username"), NUMBER);
    assert_eq!(sent("uri"), CALLEE);
    assert_eq!(sent("opaque"), "0paque");
    assert_eq!(
        sent("response"),
        expected.response(&sent("nc"), &sent("cnonce"))
    );
}

#[tokio::test]
async fn another_realm_learns_nothing() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let pbx = Datagrams::on(setup.pbx).await;
    let listener = TcpListener::bind(("127.0.0.1", setup.meta)).await.unwrap();
    let acceptor = TlsAcceptor::from(setup.authority.certify("wa.meta.vc").server());
    pbx.say(
        &invite(&setup),
        SocketAddr::from(([127, 0, 0, 1], setup.inside)),
    )
    .await;
    let (stream, _) = listener.accept().await.unwrap();
    let mut other = Stream::new(acceptor.accept(stream).await.unwrap());
    let first = other.hear_until("INVITE").await;
    let challenge =
        "Proxy-Authenticate: Digest realm=\"example.com\", qop=\"auth\", nonce=\"n\"\r\n";
    other
        .say(&first.answer("407 Proxy Authentication Required", challenge))
        .await;
    pbx.hear_until("407").await;
}

#[tokio::test]
async fn whoever_is_not_vouched_for_gets_no_call() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let pbx = Datagrams::on(setup.pbx).await;
    let listener = TcpListener::bind(("127.0.0.1", setup.meta)).await.unwrap();
    let acceptor = TlsAcceptor::from(Authority::new().certify("wa.meta.vc").server());
    pbx.say(
        &invite(&setup),
        SocketAddr::from(([127, 0, 0, 1], setup.inside)),
    )
    .await;
    let (stream, _) = listener.accept().await.unwrap();
    assert!(acceptor.accept(stream).await.is_err(), "Kamailio hangs up");
}

#[tokio::test]
async fn what_is_no_number_is_refused() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let inside = SocketAddr::from(([127, 0, 0, 1], setup.inside));
    let pbx = Datagrams::on(setup.pbx).await;
    for (user, cseq) in [("100", 1), ("ann", 2), ("0077015550101", 3)] {
        let uri = format!("sip:{user}@127.0.0.1:{}", setup.inside);
        let text = request("INVITE", &uri, cseq, setup.pbx, &format!("To: <{uri}>\r\n"));
        pbx.say(&text, inside).await;
        pbx.hear_until("404").await;
    }
}
