//! Values with signs that mean something in the files.

use super::ini::read;
use super::{files, named, values};
use app::model::{Pbx, Srtp};
use proptest::prelude::*;
use roxmltree::Document;

/// Signs of every syntax, line ends among them.
fn wild() -> impl Strategy<Value = String> {
    let signs = "[a-z0-9;#\"'<>&$\\\\{}()\\[\\]=!@+,:/ \\-.\r\n\t\u{0}\u{e9}]{0,24}";
    prop_oneof![any::<String>(), signs]
}

/// A password a line can carry.
fn printed() -> impl Strategy<Value = String> {
    "[!-~]{1,40}"
}

/// Every line, without what a value may have brought.
fn outline(pbx: Pbx, number: &str, host: &str, password: Option<&str>) -> Vec<(String, usize)> {
    let mut values = values(Srtp::Sdes, password);
    values.number = number.to_owned();
    values.host = host.to_owned();
    let files = files(pbx, &values).into_iter();
    files
        .map(|file| (file.name, file.text.lines().count()))
        .collect()
}

proptest! {
    #[test]
    fn no_number_or_name_makes_a_line_or_a_sign(number in wild(), host in wild()) {
        for pbx in Pbx::ALL {
            let plain = outline(pbx, "77272000111", "sip.example.kz", None);
            prop_assert_eq!(outline(pbx, &number, &host, None), plain);
        }
        let mut values = values(Srtp::Sdes, None);
        values.number = number;
        values.host = host;
        let (digits, name) = (values.digits(), values.name());
        prop_assert!(digits.chars().all(|sign| sign.is_ascii_digit()) && !digits.is_empty());
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '.' || sign == '-';
        prop_assert!(name.chars().all(is_plain) && !name.is_empty());
    }

    #[test]
    fn freeswitchs_files_stay_well_formed(number in wild(), host in wild(), password in wild()) {
        let mut values = values(Srtp::Sdes, Some(&password));
        values.number = number;
        values.host = host;
        for file in files(Pbx::Freeswitch, &values) {
            prop_assert!(Document::parse(&file.text).is_ok(), "{}", file.text);
        }
    }

    #[test]
    fn a_password_no_line_can_carry_is_left_out(before in printed(), sign in "[ \r\n\t\u{0}\u{e9}]") {
        let password = format!("{before}{sign}");
        for pbx in Pbx::ALL {
            let with: Vec<_> = files(pbx, &values(Srtp::Sdes, Some(&password)));
            prop_assert_eq!(with, files(pbx, &values(Srtp::Sdes, None)));
        }
    }

    #[test]
    fn asterisk_reads_the_password_as_it_is(password in printed()) {
        let text = named(Pbx::Asterisk, &values(Srtp::Sdes, Some(&password)), "pjsip.conf");
        let sections = read(&text);
        let read: Vec<_> = sections.iter().flat_map(|section| section.all("password")).collect();
        prop_assert_eq!(read, vec![password.as_str(), password.as_str()]);
        prop_assert_eq!(sections.len(), 6);
    }

    #[test]
    fn freeswitch_reads_the_password_as_it_is(password in printed()) {
        for name in ["whatsapp_gateway.xml", "whatsapp_directory.xml"] {
            let text = named(Pbx::Freeswitch, &values(Srtp::Sdes, Some(&password)), name);
            let document = Document::parse(&text).unwrap();
            let param = document.descendants().find(|node| node.attribute("name") == Some("password"));
            prop_assert_eq!(param.unwrap().attribute("value"), Some(password.as_str()));
            // FreeSWITCH fills these in before it reads XML.
            prop_assert!(!text.contains('$'), "it would be filled in");
        }
    }

    #[test]
    fn kamailio_reads_the_password_as_it_is(password in printed()) {
        let text = named(Pbx::Kamailio, &values(Srtp::Sdes, Some(&password)), "kamailio.cfg");
        let line = text.lines().find(|line| line.contains("$avp(secret) = ")).unwrap();
        let quoted = line.trim().strip_prefix("$avp(secret) = \"").unwrap();
        let quoted = quoted.strip_suffix("\";").unwrap();
        let mut read = String::new();
        let mut signs = quoted.chars();
        while let Some(sign) = signs.next() {
            prop_assert_ne!(sign, '"', "the string would end here");
            read.push(if sign == '\\' { signs.next().unwrap() } else { sign });
        }
        prop_assert_eq!(read, password);
    }
}
