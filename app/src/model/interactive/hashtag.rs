//! The short name of a message.

/// The longest hashtag, in characters without `#`.
const LENGTH_MAX: usize = 50;

/// A hashtag as it is kept: with `#`, in small letters. `None` where the text is none: letters of any script,
/// digits and underscores.
pub fn hashtag(text: &str) -> Option<String> {
    let text = text.trim();
    let word = text.strip_prefix('#').unwrap_or(text).to_lowercase();
    let fits = |sign: char| sign.is_alphanumeric() || sign == '_';
    let is_tag = !word.is_empty() && word.chars().count() <= LENGTH_MAX && word.chars().all(fits);
    is_tag.then(|| format!("#{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashtag_is_one_word_in_small_letters() {
        assert_eq!(hashtag(" Меню_1 ").as_deref(), Some("#меню_1"));
        assert_eq!(hashtag("#Menu").as_deref(), Some("#menu"));
        for text in ["", "#", "two words", "#a#b", "a+b"] {
            assert_eq!(hashtag(text), None, "{text}");
        }
    }
}
