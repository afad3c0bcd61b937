//! Long texts into several messages.

/// The most characters WhatsApp takes in one text message.
pub const TEXT_LENGTH_MAX: usize = 4096;

/// Splits a text into pieces of at most `limit` characters, between paragraphs, else lines, else words.
///
/// Only white space at a border is left out; a word longer than the limit is cut. No piece is empty, so a
/// text of white space alone has no pieces.
pub fn split_text(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let piece = first_piece(rest, limit);
        let taken = piece.len();
        let piece = piece.trim_end();
        if !piece.is_empty() {
            pieces.push(piece.to_owned());
        }
        rest = rest.get(taken..).unwrap_or_default().trim_start();
    }
    pieces
}

/// The longest good beginning of the text.
fn first_piece(text: &str, limit: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(limit) else {
        return text;
    };
    let (window, tail) = text.split_at(end);
    if tail.starts_with(char::is_whitespace) {
        return window;
    }
    // A border in the first half would make needlessly short messages; then the next weaker border is taken.
    let half = text.char_indices().nth(limit / 2).map_or(0, |(at, _)| at);
    let border = [
        window.rfind("\n\n"),
        window.rfind('\n'),
        window.rfind(". ").map(|at| at + 1),
    ]
    .into_iter()
    .flatten()
    .find(|at| *at >= half)
    .or_else(|| window.rfind(char::is_whitespace));
    let at = border
        .filter(|at| *at > 0)
        .unwrap_or_else(|| whole_character(window, tail));
    window.get(..at).unwrap_or(window)
}

/// The cut inside a word, moved back so that no accent or emoji part is torn off the sign before it.
fn whole_character(window: &str, tail: &str) -> usize {
    let mut following = tail.chars().next();
    for (at, character) in window.char_indices().rev() {
        let end = at + character.len_utf8();
        let clings = following.is_some_and(joins) || character == '\u{200d}';
        if !clings {
            return end;
        }
        following = Some(character);
    }
    window.len()
}

/// Signs that belong to the one before them.
fn joins(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn borders_are_sought_from_strong_to_weak() {
        assert_eq!(
            split_text("one two\n\nthree four", 12),
            ["one two", "three four"]
        );
        assert_eq!(split_text("one two three", 8), ["one two", "three"]);
        assert_eq!(split_text("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(split_text("short", 4096), ["short"]);
        assert!(split_text(" \n ", 10).is_empty());
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let text = "ж".repeat(5000);
        let pieces = split_text(&text, TEXT_LENGTH_MAX);
        assert_eq!(
            pieces
                .iter()
                .map(|piece| piece.chars().count())
                .collect::<Vec<_>>(),
            [4096, 904]
        );
        assert_eq!(split_text("ab👍🏽", 3), ["ab", "👍🏽"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_white_space_at_borders(text in "([a-z]{1,9}|[ \n.]|.){0,80}", limit in 1usize..40) {
            let pieces = split_text(&text, limit);
            prop_assert!(pieces.iter().all(|piece| piece.chars().count() <= limit && !piece.trim().is_empty()));
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&pieces.concat()), bare(&text));
            let mut rest = text.trim();
            for piece in &pieces {
                rest = rest.strip_prefix(piece.as_str()).expect("the pieces stand in the text in order").trim_start();
            }
            prop_assert!(rest.is_empty());
        }
    }
}
