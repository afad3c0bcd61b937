//! The style sheet: the files of `style/` one after the other, lightly minified.

use std::{fs, path::Path};

use anyhow::Context;

/// The files that `main.css` imports, in its order, as one text.
pub fn bundle(style: &Path) -> anyhow::Result<String> {
    let main = style.join("main.css");
    let text = fs::read_to_string(&main).with_context(|| format!("no {}", main.display()))?;
    let mut whole = String::new();
    for line in text.lines() {
        match imported(line) {
            Some(name) => {
                let file = style.join(name);
                let part =
                    fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
                whole.push_str(&part);
            }
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(minify(&whole))
}

fn imported(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("@import")?.trim();
    let (name, _) = rest.strip_prefix('"')?.split_once('"')?;
    Some(name)
}

/// Drops comments and needless space outside of quotes. Spaces that mean something stay.
fn minify(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match quote {
            Some(end) => {
                small.push(c);
                if c == '\\' {
                    small.extend(chars.next());
                } else if c == end {
                    quote = None;
                }
            }
            None if c == '/' && chars.peek() == Some(&'*') => skip_comment(&mut chars),
            None if c.is_whitespace() => {
                let touches = small.ends_with([' ', '{', '}', ';', ',']) || small.is_empty();
                if !touches {
                    small.push(' ');
                }
            }
            None => {
                if matches!(c, '{' | '}' | ';' | ',') && small.ends_with(' ') {
                    small.pop();
                }
                if c == '}' && small.ends_with(';') {
                    small.pop();
                }
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
                small.push(c);
            }
        }
    }
    small
}

fn skip_comment(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    chars.next();
    let mut before = ' ';
    for c in chars.by_ref() {
        if before == '*' && c == '/' {
            return;
        }
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_stays() {
        let css = "a  b > c { width: calc(1px + 2px) ; content: \"a  /* b */ ; }\" }\n/* x */ d{}";
        assert_eq!(
            minify(css),
            "a b > c{width: calc(1px + 2px);content: \"a  /* b */ ; }\"}d{}"
        );
    }

    #[test]
    fn an_import_names_its_file() {
        assert_eq!(imported("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported("@layer tokens;"), None);
    }
}
