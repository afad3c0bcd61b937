//! Requests, written.

use super::Response;
use std::net::SocketAddr;

/// What a probe asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// What the server can do.
    Options,
    /// A call.
    Invite,
    /// The final answer to a call was heard.
    Ack,
    /// The call is given up before it is answered.
    Cancel,
    /// The call that was answered is over.
    Bye,
}

impl Method {
    /// As it stands in a request.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Options => "OPTIONS",
            Self::Invite => "INVITE",
            Self::Ack => "ACK",
            Self::Cancel => "CANCEL",
            Self::Bye => "BYE",
        }
    }
}

/// What the requests of one probe have in common. All of it is ours or was parsed: nothing in it breaks a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialog {
    /// The server, as SIP writes it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Who is called: the user part, empty for the server itself.
    pub user: String,
    /// The transport of the way there: `TLS`, or `TCP` where it is listened for SIP without TLS.
    pub transport: &'static str,
    /// Where we are.
    pub local: SocketAddr,
    /// Random words that tell this probe from others.
    pub mark: String,
}

impl Dialog {
    fn target(&self) -> String {
        let at = if self.user.is_empty() { "" } else { "@" };
        format!(
            "sip:{}{at}{}:{};transport={}",
            self.user,
            self.host,
            self.port,
            self.transport.to_ascii_lowercase()
        )
    }
}

/// One request. `answer` is the other side's, once it has given one; a request after the answer, an ACK to a 2xx or a
/// BYE, is a transaction of its own and goes the way the answer names.
pub fn request(
    dialog: &Dialog,
    method: Method,
    answer: Option<&Response>,
    is_after: bool,
    body: &str,
) -> String {
    let Dialog {
        transport,
        local,
        mark,
        ..
    } = dialog;
    let target = dialog.target();
    let way = answer.filter(|_| is_after);
    let contact = way.and_then(|way| way.contact.as_deref());
    let branch = match (method, is_after) {
        (_, false) => format!("z9hG4bK{mark}"),
        (method, true) => format!("z9hG4bK{mark}{}", method.word()),
    };
    let sequence = match method {
        Method::Bye => 2,
        Method::Options | Method::Invite | Method::Ack | Method::Cancel => 1,
    };
    let to_tag = answer.and_then(|answer| answer.to_tag.as_deref());
    let to_tag = to_tag.map(|tag| format!(";tag={tag}")).unwrap_or_default();
    let mut lines = vec![
        format!("{} {} SIP/2.0", method.word(), contact.unwrap_or(&target)),
        format!("Via: SIP/2.0/{transport} {local};branch={branch};rport"),
        "Max-Forwards: 70".to_owned(),
        format!("From: \"THOTH trunk check\" <sip:thoth@{local}>;tag={mark}"),
        format!("To: <{target}>{to_tag}"),
        format!("Call-ID: {mark}@thoth"),
        format!("CSeq: {sequence} {}", method.word()),
        format!(
            "Contact: <sip:thoth@{local};transport={}>",
            transport.to_ascii_lowercase()
        ),
        concat!(
            "User-Agent: THOTH/",
            env!("CARGO_PKG_VERSION"),
            " trunk check"
        )
        .to_owned(),
        "Accept: application/sdp".to_owned(),
    ];
    let stops = way.iter().flat_map(|way| &way.routes);
    lines.extend(stops.map(|stop| format!("Route: {stop}")));
    if !body.is_empty() {
        lines.push("Content-Type: application/sdp".to_owned());
    }
    lines.push(format!("Content-Length: {}", body.len()));
    format!("{}\r\n\r\n{body}", lines.join("\r\n"))
}

/// What Meta offers in its SDES mode: Opus, tones, SRTP with the key in the offer. Nothing is ever sent there.
pub fn sdp(local: SocketAddr, key: &str) -> String {
    let kind = if local.is_ipv4() { "IP4" } else { "IP6" };
    let address = local.ip();
    format!(
        "v=0\r\no=- 1 1 IN {kind} {address}\r\ns=-\r\nc=IN {kind} {address}\r\nt=0 0\r\n\
         m=audio 9 RTP/SAVP 111 126\r\na=rtpmap:111 opus/48000/2\r\n\
         a=fmtp:111 useinbandfec=1\r\na=rtpmap:126 telephone-event/8000\r\n\
         a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}\r\na=ptime:20\r\na=sendrecv\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::super::read::{Heard, read};
    use super::*;
    use proptest::prelude::*;

    fn dialog() -> Dialog {
        Dialog {
            host: "sip.example.com".to_owned(),
            port: 5061,
            user: String::new(),
            transport: "TLS",
            local: "192.0.2.7:40000".parse().unwrap(),
            mark: "abc".to_owned(),
        }
    }

    #[test]
    fn a_request_has_what_the_standard_wants() {
        let words = request(&dialog(), Method::Options, None, false, "");
        assert!(words.starts_with("OPTIONS sip:sip.example.com:5061;transport=tls SIP/2.0\r\n"));
        for line in [
            "Via: SIP/2.0/TLS 192.0.2.7:40000;branch=z9hG4bKabc;rport",
            "Max-Forwards: 70",
            "To: <sip:sip.example.com:5061;transport=tls>",
            "Call-ID: abc@thoth",
            "CSeq: 1 OPTIONS",
            "Contact: <sip:thoth@192.0.2.7:40000;transport=tls>",
            "Content-Length: 0",
        ] {
            assert!(
                words.contains(&format!("\r\n{line}\r\n")),
                "{line} in {words}"
            );
        }
        assert!(words.ends_with("\r\n\r\n"));
    }

    #[test]
    fn what_follows_an_answer_is_a_transaction_of_its_own() {
        let words = "SIP/2.0 200 OK\r\nTo: <sip:x>;tag=t\r\nContact: <sip:pbx@10.0.0.5>\r\n\
                     Record-Route: <sip:b;lr>,<sip:a;lr>\r\n\r\n";
        let Heard::Response(answer, _) = read(words.as_bytes()) else {
            panic!()
        };
        let bye = request(&dialog(), Method::Bye, Some(&answer), true, "");
        assert!(bye.starts_with("BYE sip:pbx@10.0.0.5 SIP/2.0\r\n"), "{bye}");
        assert!(bye.contains("\r\nRoute: <sip:a;lr>\r\nRoute: <sip:b;lr>\r\n"));
        let refused = request(&dialog(), Method::Ack, Some(&answer), false, "");
        assert!(refused.starts_with("ACK sip:sip.example.com:5061;") && !refused.contains("Route"));
        assert!(bye.contains("branch=z9hG4bKabcBYE;") && bye.contains("CSeq: 2 BYE"));
        assert!(bye.contains("transport=tls>;tag=t\r\n"));
        let cancel = request(&dialog(), Method::Cancel, None, false, "");
        assert!(cancel.contains("branch=z9hG4bKabc;") && cancel.contains("CSeq: 1 CANCEL"));
    }

    proptest! {
        #[test]
        fn a_body_has_its_length(body in "[ -~\r\n]{0,200}") {
            let words = request(&dialog(), Method::Invite, None, false, &body);
            let (head, tail) = words.split_once("\r\n\r\n").unwrap();
            prop_assert_eq!(tail, &body);
            let length = format!("\r\nContent-Length: {}", body.len());
            prop_assert!(head.ends_with(&length), "{}", head);
        }
    }
}
