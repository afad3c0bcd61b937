//! WhatsApp's marks: `*bold*`, `_italic_`, `~struck~` and triple backticks.

/// How far a closing mark is looked for, in characters: no text of WhatsApp's is longer.
const REACH: usize = 4096;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Plain(String),
    /// Between two marks: `*`, `_` or `~`.
    Marked(char, Vec<Span>),
    /// Between triple backticks; marks in it are none.
    Mono(String),
}

/// The text in parts, as WhatsApp reads it: no letter or digit outside next to a mark, no space inside next to it,
/// both on one line.
pub fn spans(text: &str) -> Vec<Span> {
    let signs: Vec<char> = text.chars().collect();
    read(&signs, &[])
}

fn read(signs: &[char], open: &[char]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        let before = at
            .checked_sub(1)
            .and_then(|place| signs.get(place))
            .copied();
        let (span, length) = if let Some(end) = fenced(signs, at).filter(|_| open.is_empty()) {
            let inside = signs.get(at + 3..end).unwrap_or_default();
            (Span::Mono(inside.iter().collect()), end + 3 - at)
        } else if let Some(end) = closing(signs, at, before).filter(|_| !open.contains(&sign)) {
            let inside = signs.get(at + 1..end).unwrap_or_default();
            let mut open = open.to_vec();
            open.push(sign);
            (Span::Marked(sign, read(inside, &open)), end + 1 - at)
        } else {
            plain.push(sign);
            at += 1;
            continue;
        };
        if !plain.is_empty() {
            found.push(Span::Plain(std::mem::take(&mut plain)));
        }
        found.push(span);
        at += length;
    }
    if !plain.is_empty() {
        found.push(Span::Plain(plain));
    }
    found
}

/// Where the fence that opens here is closed.
fn fenced(signs: &[char], at: usize) -> Option<usize> {
    let is_fence = |from: usize| signs.get(from..from + 3) == Some(&['`', '`', '`']);
    let last = signs.len().min(at.saturating_add(REACH));
    is_fence(at).then(|| (at + 4..last).find(|end| is_fence(*end)))?
}

/// Where the mark that opens here is closed.
fn closing(signs: &[char], at: usize, before: Option<char>) -> Option<usize> {
    let mark = *signs
        .get(at)
        .filter(|sign| ['*', '_', '~'].contains(sign))?;
    let next = *signs.get(at + 1)?;
    if before.is_some_and(char::is_alphanumeric) || next.is_whitespace() || next == mark {
        return None;
    }
    let line = signs.iter().enumerate().skip(at + 2).take(REACH);
    for (place, sign) in line {
        if *sign == '\n' {
            return None;
        }
        let inner = place.checked_sub(1).and_then(|inner| signs.get(inner));
        let outer = signs.get(place + 1);
        let closes = *sign == mark
            && inner.is_some_and(|sign| !sign.is_whitespace())
            && !outer.is_some_and(|sign| sign.is_alphanumeric());
        if closes {
            return Some(place);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Span {
        Span::Plain(text.to_owned())
    }

    /// The text the parts were made of.
    fn whole(spans: &[Span]) -> String {
        let text = spans.iter().map(|span| match span {
            Span::Plain(text) => text.clone(),
            Span::Marked(mark, inside) => format!("{mark}{}{mark}", whole(inside)),
            Span::Mono(text) => format!("```{text}```"),
        });
        text.collect()
    }

    #[test]
    fn marks_are_read_as_whatsapp_reads_them() {
        assert_eq!(
            spans("Hi *_Ann_*, ```a*b*```"),
            [
                plain("Hi "),
                Span::Marked('*', vec![Span::Marked('_', vec![plain("Ann")])]),
                plain(", "),
                Span::Mono("a*b*".to_owned()),
            ]
        );
        for text in ["2*3*4", "* a *", "*a\nb*", "snake_case_name", "**", "```"] {
            assert_eq!(spans(text), [plain(text)]);
        }
        assert_eq!(
            spans("*{{1}}*!")[0],
            Span::Marked('*', vec![plain("{{1}}")])
        );
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in "[ab*_~` \n.я]{0,60}") {
            prop_assert_eq!(whole(&spans(&text)), text);
        }
    }
}
