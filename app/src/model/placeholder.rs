//! Places in a text that are filled when it is sent: `{{1}}`, `{{name}}`.

/// A piece of such a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart<'a> {
    /// Words that stay.
    Words(&'a str),
    /// The name or number of a place.
    Place(&'a str),
}

/// The text in pieces. Braces around anything but Latin letters, digits and underscores are words.
pub fn text_parts(text: &str) -> Vec<TextPart<'_>> {
    let mut parts = Vec::new();
    let (mut words_from, mut at) = (0, 0);
    while let Some(open) = rest(text, at).find("{{").map(|found| at + found) {
        let Some((name, length)) = place(rest(text, open)) else {
            at = open + 1;
            continue;
        };
        let words = text.get(words_from..open).filter(|words| !words.is_empty());
        parts.extend(words.map(TextPart::Words));
        parts.push(TextPart::Place(name));
        at = open + length;
        words_from = at;
    }
    let words = rest(text, words_from);
    parts.extend((!words.is_empty()).then_some(TextPart::Words(words)));
    parts
}

/// The names in a text, each once, in the order they come.
pub fn place_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text_parts(text) {
        match part {
            TextPart::Place(name) if !names.contains(&name) => names.push(name),
            TextPart::Place(_) | TextPart::Words(_) => {}
        }
    }
    names
}

fn rest(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or_default()
}

/// The place a text begins with, and its length with the braces.
fn place(text: &str) -> Option<(&str, usize)> {
    let (inside, _) = text.strip_prefix("{{")?.split_once("}}")?;
    let name = inside.trim();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_name = !name.is_empty() && name.chars().all(fits);
    is_name.then_some((name, inside.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_told_from_braces() {
        assert_eq!(
            text_parts("Hi {{ name }}, {{{1}} {{}} {{a b}}"),
            [
                TextPart::Words("Hi "),
                TextPart::Place("name"),
                TextPart::Words(", {"),
                TextPart::Place("1"),
                TextPart::Words(" {{}} {{a b}}"),
            ]
        );
        assert_eq!(place_names("{{b}}{{a}}{{b}}"), ["b", "a"]);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[{}a1_ я]{0,30}") {
            let whole: String = text_parts(&text)
                .iter()
                .map(|part| match part {
                    TextPart::Words(words) => (*words).to_owned(),
                    TextPart::Place(name) => format!("{{{{{name}}}}}"),
                })
                .collect();
            let dense = |text: &str| text.replace(' ', "");
            prop_assert_eq!(dense(&whole), dense(&text));
        }
    }
}
