//! Meta calls.

use crate::kamailio::{HOST, NUMBER, PASSWORD, Setup};
use crate::lines::Datagrams;
use crate::message::{Credentials, Message};

/// What differs from one of Meta's requests to the next.
struct Call<'a> {
    method: &'a str,
    user: &'a str,
    domain: &'a str,
    cseq: u8,
    more: &'a str,
}

impl Call<'_> {
    fn uri(&self) -> String {
        format!("sip:{}@{HOST};transport=tls", self.user)
    }

    /// As Meta writes it.
    fn text(&self) -> String {
        let (method, user, cseq) = (self.method, self.user, self.cseq);
        // An ACK belongs to its INVITE.
        let branch = if method == "OPTIONS" { "o" } else { "i" };
        format!(
            "{method} {} SIP/2.0\r\n\
             Via: SIP/2.0/TLS 157.240.19.1:5061;branch=z9hG4bK{branch}{cseq}\r\n\
             Record-Route: <sip:wa.meta.vc;transport=tls;lr>\r\n\
             Record-Route: <sip:onevc-sip-proxy.fbinfra.net:8191;transport=tls;lr>\r\n\
             Max-Forwards: 70\r\n\
             From: \"Mila\" <sip:+77015550101@wa.meta.vc>;tag=meta\r\n\
             To: <sip:{user}@{HOST}>\r\n\
             Call-ID: outgoing:wacid.HBgL\r\n\
             CSeq: {cseq} {method}\r\n\
             Contact: <sip:wa.meta.vc:5061;transport=tls>\r\n\
             X-FB-External-Domain: {}\r\n\
             x-wa-meta-wacid: wacid.HBgL\r\n\
             User-Agent: Facebook SipGateway\r\n\
             {}Content-Length: 0\r\n\r\n",
            self.uri(),
            self.domain,
            self.more
        )
    }
}

const INVITE: Call<'static> = Call {
    method: "INVITE",
    user: "+77272000111",
    domain: "wa.meta.vc",
    cseq: 1,
    more: "",
};

fn signed(challenge: &Message, user: &str, password: &str, cseq: u8) -> String {
    let realm = challenge.parameter("Proxy-Authenticate", "realm");
    let nonce = challenge.parameter("Proxy-Authenticate", "nonce");
    let credentials = Credentials {
        user,
        password,
        realm: &realm,
        nonce: &nonce,
        uri: &INVITE.uri(),
    };
    let more = credentials.header();
    Call {
        cseq,
        more: &more,
        ..INVITE
    }
    .text()
}

#[tokio::test]
async fn options_are_answered_to_anybody() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let mut meta = setup.dial().await;
    let options = Call {
        method: "OPTIONS",
        ..INVITE
    };
    meta.say(&options.text()).await;
    assert_eq!(meta.hear().await.status(), 200);
}

#[tokio::test]
async fn a_call_from_elsewhere_is_refused_before_it_is_challenged() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(false).await;
    let mut stranger = setup.dial().await;
    stranger.say(&INVITE.text()).await;
    assert_eq!(stranger.hear().await.status(), 403);
}

#[tokio::test]
async fn a_call_that_is_not_metas_or_for_another_number_is_refused() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(true).await;
    let mut meta = setup.dial().await;
    let forged = Call {
        domain: "example.com",
        ..INVITE
    };
    meta.say(&forged.text()).await;
    assert_eq!(meta.hear().await.status(), 403);
    // The public network is not reached through a WhatsApp call.
    for (user, cseq) in [("+12025550123", 2), ("+772720001112", 3), ("00112", 4)] {
        let other = Call {
            user,
            cseq,
            ..INVITE
        };
        meta.say(&other.text()).await;
        assert_eq!(meta.hear().await.status(), 404, "{user}");
    }
    let register = Call {
        method: "REGISTER",
        cseq: 5,
        ..INVITE
    };
    meta.say(&register.text()).await;
    assert_eq!(meta.hear().await.status(), 405);
}

#[tokio::test]
async fn meta_is_challenged_and_its_call_reaches_the_telephone_server() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(true).await;
    let pbx = Datagrams::on(setup.pbx).await;
    let mut meta = setup.dial().await;

    meta.say(&INVITE.text()).await;
    let challenge = meta.hear().await;
    assert_eq!(challenge.status(), 407);
    meta.say(&signed(&challenge, NUMBER, "another password", 2))
        .await;
    assert_eq!(meta.hear().await.status(), 403);
    meta.say(&signed(&challenge, "+77272000111", PASSWORD, 3))
        .await;
    assert_eq!(meta.hear().await.status(), 403, "the user has no plus");
    assert!(pbx.is_silent());

    meta.say(&signed(&challenge, NUMBER, PASSWORD, 4)).await;
    let (call, from) = pbx.hear_until("INVITE").await;
    assert_eq!(call.first, format!("INVITE {} SIP/2.0", INVITE.uri()));
    assert_eq!(call.header("x-wa-meta-wacid"), "wacid.HBgL");
    assert!(
        call.all("Proxy-Authorization").is_empty(),
        "it stays outside"
    );
    let contact = format!("Contact: <sip:100@127.0.0.1:{}>\r\n", setup.pbx);
    pbx.say(&call.answer("200 OK", &contact), from).await;

    let answer = meta.hear_until("200").await;
    let routes = answer.all("Record-Route");
    assert_eq!(
        routes[routes.len() - 2..],
        [
            "<sip:wa.meta.vc;transport=tls;lr>",
            "<sip:onevc-sip-proxy.fbinfra.net:8191;transport=tls;lr>"
        ],
        "Meta's own routes come back as they were"
    );
}
