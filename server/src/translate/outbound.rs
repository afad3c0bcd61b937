//! What an operator wrote, as a customer reads it in WhatsApp.

use super::bb::{Node, parse};
use super::entities::decoded;

/// What becomes of the operator's name that Bitrix24 puts before the text (`[b]Name:[/b] [br]`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signature {
    /// Shown in bold on a line of its own.
    #[default]
    Keep,
    /// Left out. Only right where Bitrix24 does sign, or a line an operator began in bold would be lost.
    Strip,
}

/// Turns BB code into WhatsApp's markup. Unknown tags go, what they enclose stays; entities are decoded once.
///
/// Empty when nothing but white space was written. The result may be longer than one message: see `split_text`.
pub fn customer_text(bb: &str, signature: Signature) -> String {
    let (name, body) = signature_split(bb);
    let text = rendered(&parse(body));
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
    match (name, signature) {
        (Some(name), Signature::Keep) => format!("*{}:*\n{text}", rendered(&parse(name)).trim())
            .trim_end()
            .to_owned(),
        (Some(_), Signature::Strip) | (None, Signature::Keep | Signature::Strip) => text.to_owned(),
    }
}

/// A text without the operator's name that `customer_text` has put on a line of its own.
pub fn without_name(text: &str) -> &str {
    let signed = text
        .split_once('\n')
        .filter(|(first, _)| first.len() > 3 && first.starts_with('*') && first.ends_with(":*"));
    signed.map_or(text, |(_, rest)| rest)
}

/// The operator's name and the rest, when the text begins with a signature.
fn signature_split(bb: &str) -> (Option<&str>, &str) {
    let found = bb
        .strip_prefix("[b]")
        .and_then(|rest| rest.split_once(":[/b]"));
    let Some((name, rest)) =
        found.filter(|(name, _)| !name.trim().is_empty() && !name.contains(['\n', '[']))
    else {
        return (None, bb);
    };
    let rest = rest.trim_start();
    (
        Some(name),
        rest.strip_prefix("[br]").unwrap_or(rest).trim_start(),
    )
}

fn rendered(nodes: &[Node]) -> String {
    let mut out = String::new();
    render(nodes, None, &mut out);
    out
}

/// Writes the nodes; `after` is the first character that will follow them.
fn render(nodes: &[Node], after: Option<char>, out: &mut String) {
    for (index, node) in nodes.iter().enumerate() {
        let following = nodes
            .iter()
            .skip(index + 1)
            .find_map(first_character)
            .or(after);
        match node {
            Node::Text(words) => out.push_str(&decoded(words)),
            Node::Element {
                name,
                argument,
                children,
            } => {
                let mut inner = String::new();
                render(children, following.filter(|_| !is_marked(name)), &mut inner);
                element(
                    name,
                    argument.as_deref().map(decoded),
                    &inner,
                    following,
                    out,
                );
            }
        }
    }
}

fn is_marked(name: &str) -> bool {
    matches!(name, "b" | "i" | "s")
}

fn first_character(node: &Node) -> Option<char> {
    match node {
        Node::Text(words) => decoded(words).chars().next(),
        Node::Element { name, .. } if name == "br" => Some('\n'),
        Node::Element { children, .. } => children.iter().find_map(first_character),
    }
}

fn element(
    name: &str,
    argument: Option<String>,
    inner: &str,
    after: Option<char>,
    out: &mut String,
) {
    let words = inner.trim();
    match name {
        "b" => marked('*', inner, after, out),
        "i" => marked('_', inner, after, out),
        "s" => marked('~', inner, after, out),
        "code" => out.push_str(&format!("```{inner}```")),
        "br" => out.push('\n'),
        "hr" => out.push_str("\n---\n"),
        "url" => out.push_str(&link(argument, words, inner)),
        "call" => out.push_str(&link(argument, words, inner)),
        "icon" => out.push_str(&attribute(argument.as_deref().unwrap_or_default(), "title")),
        _ => out.push_str(inner),
    }
}

/// `words (target)`, or just the target when the words say nothing else.
fn link(target: Option<String>, words: &str, inner: &str) -> String {
    let Some(target) = target
        .map(|found| found.trim().trim_matches('"').to_owned())
        .filter(|found| !found.is_empty())
    else {
        return inner.to_owned();
    };
    let bare = |text: &str| {
        text.trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned()
    };
    if words.is_empty() || bare(words) == bare(&target) {
        target
    } else {
        format!("{words} ({target})")
    }
}

/// The value of `key=value` among the attributes of a tag.
fn attribute(attributes: &str, key: &str) -> String {
    let start = attributes
        .split_once(&format!("{key}="))
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    start
        .split([' ', '"'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Puts the marker around each line, where WhatsApp would understand it; elsewhere the words stay plain.
///
/// WhatsApp's rule: no letter or digit outside next to the marker, no space inside next to it, one line.
fn marked(marker: char, inner: &str, after: Option<char>, out: &mut String) {
    let mut lines = inner.split('\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        let core = line.trim();
        let leading = line.len() - line.trim_start().len();
        let (before, rest) = line.split_at(leading);
        let trailing = rest.get(core.len()..).unwrap_or_default();
        out.push_str(before);
        let left = out.chars().next_back();
        let right = if !trailing.is_empty() || !is_last {
            None
        } else {
            after
        };
        let clear = |side: Option<char>| !side.is_some_and(char::is_alphanumeric);
        if core.is_empty() || core.contains(marker) || !clear(left) || !clear(right) {
            out.push_str(core);
        } else {
            out.push(marker);
            out.push_str(core);
            out.push(marker);
        }
        out.push_str(trailing);
        if !is_last {
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(bb: &str) -> String {
        customer_text(bb, Signature::Keep)
    }

    #[test]
    fn signatures_of_both_samples_are_known() {
        for bb in [
            "[b]Ann Lee:[/b] [br]Hello",
            "[b]Ann Lee:[/b][br] Hello",
            "[b]Ann Lee:[/b]\nHello",
        ] {
            assert_eq!(plain(bb), "*Ann Lee:*\nHello");
            assert_eq!(customer_text(bb, Signature::Strip), "Hello");
        }
        assert_eq!(plain("[b]Note[/b]: x"), "*Note*: x");
    }

    #[test]
    fn the_name_is_taken_away_again() {
        let signed = customer_text("[b]Ann Lee:[/b] [br]Hello\nyou", Signature::Keep);
        assert_eq!(without_name(&signed), "Hello\nyou");
        assert_eq!(without_name("*bold*\nHello"), "*bold*\nHello");
        assert_eq!(without_name("Hello"), "Hello");
    }

    #[test]
    fn marks_go_where_whatsapp_understands_them() {
        assert_eq!(
            plain("[b]a[/b] [i]b[/i] [s]c[/s] [u]d[/u] [code]e[/code]"),
            "*a* _b_ ~c~ d ```e```"
        );
        assert_eq!(plain("[b] a [/b]x"), "*a* x");
        assert_eq!(plain("x[b]a[/b]"), "xa");
        assert_eq!(plain("[b]a[/b]x"), "ax");
        assert_eq!(plain("[b]one\ntwo[/b]"), "*one*\n*two*");
        assert_eq!(plain("[b][i]a[/i][/b]"), "*_a_*");
        assert_eq!(plain("[b]2*2[/b]"), "2*2");
    }

    #[test]
    fn links_names_and_breaks_are_readable() {
        assert_eq!(
            plain("[url=https://a.kz/x]here[/url]"),
            "here (https://a.kz/x)"
        );
        assert_eq!(
            plain("[url]https://a.kz[/url] [url=https://a.kz/]a.kz[/url]"),
            "https://a.kz https://a.kz/"
        );
        assert_eq!(plain("[user=27]Ann[/user][br]hi"), "Ann\nhi");
        assert_eq!(plain("[img]https://a.kz/p.png[/img]"), "https://a.kz/p.png");
        assert_eq!(
            plain("[send=/start]Start[/send] [disk=5][foo]x[/foo] [1]"),
            "Start x [1]"
        );
        assert_eq!(
            plain("[call=+77]dial[/call] [icon=http://x title=Smile size=2]"),
            "dial (+77) Smile"
        );
    }

    #[test]
    fn quotes_and_entities_stay_readable() {
        assert_eq!(plain(">> earlier\nnow"), ">> earlier\nnow");
        assert_eq!(plain("a &amp; &lt;b&gt; &#91;b&#93;x"), "a & <b> [b]x");
        assert_eq!(plain(" [br] "), "");
    }

    proptest! {
        #[test]
        fn words_without_brackets_are_untouched(text in "[^\\[&\u{200b}]*") {
            prop_assert_eq!(plain(&text), text.trim());
        }

        #[test]
        fn every_word_gets_through_any_tags(
            parts in prop::collection::vec(("(\\[/?(b|i|s|u|url|url=x|code|br|foo|user=1|size=3)\\]){0,3}", "[a-z]{1,6}[0-9]"), 1..12)
        ) {
            let bb: String = parts.iter().map(|(tags, word)| format!("{tags}{word}")).collect();
            let text = plain(&bb);
            for (_, word) in &parts {
                prop_assert!(text.contains(word.as_str()), "{} is not in {}", word, text);
            }
        }
    }
}
