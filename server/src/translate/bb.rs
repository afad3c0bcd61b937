//! Bitrix24's BB code as a tree. Brackets that are no tag stay text: operators write `[1]` and `[draft]`.

/// A piece of a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Words, entities not yet decoded.
    Text(String),
    /// `[name=argument]children[/name]`; a tag that stands alone has no children.
    Element {
        /// In lower case.
        name: String,
        /// What stood after `=`, or after a space.
        argument: Option<String>,
        /// What it encloses.
        children: Vec<Node>,
    },
}

/// Tags Bitrix24 knows that enclose text.
const PAIRED: [&str; 19] = [
    "b", "i", "u", "s", "size", "color", "url", "user", "chat", "context", "code", "img", "put",
    "send", "call", "quote", "pch", "like", "dislike",
];

/// Tags Bitrix24 knows that stand alone.
const SINGLE: [&str; 7] = ["br", "icon", "disk", "timestamp", "rating", "attach", "hr"];

/// Deeper nesting than any person writes; tags beyond it stay text.
const DEPTH_MAX: usize = 40;

/// Whether Bitrix24 would act on a tag of this name (lower case).
pub(super) fn is_known(name: &str) -> bool {
    PAIRED.contains(&name) || SINGLE.contains(&name)
}

/// A tag at the start of a text.
pub(super) struct Tag<'a> {
    pub(super) name: String,
    pub(super) argument: Option<&'a str>,
    pub(super) closes: bool,
    /// Bytes from `[` to `]`.
    pub(super) length: usize,
}

/// Reads `[name]`, `[name=argument]`, `[name argument]` or `[/name]` at the start of the text.
pub(super) fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find([']', '\n'])?;
    let (inside, tail) = inside.split_at(end);
    tail.strip_prefix(']')?;
    let (closes, body) = inside
        .strip_prefix('/')
        .map_or((false, inside), |rest| (true, rest));
    let name_length = body
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(body.len());
    let (name, rest) = body.split_at(name_length);
    let starts_with_letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let argument = match rest.chars().next() {
        None => None,
        Some('=' | ' ') if !closes => rest.get(1..),
        Some(_) => return None,
    };
    let length = end + 2;
    starts_with_letter.then(|| Tag {
        name: name.to_ascii_lowercase(),
        argument,
        closes,
        length,
    })
}

/// An element whose end has not come yet.
struct Open<'a> {
    name: String,
    argument: Option<&'a str>,
    source: &'a str,
    children: Vec<Node>,
}

/// Reads a message into its tree.
///
/// An unknown tag is an element only when it is closed too; a known one that is never closed just vanishes.
pub(super) fn parse(text: &str) -> Vec<Node> {
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let plain = if rest.starts_with('[') {
            0
        } else {
            rest.find('[').unwrap_or(rest.len())
        };
        if plain > 0 {
            let (words, tail) = rest.split_at(plain);
            add_text(&mut stack, &mut top, words);
            rest = tail;
            continue;
        }
        let Some(tag) = tag(rest).filter(|_| stack.len() < DEPTH_MAX) else {
            let (bracket, tail) = rest.split_at(1);
            add_text(&mut stack, &mut top, bracket);
            rest = tail;
            continue;
        };
        let (source, tail) = rest.split_at(tag.length);
        rest = tail;
        if tag.closes {
            close(&mut stack, &mut top, &tag.name, source);
        } else if tag.name == "code" {
            let end = find_end_of_code(tail);
            let (inner, after) = tail.split_at(end.0);
            rest = after.get(end.1..).unwrap_or_default();
            let children = vec![Node::Text(inner.to_owned())];
            add(
                &mut stack,
                &mut top,
                Node::Element {
                    name: tag.name,
                    argument: None,
                    children,
                },
            );
        } else if SINGLE.contains(&tag.name.as_str()) {
            let argument = tag.argument.map(str::to_owned);
            add(
                &mut stack,
                &mut top,
                Node::Element {
                    name: tag.name,
                    argument,
                    children: Vec::new(),
                },
            );
        } else {
            stack.push(Open {
                name: tag.name,
                argument: tag.argument,
                source,
                children: Vec::new(),
            });
        }
    }
    while let Some(open) = stack.pop() {
        dissolve(&mut stack, &mut top, open);
    }
    top
}

/// Where the code ends, and how long its closing tag is (0 when there is none).
fn find_end_of_code(text: &str) -> (usize, usize) {
    let lower = text.to_ascii_lowercase();
    lower
        .find("[/code]")
        .map_or((text.len(), 0), |at| (at, "[/code]".len()))
}

fn add(stack: &mut [Open<'_>], top: &mut Vec<Node>, node: Node) {
    stack
        .last_mut()
        .map_or(top, |open| &mut open.children)
        .push(node);
}

fn add_text(stack: &mut [Open<'_>], top: &mut Vec<Node>, words: &str) {
    let list = stack.last_mut().map_or(top, |open| &mut open.children);
    if let Some(Node::Text(last)) = list.last_mut() {
        last.push_str(words);
    } else {
        list.push(Node::Text(words.to_owned()));
    }
}

/// Ends the innermost element of this name; those left open inside it dissolve.
fn close(stack: &mut Vec<Open<'_>>, top: &mut Vec<Node>, name: &str, source: &str) {
    if !stack.iter().any(|open| open.name == name) {
        if !is_known(name) {
            add_text(stack, top, source);
        }
        return;
    }
    while let Some(open) = stack.pop() {
        if open.name == name {
            let argument = open.argument.map(str::to_owned);
            add(
                stack,
                top,
                Node::Element {
                    name: open.name,
                    argument,
                    children: open.children,
                },
            );
            return;
        }
        dissolve(stack, top, open);
    }
}

/// A tag that was never closed: its content stays, and so do its brackets when Bitrix24 does not know it.
fn dissolve(stack: &mut [Open<'_>], top: &mut Vec<Node>, open: Open<'_>) {
    if !is_known(&open.name) {
        add_text(stack, top, open.source);
    }
    for child in open.children {
        match child {
            Node::Text(words) => add_text(stack, top, &words),
            element @ Node::Element { .. } => add(stack, top, element),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Node {
        Node::Text(words.to_owned())
    }

    fn element(name: &str, argument: Option<&str>, children: Vec<Node>) -> Node {
        Node::Element {
            name: name.to_owned(),
            argument: argument.map(str::to_owned),
            children,
        }
    }

    #[test]
    fn tags_nest_and_brackets_stay() {
        assert_eq!(
            parse("a [B]b[i]c[/i][/b] [1] [draft] [/x] ["),
            [
                text("a "),
                element(
                    "b",
                    None,
                    vec![text("b"), element("i", None, vec![text("c")])]
                ),
                text(" [1] [draft] [/x] [")
            ]
        );
        assert_eq!(
            parse("[url=http://x]y[/url]"),
            [element("url", Some("http://x"), vec![text("y")])]
        );
    }

    #[test]
    fn unclosed_and_unknown_tags_keep_their_words() {
        assert_eq!(
            parse("[b]x[i]y[/b]z"),
            [element("b", None, vec![text("xy")]), text("z")]
        );
        assert_eq!(
            parse("[foo]x[/foo]"),
            [element("foo", None, vec![text("x")])]
        );
        assert_eq!(parse("[foo]x"), [text("[foo]x")]);
    }

    #[test]
    fn code_is_taken_as_it_stands() {
        assert_eq!(
            parse("[code][b]x[/b][/CODE]y"),
            [element("code", None, vec![text("[b]x[/b]")]), text("y")]
        );
        assert_eq!(parse("[code]x"), [element("code", None, vec![text("x")])]);
    }
}
