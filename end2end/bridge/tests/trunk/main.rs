//! `thoth trunk check` against real software: Kamailio with TLS, with every fault a telephone server can have, and
//! ports where no telephone server is.
//!
//! The certificates are made here. Every server ends with its test.

mod certificates;
mod kamailio;
mod run;

use certificates::Authority;
use kamailio::{Asks, Kamailio, Server};
use run::{Checked, GOOD, check, folder};
use std::net::TcpListener;

/// The name of most servers; it is given its address by `--resolve`.
const NAME: &str = "sip.thoth.example";

/// Checks a server of this machine under that name, trusting this authority.
fn look(folder: &std::path::Path, port: u16, more: &[&str]) -> Checked {
    let resolve = format!("{NAME}=127.0.0.1");
    let port = port.to_string();
    let ca = folder.join("ca.pem").display().to_string();
    let mut words = vec![NAME, "--port", &port, "--ca", &ca, "--resolve", &resolve];
    words.extend_from_slice(more);
    check(folder, &words)
}

#[test]
fn every_fault_of_a_certificate_is_told() {
    let folder = folder();
    let authority = Authority::new(folder.path());
    let servers = [
        Server::with(authority.sign("good", &[NAME], 90)),
        Server::with(authority.sign("wildcard", &["*.thoth.example"], 90)),
        Server::with(authority.sign("expired", &[NAME], -2)),
        Server::with(authority.sign("soon", &[NAME], 3)),
        Server::with(authority.sign("other", &["www.thoth.example"], 90)),
        Server::with(authority.self_signed("own", &[NAME])),
    ];
    let kamailio = Kamailio::start(folder.path(), &servers);
    let [good, wildcard, expired, soon, other, own] = kamailio.ports();

    let found = look(folder.path(), good, &[]);
    found.states(&[]);
    assert_eq!(found.exit, 0, "{found:?}");
    assert!(found.detail("tls").contains("TLS 1.3"), "{found:?}");
    assert!(
        found.detail("chain").contains("THOTH bridge CA"),
        "{found:?}"
    );
    assert!(found.detail("options").contains("SIP/2.0 200"), "{found:?}");
    assert!(
        found.detail("options").contains("THOTH bridge"),
        "{found:?}"
    );
    look(folder.path(), wildcard, &[]).states(&[]);
    for (port, fault) in [
        (expired, "expiry"),
        (soon, "expiry"),
        (other, "name"),
        (own, "chain"),
    ] {
        let found = look(folder.path(), port, &[]);
        found.states(&[(fault, "bad")]);
        assert_eq!(found.exit, 1, "{found:?}");
        assert!(!found.remedy(fault).is_empty(), "{found:?}");
    }

    // Without the authority nobody vouches for the good one.
    let (port, resolve) = (good.to_string(), format!("{NAME}=127.0.0.1"));
    let words = [NAME, "--port", &port, "--resolve", &resolve];
    check(folder.path(), &words).states(&[("chain", "bad")]);
}

#[test]
fn a_server_that_demands_a_certificate_is_told() {
    let folder = folder();
    let authority = Authority::new(folder.path());
    let made = authority.sign("good", &[NAME], 90);
    let servers = [
        Server::with(made.clone()).asks(Asks::Demands),
        Server::with(made.clone())
            .asks(Asks::Demands)
            .only("TLSv1.2"),
        Server::with(made.clone()).asks(Asks::Wishes),
        Server::with(made).only("TLSv1.2"),
    ];
    let kamailio = Kamailio::start(folder.path(), &servers);
    let [demands, demands_old, wishes, none_old] = kamailio.ports();
    for port in [demands, demands_old] {
        let found = look(folder.path(), port, &[]);
        found.states(&[("client_certificate", "bad"), ("options", "unknown")]);
    }
    look(folder.path(), wishes, &[]).states(&[("client_certificate", "bad")]);
    let found = look(folder.path(), none_old, &[]);
    found.states(&[]);
    assert!(found.detail("tls").contains("TLS 1.2"), "{found:?}");
}

#[test]
fn a_call_is_tried_only_when_asked_for() {
    let folder = folder();
    let authority = Authority::new(folder.path());
    let kamailio = Kamailio::start(
        folder.path(),
        &[Server::with(authority.sign("good", &[NAME], 90))],
    );
    let [port] = kamailio.ports();
    let found = look(
        folder.path(),
        port,
        &["--invite", "--number", "77272000111"],
    );
    found.states(&[("invite", "ok")]);
    assert!(found.detail("invite").contains("401"), "{found:?}");
    let found = look(folder.path(), port, &["--invite"]);
    found.states(&[("invite", "unknown")]);
}

#[test]
fn this_machine_is_found_by_its_name_and_address() {
    let folder = folder();
    let authority = Authority::new(folder.path());
    let names = ["localhost", "127.0.0.1"];
    let kamailio = Kamailio::start(
        folder.path(),
        &[Server::with(authority.sign("good", &names, 90))],
    );
    let [port] = kamailio.ports();
    let (port, ca) = (
        port.to_string(),
        folder.path().join("ca.pem").display().to_string(),
    );
    for name in names {
        let words = [name, "--port", &port, "--ca", &ca];
        check(folder.path(), &words).states(&[]);
    }

    // Where only public addresses are wanted nothing is called.
    let words = ["127.0.0.1", "--port", &port, "--ca", &ca, "--public-only"];
    let found = check(folder.path(), &words);
    let unknown = GOOD[2..].iter().map(|(name, _)| (*name, "unknown"));
    let states: Vec<_> = std::iter::once(("address", "bad")).chain(unknown).collect();
    found.states(&states);
    assert_eq!(found.exit, 1);
}

#[test]
fn ports_without_tls_are_told_apart() {
    let folder = folder();
    let authority = Authority::new(folder.path());
    let kamailio = Kamailio::start(
        folder.path(),
        &[Server::with(authority.sign("good", &[NAME], 90))],
    );
    let after = |fault: (&'static str, &'static str)| {
        let at = GOOD
            .iter()
            .position(|(name, _)| *name == fault.0)
            .expect("a step");
        let unknown = GOOD[at + 1..].iter().map(|(name, _)| (*name, "unknown"));
        std::iter::once(fault).chain(unknown).collect::<Vec<_>>()
    };

    let plain = look(folder.path(), kamailio.plain, &[]);
    plain.states(&after(("tls", "bad")));
    assert!(plain.detail("tls").contains("without TLS"), "{plain:?}");

    let closed = look(folder.path(), bridge::port(), &[]);
    closed.states(&after(("tcp", "bad")));

    // Whoever listens and takes nothing is silent: the system takes the connection for it.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = silent.local_addr().expect("a socket has an address").port();
    look(folder.path(), port, &[]).states(&after(("tls", "unknown")));
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = folder();
    for words in [
        vec!["not a host"],
        vec!["sip.example.com", "--port", "none"],
        vec!["sip.example.com", "--ca", "missing.pem"],
        vec![],
    ] {
        let (exit, said) = run::thoth(folder.path(), &words);
        assert_eq!(exit, 2, "{words:?}: {said}");
    }
}
