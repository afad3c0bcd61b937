//! A WhatsApp profile name within Bitrix24's rules.

use super::Language;

/// The most characters Bitrix24 takes in `name` and in `last_name`.
const NAME_LENGTH_MAX: usize = 25;

/// What `imconnector.send.messages` takes as the customer's name: letters, spaces, hyphens and apostrophes only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// Never empty.
    pub name: String,
    /// The rest of the profile name.
    pub last_name: Option<String>,
}

/// Makes a name of a profile name. Emoji, digits and other signs go; where no letter is left, a plain word stands in.
pub fn person_name(profile: Option<&str>, language: Language) -> PersonName {
    let cleaned = cleaned(profile.unwrap_or_default());
    let mut words = cleaned
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphabetic));
    let first = words.next().unwrap_or(language.pick("Customer", "Клиент"));
    let last = words.collect::<Vec<_>>().join(" ");
    PersonName {
        name: shortened(first),
        last_name: Some(shortened(&last)).filter(|last| !last.is_empty()),
    }
}

/// Letters, single spaces, hyphens and apostrophes; everything else parts words.
fn cleaned(profile: &str) -> String {
    let allowed = profile.chars().map(|c| match c {
        '\u{2019}' | '`' => '\'',
        '\u{2010}'..='\u{2014}' => '-',
        c if c.is_alphabetic() || matches!(c, '-' | '\'') => c,
        _ => ' ',
    });
    let allowed: String = allowed.collect();
    let words = allowed
        .split(' ')
        .map(|word| word.trim_matches(['-', '\'']));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// At most 25 characters, cut between words where there are several.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(NAME_LENGTH_MAX) else {
        return text.to_owned();
    };
    let (window, tail) = text.split_at(end);
    let border = if tail.starts_with(' ') {
        None
    } else {
        window.rfind(' ')
    };
    let cut = border.and_then(|at| window.get(..at)).unwrap_or(window);
    cut.trim_end_matches([' ', '-', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(profile: &str) -> (String, Option<String>) {
        let found = person_name(Some(profile), Language::English);
        (found.name, found.last_name)
    }

    #[test]
    fn names_are_parted_and_cleaned() {
        assert_eq!(name("Aigerim"), ("Aigerim".into(), None));
        assert_eq!(
            name("Ann-Marie O’Neil 🌸 jr. 3"),
            ("Ann-Marie".into(), Some("O'Neil jr".into()))
        );
        assert_eq!(name("  Анна   Ли "), ("Анна".into(), Some("Ли".into())));
        assert_eq!(name("🌸 7"), ("Customer".into(), None));
        assert_eq!(person_name(None, Language::Russian).name, "Клиент");
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let (first, last) = name("Abcdefghijklmnopqrstuvwxyzabc De La Fuente y Montenegro Garcia");
        assert_eq!(first, "Abcdefghijklmnopqrstuvwxy");
        assert_eq!(last.as_deref(), Some("De La Fuente y Montenegro"));
    }

    proptest! {
        #[test]
        fn every_name_keeps_the_rules(profile in ".*") {
            let found = person_name(Some(&profile), Language::English);
            let fits = |text: &str| {
                !text.is_empty()
                    && text.chars().count() <= NAME_LENGTH_MAX
                    && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''))
                    && text.chars().any(char::is_alphabetic)
            };
            prop_assert!(fits(&found.name), "{:?}", found);
            prop_assert!(found.last_name.as_deref().is_none_or(fits), "{:?}", found);
        }
    }
}
