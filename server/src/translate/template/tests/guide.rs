//! Every code in `docs/templates.md` is one.

use super::*;
use crate::translate::outgoing::read_interactive;

const GUIDE: &str = include_str!("../../../../../docs/templates.md");

#[test]
fn every_code_of_the_guide_is_a_code() {
    let mut block = None;
    let mut found = [0, 0, 0];
    for line in GUIDE.lines() {
        match (line.strip_prefix("```"), block) {
            (Some(kind), None) => block = Some(kind),
            (Some(_), Some(_)) => block = None,
            (None, None) => {}
            (None, Some("interactive")) => {
                found[0] += 1;
                assert!(matches!(read_interactive(line), Some(Ok(_))), "{line}");
            }
            (None, Some(kind)) => {
                let is_sms = kind == "sms";
                let from = if is_sms {
                    CodeFrom::Sms
                } else {
                    CodeFrom::Chat
                };
                found[1 + usize::from(is_sms)] += 1;
                assert!(matches!(read_code(line, from), Some(Ok(_))), "{line}");
            }
        }
    }
    assert!(found.iter().all(|count| *count > 1), "{found:?}");
}

#[test]
fn the_guide_names_every_word() {
    for word in Word::ALL {
        assert!(
            GUIDE.contains(&format!("{}:`", word.as_str())),
            "{}",
            word.as_str()
        );
    }
}
