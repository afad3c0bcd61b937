//! What servers send, whole and in pieces, well and badly formed.

use super::*;
use proptest::prelude::*;

const OK: &str = "SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS x\r\nt: <sip:a@b;tag=no>;x=1;tag=yes\r\n\
                  CSeq: 1 OPTIONS\r\nServer: kamailio\r\n (5.6.3)\r\nl: 4\r\n\r\nbody";

fn heard(bytes: &[u8]) -> Response {
    match read(bytes) {
        Heard::Response(response, _) => response,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_response_is_read() {
    let found = heard(OK.as_bytes());
    assert_eq!((found.status, found.reason.as_str()), (200, "OK"));
    assert_eq!(found.software.as_deref(), Some("kamailio (5.6.3)"));
    assert_eq!(
        (found.method.as_str(), found.to_tag.as_deref()),
        ("OPTIONS", Some("yes"))
    );
    assert_eq!(found.told(), "SIP/2.0 200 OK, from kamailio (5.6.3)");
    let Heard::Response(_, length) = read(format!("\r\n\r\n{OK}").as_bytes()) else {
        panic!()
    };
    assert_eq!(length, OK.len() + 4);
}

#[test]
fn what_is_no_sip_is_seen_at_once() {
    for words in [
        "HTTP/1.1 400 Bad Request\r\n",
        "220 mail ESMTP\r\n",
        "SSH-2.0-x\r\n",
        "\u{15}\u{3}\u{1}",
    ] {
        assert_eq!(read(words.as_bytes()), Heard::NotSip, "{words}");
    }
    assert_eq!(read(b"SIP/2.0 99 x\r\n\r\n"), Heard::NotSip);
    assert_eq!(read(b"SIP/3.0 200 OK\r\n\r\n"), Heard::NotSip);
    assert!(matches!(
        read(b"OPTIONS sip:x SIP/2.0\r\nl: 0\r\n\r\n"),
        Heard::Request(_)
    ));
}

#[test]
fn letters_of_another_alphabet_are_sip() {
    // "Not found" in windows-1251.
    let words = b"SIP/2.0 404 \xcd\xe5 \xed\xe0\xe9\xe4\xe5\xed\r\nCSeq: 1 OPTIONS\r\n\r\n";
    assert_eq!(heard(words).status, 404);
}

#[test]
fn the_way_back_is_read_from_its_end() {
    let words = "SIP/2.0 200 OK\r\nRecord-Route: <sip:b.example;lr>, <sip:a.example;lr>\r\n\
                 Record-Route: <sip:us.example;lr>\r\nm: \"x\" <sip:pbx@10.0.0.5>;expires=1\r\n\r\n";
    let found = heard(words.as_bytes());
    assert_eq!(found.contact.as_deref(), Some("sip:pbx@10.0.0.5"));
    let stops = [
        "<sip:us.example;lr>",
        "<sip:a.example;lr>",
        "<sip:b.example;lr>",
    ];
    assert_eq!(found.routes, stops);
    let odd =
        "SIP/2.0 200 OK\r\nRecord-Route: <sip:a;lr>, <http://b>\r\nContact: <sip:a b>\r\n\r\n";
    let odd = heard(odd.as_bytes());
    assert_eq!((odd.contact, odd.routes), (None, Vec::new()));
}

#[test]
fn a_head_has_an_end() {
    let long = format!("SIP/2.0 200 OK\r\nX: {}", "x".repeat(HEAD_MAX));
    assert_eq!(read(long.as_bytes()), Heard::NotSip);
}

proptest! {
    #[test]
    fn whatever_comes_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn whatever_follows_a_status_line_is_read(rest in any::<String>(), status in 100_u16..700) {
        let words = format!("SIP/2.0 {status} {rest}\r\n\r\n");
        if let Heard::Response(found, _) = read(words.as_bytes()) {
            prop_assert_eq!(found.status, status);
            prop_assert!(!found.told().chars().any(char::is_control));
        }
    }

    #[test]
    fn a_piece_of_a_response_waits_for_the_rest(end in 0_usize..200) {
        let head = OK.find("\r\n\r\n").unwrap() + 4;
        let end = end.min(head - 1);
        prop_assert_eq!(read(&OK.as_bytes()[..end]), Heard::More);
    }

    #[test]
    fn a_header_is_found_among_others(name in "[A-Za-z-]{1,12}", value in "[ -~]{0,40}") {
        prop_assume!(!["server", "user-agent"].contains(&name.to_ascii_lowercase().as_str()));
        let words = format!("SIP/2.0 404 Not Found\r\n{name}: {value}\r\nServer: s\r\n\r\n");
        prop_assert_eq!(heard(words.as_bytes()).software, Some("s".to_owned()));
    }
}
