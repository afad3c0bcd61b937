//! A customer's number as people write it, into the digits WhatsApp knows.

use phonenumber::country;
use phonenumber::{Mode, PhoneNumber};

/// The fewest and the most digits of a number with its country code (E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The country a number with its country code belongs to.
pub fn country_of(number: &str) -> Option<country::Id> {
    let digits: String = digits(number);
    let read = phonenumber::parse(None, format!("+{digits}")).ok()?;
    read.country().id()
}

/// The digits of a number in E.164, however it was typed: with `+`, with `00`, or as it is dialled within `home`.
/// Of several numbers the first is meant; an extension is left out. `None` when it is no number.
pub fn customer_number(typed: &str, home: Option<country::Id>) -> Option<String> {
    let (is_international, found) = first_number(typed);
    let international = |digits: &str| phonenumber::parse(None, format!("+{digits}")).ok();
    if is_international {
        // Meta's own test numbers are not dialable, and are numbers all the same.
        let read = international(&found).map(|read| e164(&read));
        return read.filter(|digits| DIGITS.contains(&digits.len()));
    }
    if let Some(rest) = found.strip_prefix("00")
        && let Some(read) = international(rest).filter(PhoneNumber::is_valid)
    {
        return Some(e164(&read));
    }
    let at_home = home.and_then(|home| phonenumber::parse(Some(home), &found).ok());
    // Without the digit that is dialled before it at home: it may look like a country's code.
    let bare = home
        .and_then(calling_code)
        .and_then(|code| international(&format!("{code}{found}")));
    let whole = international(&found);
    let read = [at_home, bare, whole]
        .into_iter()
        .flatten()
        .find(PhoneNumber::is_valid)?;
    Some(e164(&read))
}

fn calling_code(home: country::Id) -> Option<u16> {
    let known = phonenumber::metadata::DATABASE.by_id(home.as_ref())?;
    Some(known.country_code())
}

fn e164(number: &PhoneNumber) -> String {
    digits(&number.format().mode(Mode::E164).to_string())
}

fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// A decimal digit, also of another script's keyboard.
fn digit(sign: char) -> Option<char> {
    const ZEROS: [char; 4] = ['0', '\u{ff10}', '\u{660}', '\u{6f0}'];
    let value = ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(sign).checked_sub(u32::from(zero))?;
        (value < 10).then_some(value)
    })?;
    char::from_digit(value, 10)
}

/// Whether the first number in a text begins with `+`, and its digits.
///
/// A letter, a comma, a semicolon, a slash or a second `+` after the digits ends it: what follows is an extension or
/// another number.
fn first_number(typed: &str) -> (bool, String) {
    let mut found = String::new();
    let mut is_international = false;
    for sign in typed.chars() {
        if let Some(digit) = digit(sign) {
            found.push(digit);
        } else if sign == '+' || sign == '\u{ff0b}' {
            if !found.is_empty() {
                break;
            }
            is_international = true;
        } else if !found.is_empty() && (sign.is_alphabetic() || ",;/#*\n".contains(sign)) {
            break;
        }
    }
    (is_international, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str, home: &str) -> Option<String> {
        customer_number(typed, home.parse().ok())
    }

    #[test]
    fn a_number_is_read_in_many_written_forms() {
        for typed in [
            "+77015550101",
            "+7 701 555 01 01",
            "+7 (701) 555-01-01",
            " 8 (701) 555-01-01 ",
            "87015550101",
            "77015550101",
            "7 701 555 0101",
            "7015550101",
            "007 701 555 01 01",
            "tel:+7-701-555-01-01",
            "+7\u{a0}701\u{a0}555\u{a0}01\u{a0}01",
            "+7.701.555.01.01",
            "+7 701 555 01 01 доб. 12",
            "+7 701 555 01 01 ext 12",
            "+7 701 555 01 01, +7 702 555 01 02",
            "＋７ ７０１ ５５５ ０１ ０１",
            "моб. 8 701 555 01 01",
        ] {
            assert_eq!(read(typed, "KZ").as_deref(), Some("77015550101"), "{typed}");
        }
        for (typed, home, digits) in [
            ("0170 1234567", "DE", "491701234567"),
            ("0049 170 1234567", "KZ", "491701234567"),
            ("+49 170 1234567", "KZ", "491701234567"),
            ("491701234567", "KZ", "491701234567"),
            ("(415) 523-8886", "US", "14155238886"),
            ("1 415 523 8886", "US", "14155238886"),
            ("+1 555 000 1111", "KZ", "15550001111"),
            ("07911 123456", "GB", "447911123456"),
            ("8 912 345-67-89", "RU", "79123456789"),
            ("375 29 491 19 11", "BY", "375294911911"),
        ] {
            assert_eq!(read(typed, home).as_deref(), Some(digits), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for typed in [
            "",
            "hello",
            "+",
            "12",
            "+12",
            "555-01-01",
            "+7701555010177015550101",
            "ann@example.com",
        ] {
            assert_eq!(read(typed, "KZ"), None, "{typed}");
        }
        assert_eq!(customer_number("8 701 555 01 01", None), None);
    }

    #[test]
    fn a_number_tells_its_country() {
        assert_eq!(country_of("+77272000111"), Some(country::KZ));
        assert_eq!(country_of("+79123456789"), Some(country::RU));
        assert_eq!(country_of("+15550001111"), None);
        assert_eq!(country_of("nothing"), None);
    }

    proptest! {
        #[test]
        fn every_way_of_writing_reads_back(rest in 0_u32..10_000_000, area in prop::sample::select(vec!["701", "702", "705", "777"])) {
            let digits = format!("7{area}{rest:07}");
            let number = phonenumber::parse(None, format!("+{digits}")).unwrap();
            for mode in [Mode::E164, Mode::International, Mode::National, Mode::Rfc3966] {
                let written = number.format().mode(mode).to_string();
                prop_assert_eq!(read(&written, "KZ"), Some(digits.clone()), "{}", written);
            }
        }

        #[test]
        fn nothing_panics(typed in "\\PC{0,40}", home in prop::sample::select(vec!["KZ", "DE", "US", ""])) {
            let _ = read(&typed, home);
        }
    }
}
