//! The password, written so that each kind of file reads it as it is.

use super::SetupValues;
use secrecy::ExposeSecret;

/// The password, if a line of text can carry it at all: printed signs of ASCII without blanks.
fn printable<'a>(values: &'a SetupValues<'_>) -> Option<&'a str> {
    let password = values.password.as_ref()?.expose_secret();
    let printed = !password.is_empty() && password.chars().all(|sign| sign.is_ascii_graphic());
    printed.then_some(password)
}

/// For Asterisk: a semicolon would begin a comment.
pub(super) fn ini(values: &SetupValues<'_>) -> Option<String> {
    Some(printable(values)?.replace(';', "\\;"))
}

/// For an attribute in XML. The dollar too: FreeSWITCH reads `$${name}` before it reads XML.
pub(super) fn xml(values: &SetupValues<'_>) -> Option<String> {
    let mut text = String::new();
    for sign in printable(values)?.chars() {
        match sign {
            '&' | '<' | '>' | '"' | '\'' | '$' => text.push_str(&format!("&#{};", u32::from(sign))),
            _ => text.push(sign),
        }
    }
    Some(text)
}

/// For Kamailio, between double quotes.
pub(super) fn quoted(values: &SetupValues<'_>) -> Option<String> {
    Some(
        printable(values)?
            .replace('\\', "\\\\")
            .replace('"', "\\\""),
    )
}

/// For people.
pub(super) fn plain(values: &SetupValues<'_>) -> Option<String> {
    Some(printable(values)?.to_owned())
}
