//! What must be true of every file, whatever its wording.

use super::ini::{Section, read};
use super::{files, named, together, values};
use app::model::{Pbx, Srtp};
use roxmltree::Document;

const PASSWORDS: [Option<&str>; 2] = [None, Some("s3cret")];

fn every(check: impl Fn(Pbx, &super::SetupValues<'_>)) {
    for pbx in Pbx::ALL {
        for srtp in [Srtp::Sdes, Srtp::Dtls] {
            for password in PASSWORDS {
                check(pbx, &values(srtp, password));
            }
        }
    }
}

#[test]
fn no_place_is_left_unfilled() {
    every(|pbx, values| assert!(!together(&files(pbx, values)).contains("@@"), "{pbx:?}"));
}

#[test]
fn the_password_is_there_only_where_it_was_given() {
    every(|pbx, values| {
        let text = together(&files(pbx, values));
        assert_eq!(
            text.contains("s3cret"),
            values.password.is_some(),
            "{pbx:?}"
        );
        let marked = text.contains("The SIP password is not in this file")
            || text.contains("not in this file: THOTH");
        assert_eq!(marked, values.password.is_none(), "{pbx:?}");
    });
}

/// Both ways to hand out the sections of PJSIP.
fn pjsip(values: &super::SetupValues<'_>) -> [String; 2] {
    let freepbx = files(Pbx::Freepbx, values).into_iter();
    let freepbx = freepbx.filter(|file| file.name.starts_with("pjsip"));
    let freepbx = freepbx.map(|file| file.text).collect();
    [named(Pbx::Asterisk, values, "pjsip.conf"), freepbx]
}

fn of_type<'a>(sections: &'a [Section], kind: &'a str) -> impl Iterator<Item = &'a Section> {
    sections
        .iter()
        .filter(move |section| section.get("type") == kind)
}

#[test]
fn sections_name_sections_that_are_there() {
    every(|_, values| {
        for text in pjsip(values) {
            let sections = read(&text);
            let has =
                |kind, name: &str| of_type(&sections, kind).any(|section| section.name == name);
            let endpoint = of_type(&sections, "endpoint").next().expect("an endpoint");
            for (key, kind) in [
                ("aors", "aor"),
                ("auth", "auth"),
                ("outbound_auth", "auth"),
                ("transport", "transport"),
            ] {
                assert!(has(kind, endpoint.get(key)), "{key}");
            }
            let identify = of_type(&sections, "identify").next().expect("identify");
            assert!(has("endpoint", identify.get("endpoint")));
            assert_eq!(identify.all("match").len(), 0, "it would be an alternative");
        }
    });
}

#[test]
fn asterisk_is_told_what_meta_wants() {
    for (srtp, word) in [(Srtp::Sdes, "sdes"), (Srtp::Dtls, "dtls")] {
        let sections = read(&named(
            Pbx::Asterisk,
            &values(srtp, Some("s3cret")),
            "pjsip.conf",
        ));
        let endpoint = of_type(&sections, "endpoint").next().expect("an endpoint");
        for (key, value) in [
            ("media_encryption", word),
            ("rewrite_contact", "no"),
            ("timers", "no"),
            ("direct_media", "no"),
            ("from_user", "+77272000111"),
            ("from_domain", "sip.example.kz"),
            ("allow", "opus"),
            ("allow_transfer", "no"),
        ] {
            assert_eq!(endpoint.get(key), value, "{key}");
        }
        assert_eq!(endpoint.all("permit").len(), 23);
        assert_eq!(endpoint.all("deny").len(), 2);
        let transport = of_type(&sections, "transport").next().expect("a transport");
        assert_eq!(transport.get("require_client_cert"), "no");
        assert_eq!(transport.get("bind"), "0.0.0.0:5061");
        let aor = of_type(&sections, "aor").next().expect("an aor");
        assert_eq!(aor.get("contact"), "sip:wa.meta.vc;transport=tls");
        for auth in of_type(&sections, "auth") {
            assert_eq!(auth.get("username"), "77272000111");
            assert_eq!(auth.get("password"), "s3cret");
        }
    }
}

#[test]
fn without_a_password_asterisk_refuses_both_sections_that_need_one() {
    let sections = read(&named(
        Pbx::Asterisk,
        &values(Srtp::Sdes, None),
        "pjsip.conf",
    ));
    assert_eq!(of_type(&sections, "auth").count(), 2);
    for auth in of_type(&sections, "auth") {
        assert!(auth.all("password").is_empty());
        // No option of Asterisk: it refuses the section.
        assert!(!auth.all("password_missing").is_empty());
    }
}

#[test]
fn a_call_from_whatsapp_cannot_leave_its_context() {
    every(|_, values| {
        for (pbx, name) in [
            (Pbx::Asterisk, "extensions.conf"),
            (Pbx::Freepbx, "extensions_custom.conf"),
        ] {
            let sections = read(&named(pbx, values, name));
            let inbound = sections
                .iter()
                .find(|section| section.name == "whatsapp-in");
            let inbound = inbound.expect("a context");
            assert!(
                inbound
                    .options
                    .iter()
                    .all(|(key, _)| key == "exten" || key == "same")
            );
            for value in inbound.all("exten") {
                assert!(
                    value.starts_with("_+77272000111!,") || value.starts_with("_77272000111!,")
                );
            }
            for (_, step) in &inbound.options {
                assert!(
                    !step.contains("Dial(") || step.contains("Dial(PJSIP/100,60,r)"),
                    "{step}"
                );
                assert!(
                    !step.contains("Goto(") || step.contains("Goto(whatsapp-in,"),
                    "{step}"
                );
            }
        }
        let text = named(Pbx::Freeswitch, values, "whatsapp_dialplan_in.xml");
        let document = Document::parse(&text).expect("well-formed");
        let applications: Vec<_> = document
            .descendants()
            .filter_map(|node| Some((node.attribute("application")?, node.attribute("data"))))
            .collect();
        assert!(applications.contains(&("bridge", Some("user/1000"))));
        assert_eq!(
            applications
                .iter()
                .filter(|(name, _)| *name == "bridge")
                .count(),
            1
        );
        assert!(
            !applications
                .iter()
                .any(|(name, _)| matches!(*name, "transfer" | "execute_extension"))
        );
    });
}

#[test]
fn freeswitchs_files_are_well_formed() {
    every(|_, values| {
        for file in files(Pbx::Freeswitch, values) {
            let parsed = Document::parse(&file.text);
            assert!(parsed.is_ok(), "{}: {parsed:?}", file.name);
        }
    });
}

#[test]
fn freeswitch_knows_the_gateway_only_with_its_password() {
    for password in PASSWORDS {
        let text = named(
            Pbx::Freeswitch,
            &values(Srtp::Sdes, password),
            "whatsapp_gateway.xml",
        );
        let document = Document::parse(&text).expect("well-formed");
        let known = document
            .descendants()
            .any(|node| node.has_tag_name("gateway"));
        assert_eq!(known, password.is_some());
    }
}

#[test]
fn g711_is_offered_only_where_it_is_switched_on() {
    let mut values = values(Srtp::Sdes, None);
    (values.pcma, values.pcmu) = (true, true);
    assert!(named(Pbx::Asterisk, &values, "pjsip.conf").contains("allow = opus,alaw,ulaw\n"));
    let profile = named(Pbx::Freeswitch, &values, "whatsapp_profile.xml");
    assert!(profile.contains("value=\"OPUS@48000h@20i,PCMA,PCMU\""));
}

#[test]
fn lines_fit_a_terminal() {
    every(|pbx, values| {
        for line in together(&files(pbx, values)).lines() {
            assert!(line.chars().count() <= 132, "{pbx:?}: {line}");
        }
    });
}
