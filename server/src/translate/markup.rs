//! WhatsApp's marks into BB code, and literal brackets kept from acting as BB code.

use super::bb::{is_known, tag};

/// Stands after the bracket of a literal tag: it cannot be seen, and the tag is no tag any more.
const BREAKER: char = '\u{200b}';

/// How far a closing mark is looked for; longer than any WhatsApp text.
const REACH: usize = 4096;

const MARKS: [(char, &str); 3] = [('*', "b"), ('_', "i"), ('~', "s")];

/// Turns `*b*`, `_i_`, `~s~` and triple backticks into BB code. Every character survives.
///
/// A mark counts as WhatsApp counts it: no letter or digit outside next to it, no space inside next to it,
/// both on one line; inside links nothing counts. `[b]` typed by a customer stays visible and without effect.
pub fn bb_of_markup(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    convert(&characters, &[], &mut out);
    out
}

/// The text with every BB tag in it made harmless, and no mark converted.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        out.push(character);
        let acts = character == '['
            && text
                .get(at..)
                .and_then(tag)
                .is_some_and(|found| is_known(&found.name));
        if acts {
            out.push(BREAKER);
        }
    }
    out
}

/// Writes the characters; marks already open outside are not opened again inside.
fn convert(text: &[char], open: &[char], out: &mut String) {
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        let before = at.checked_sub(1).and_then(|index| text.get(index)).copied();
        if let Some(length) = link_length(text, at, before) {
            plain.extend(text.iter().skip(at).take(length));
            at += length;
        } else if let Some(length) = code_length(text, at).filter(|_| open.is_empty()) {
            flush(&mut plain, out);
            let inner: String = text.iter().skip(at + 3).take(length).collect();
            out.push_str("[code]");
            out.push_str(&literal(&inner));
            out.push_str("[/code]");
            at += length + 6;
        } else if let Some((name, length)) = marked_length(text, at, before, open) {
            flush(&mut plain, out);
            let mut inside = open.to_vec();
            inside.push(character);
            out.push_str(&format!("[{name}]"));
            convert(
                text.get(at + 1..at + 1 + length).unwrap_or_default(),
                &inside,
                out,
            );
            out.push_str(&format!("[/{name}]"));
            at += length + 2;
        } else {
            plain.push(character);
            at += 1;
        }
    }
    flush(&mut plain, out);
}

fn flush(plain: &mut String, out: &mut String) {
    out.push_str(&literal(plain));
    plain.clear();
}

/// How many characters a link at this place takes; nothing inside it is a mark.
fn link_length(text: &[char], at: usize, before: Option<char>) -> Option<usize> {
    let starts = ["https://", "http://", "www."].iter().any(|start| {
        start.chars().enumerate().all(|(index, expected)| {
            text.get(at + index)
                .is_some_and(|c| c.eq_ignore_ascii_case(&expected))
        })
    });
    let free = !before.is_some_and(char::is_alphanumeric);
    (starts && free)
        .then(|| {
            text.iter()
                .skip(at)
                .take_while(|c| !c.is_whitespace())
                .count()
        })
        .map(|length| {
            // A mark right at the end closes what was opened before the link.
            let tail = text
                .iter()
                .skip(at)
                .take(length)
                .rev()
                .take_while(|c| matches!(c, '*' | '_' | '~'))
                .count();
            length - tail
        })
}

/// The length of what stands between triple backticks that open here.
fn code_length(text: &[char], at: usize) -> Option<usize> {
    let fence = |from: usize| (0..3).all(|offset| text.get(from + offset) == Some(&'`'));
    if !fence(at) {
        return None;
    }
    (at + 4..text.len().min(at + REACH))
        .find(|end| fence(*end))
        .map(|end| end - at - 3)
}

/// The tag and the inner length when a mark opens here and is closed on the same line.
fn marked_length(
    text: &[char],
    at: usize,
    before: Option<char>,
    open: &[char],
) -> Option<(&'static str, usize)> {
    let mark = *text.get(at)?;
    let (_, name) = MARKS
        .iter()
        .find(|(character, _)| *character == mark && !open.contains(character))?;
    let next = *text.get(at + 1)?;
    if before.is_some_and(char::is_alphanumeric) || next.is_whitespace() || next == mark {
        return None;
    }
    let line_end = text
        .iter()
        .skip(at)
        .take(REACH)
        .position(|c| *c == '\n')
        .map_or(text.len(), |found| at + found);
    let closes = |end: usize| {
        let inner_last = text.get(end.wrapping_sub(1)).copied();
        let outer = text.get(end + 1).copied();
        text.get(end) == Some(&mark)
            && !inner_last.is_some_and(char::is_whitespace)
            && !outer.is_some_and(char::is_alphanumeric)
    };
    (at + 2..line_end.min(at + REACH))
        .find(|end| closes(*end))
        .map(|end| (*name, end - at - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_become_tags() {
        assert_eq!(
            bb_of_markup("*b* _i_ ~s~ ```c*d*```"),
            "[b]b[/b] [i]i[/i] [s]s[/s] [code]c*d*[/code]"
        );
        assert_eq!(bb_of_markup("*_both_*"), "[b][i]both[/i][/b]");
        assert_eq!(bb_of_markup("(*x*), *y*."), "([b]x[/b]), [b]y[/b].");
    }

    #[test]
    fn what_whatsapp_shows_plain_stays_plain() {
        for text in [
            "2*3*4",
            "snake_case_name",
            "* a *",
            "*a",
            "*a\nb*",
            "**",
            "~ ~",
            "5 * 3 * 2",
            "```",
            "a*b*",
        ] {
            assert_eq!(bb_of_markup(text), text);
        }
        assert_eq!(
            bb_of_markup("https://a.kz/_x_/*y*/z"),
            "https://a.kz/_x_/*y*/z"
        );
        assert_eq!(bb_of_markup("*https://a.kz*"), "[b]https://a.kz[/b]");
    }

    #[test]
    fn a_customers_brackets_survive_and_do_nothing() {
        assert_eq!(bb_of_markup("[1] and [x]"), "[1] and [x]");
        assert_eq!(bb_of_markup("[b]x[/b]"), "[\u{200b}b]x[\u{200b}/b]");
        assert_eq!(bb_of_markup("[send=/x]y"), "[\u{200b}send=/x]y");
    }

    /// Our tags back into marks.
    fn undone(bb: &str) -> String {
        let mut text = bb.to_owned();
        for (name, mark) in [("b", "*"), ("i", "_"), ("s", "~"), ("code", "```")] {
            text = text
                .replace(&format!("[{name}]"), mark)
                .replace(&format!("[/{name}]"), mark);
        }
        text.replace("[\u{200b}", "[")
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([*_~`]|[a-z \n]|\\[/?b\\]|\\[code\\]|https://x|[^\u{200b}]){0,40}") {
            prop_assert_eq!(undone(&bb_of_markup(&text)), text);
        }
    }
}
