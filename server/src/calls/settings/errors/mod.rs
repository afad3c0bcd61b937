//! What Meta's codes mean for calling, and what an administrator does about them.
//!
//! A code that is not of calling alone has the words it has everywhere. Unknown codes have none: they are shown as
//! Meta says them. Source: "Error codes" and "Troubleshooting" of the Calling API reference.

mod table;
mod words;

use crate::translate::Language;
use crate::whatsapp::errors::words_of;
use table::TABLE;
use words::{SILENCE, Words};

/// A code in plain words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// What it means; empty for an unknown code.
    pub means: &'static str,
    /// What to do now; empty for an unknown code.
    pub remedy: &'static str,
}

/// A code of Meta's as it is kept, in plain words; an empty code is Meta's silence.
pub fn explained(code: &str, language: Language) -> Explained {
    if code.is_empty() {
        return of(&SILENCE, language);
    }
    let Ok(code) = code.parse::<i64>() else {
        return Explained::default();
    };
    let known = TABLE
        .iter()
        .find(|(from, to, _)| (*from..=*to).contains(&code));
    match known {
        Some((_, _, words)) => of(words, language),
        None => words_of(code, language).map(parted).unwrap_or_default(),
    }
}

const fn of(words: &Words, language: Language) -> Explained {
    let (means, remedy) = match language {
        Language::English => words.english,
        Language::Russian => words.russian,
    };
    Explained { means, remedy }
}

/// Words for operators begin with what happened and go on with what to do.
fn parted(words: &'static str) -> Explained {
    let end = words.find(". ").map(|place| place + 1);
    let (means, remedy) = words.split_at(end.unwrap_or(words.len()));
    Explained {
        means,
        remedy: remedy.trim_start(),
    }
}

/// Codes with words of their own here, for documentation and tests.
pub fn codes() -> impl Iterator<Item = i64> {
    TABLE.iter().flat_map(|(from, to, _)| *from..=*to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code of the contract's table.
    const CODES: [i64; 32] = [
        100, 613, 10, 200, 190, 131_009, 131_030, 131_044, 131_042, 131_055, 138_000, 138_001,
        138_002, 138_003, 138_004, 138_005, 138_006, 138_007, 138_009, 138_011, 138_012, 138_013,
        138_014, 138_015, 138_017, 138_018, 138_019, 138_020, 138_021, 138_022, 138_023, 138_024,
    ];

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in CODES.into_iter().chain([138_025]).chain(codes()) {
            for language in [Language::English, Language::Russian] {
                let found = explained(&code.to_string(), language);
                assert!(found.means.ends_with('.'), "{code}: {}", found.means);
                assert!(found.remedy.ends_with('.'), "{code}: {}", found.remedy);
            }
        }
    }

    #[test]
    fn words_that_exist_are_taken_and_parted() {
        let found = explained("190", Language::English);
        assert!(found.means.contains("access token"));
        assert!(found.remedy.starts_with("An administrator"));
        assert!(
            explained("131044", Language::Russian)
                .means
                .contains("оплат")
        );
    }

    #[test]
    fn unknown_codes_are_left_to_metas_words() {
        for code in ["138999", "777", "nonsense"] {
            assert_eq!(explained(code, Language::English), Explained::default());
        }
        assert!(!explained("", Language::English).remedy.is_empty());
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(TABLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
