//! Values as Meta takes them.

/// Blanks in a row that Meta still takes.
const BLANKS_MAX: usize = 4;

/// One line without tabs and without more than four blanks in a row: what Meta refuses is replaced, not refused.
pub(super) fn clean(value: &str) -> String {
    let mut cleaned = String::with_capacity(value.len());
    let mut blanks = 0;
    for sign in value.trim().chars() {
        let sign = match sign {
            '\u{2028}' | '\u{2029}' => ' ',
            other if other.is_control() => ' ',
            other => other,
        };
        blanks = if sign == ' ' { blanks + 1 } else { 0 };
        if blanks <= BLANKS_MAX {
            cleaned.push(sign);
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_tabs_become_blanks() {
        assert_eq!(clean(" a\r\n\tb      c\u{2028}d "), "a   b    c d");
        assert_eq!(clean("\n"), "");
    }

    proptest! {
        #[test]
        fn meta_takes_whatever_comes_out(value in "[ \n\t\u{2028}ab👍]{0,40}") {
            let cleaned = clean(&value);
            let is_refused = cleaned.contains(['\n', '\t', '\u{2028}']) || cleaned.contains("     ");
            prop_assert!(!is_refused);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
