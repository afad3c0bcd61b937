//! Variables in the text of a template: `{{1}}` or `{{name}}`, never both.

/// How a template counts its variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Positional,
    Named,
}

/// What is wrong with the variables of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Braces that do not pair, or something between them that is no variable of this format.
    Malformed,
    /// Numbers that do not run 1, 2, 3.
    Gap,
}

/// The variables of a text in the order of their first use. What stands between braces is taken as it is.
pub fn names(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        if !found.iter().any(|it| it == name) {
            found.push(name.to_string());
        }
        rest = after;
    }
    found
}

/// The variables of a text, where all of them are right.
pub fn check(text: &str, format: Format) -> Result<Vec<String>, Wrong> {
    let names = names(text);
    if text.matches("{{").count() != text.matches("}}").count() {
        return Err(Wrong::Malformed);
    }
    let good = |name: &String| match format {
        Format::Positional => {
            !name.starts_with('0') && !name.is_empty() && name.chars().all(|c| c.is_ascii_digit())
        }
        Format::Named => {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        }
    };
    if !names.iter().all(good) {
        return Err(Wrong::Malformed);
    }
    let mut numbers: Vec<usize> = names.iter().filter_map(|it| it.parse().ok()).collect();
    numbers.sort_unstable();
    let runs = numbers.iter().zip(1..).all(|(own, due)| *own == due);
    if format == Format::Positional && !runs {
        return Err(Wrong::Gap);
    }
    Ok(names)
}

/// A variable stands at the very beginning or the very end.
pub fn at_the_edge(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("{{") || text.ends_with("}}")
}

/// More variables than the words around them carry: at least twice as many words and one more are wanted.
pub fn too_many(text: &str, variables: usize) -> bool {
    let words = text.split_whitespace();
    let plain =
        words.filter(|word| !word.contains("{{") && word.chars().any(char::is_alphanumeric));
    variables > 0 && plain.count() < 2 * variables + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_run_and_names_are_plain() {
        let positional = |text| check(text, Format::Positional);
        assert_eq!(positional("a {{1}} b {{2}} c {{1}}").unwrap(), ["1", "2"]);
        assert_eq!(positional("a {{2}}"), Err(Wrong::Gap));
        assert_eq!(positional("a {{x}}"), Err(Wrong::Malformed));
        assert_eq!(positional("a {{1} b"), Err(Wrong::Malformed));
        assert_eq!(check("a {{client}}", Format::Named).unwrap(), ["client"]);
        assert_eq!(check("a {{1}}", Format::Named), Err(Wrong::Malformed));
        assert_eq!(check("a {{Client}}", Format::Named), Err(Wrong::Malformed));
        assert!(at_the_edge("{{1}} a") && at_the_edge("a {{1}}") && !at_the_edge("a {{1}}."));
        assert!(too_many("Hi {{1}} there", 1) && !too_many("Hi {{1}}, you there", 1));
    }
}
