//! Templates have `@@NAME@@` where a value belongs.

use super::{META_NETWORKS_DATE, SetupValues};

/// The template with what every telephone server is told of a number, and with what this one alone is told.
pub(super) fn fill_setup(
    template: &str,
    values: &SetupValues<'_>,
    more: &[(&str, &str)],
) -> String {
    let (number, host, port) = (values.digits(), values.name(), values.port.to_string());
    let mut known = vec![
        ("NUMBER", number.as_str()),
        ("HOST", &host),
        ("PORT", &port),
        ("SRTP", values.srtp_word()),
        ("NETWORKS_DATE", META_NETWORKS_DATE),
    ];
    known.extend_from_slice(more);
    fill(template, &known)
}

/// The template with its values in it, in one pass: what a value brings is never read as a place again. A value of
/// several lines stands where its place stood, without its last line end.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("@@") {
        text.push_str(before);
        let known = after.split_once("@@").and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, behind))
        });
        match known {
            Some((value, behind)) => {
                text.push_str(value.trim_end_matches('\n'));
                rest = behind;
            }
            // An at sign before a place: `+@@NUMBER@@@@@HOST@@`.
            None => {
                text.push('@');
                rest = rest.get(before.len() + 1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

/// Every line moved in by this many blanks.
pub(super) fn indent(text: &str, blanks: usize) -> String {
    let margin = " ".repeat(blanks);
    let lines = text.lines().map(|line| format!("{margin}{line}"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_brings_is_no_place() {
        let values = [("A", "@@B@@"), ("B", "b")];
        assert_eq!(fill("@@A@@ @@B@@", &values), "@@B@@ b");
    }

    #[test]
    fn an_at_sign_between_two_places_stays() {
        let values = [("A", "a"), ("B", "b")];
        assert_eq!(fill("@@A@@@@@B@@", &values), "a@b");
        assert_eq!(fill("a@b @@C@@ @", &values), "a@b @@C@@ @");
    }
}
