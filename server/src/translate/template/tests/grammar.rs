//! Codes and texts.

use super::*;

fn named(name: &str, language: &str) -> Reference {
    let (name, language) = (name.to_owned(), language.to_owned());
    Reference::Named { name, language }
}

fn chat(text: &str) -> Code {
    read_code(text, CodeFrom::Chat).unwrap().unwrap()
}

#[test]
fn the_forms_of_the_guide_are_read() {
    let hello = Code {
        reference: named("hello_world", "en_US"),
        arguments: Arguments::default(),
    };
    for text in [
        "template-hello_world+en_US",
        " template+hello_world+en_US \n",
        "Template-Hello_World+en-us",
    ] {
        assert_eq!(chat(text), hello, "{text}");
    }
    let bare = read_code("hello_world+en_US", CodeFrom::Sms)
        .unwrap()
        .unwrap();
    assert_eq!(bare, hello);
    assert_eq!(read_code("hello_world+en_US", CodeFrom::Chat), None);
    let by_id = chat("template+594425479261596+Anna");
    assert_eq!(by_id.reference, Reference::Id("594425479261596".into()));
    assert_eq!(by_id.arguments, Arguments::of_values(["Anna"]));
}

#[test]
fn entries_are_values_names_and_reserved_words() {
    let code = chat(
        "template-order+ru+Anna|10:30|client:Aigerim+file_link:https://x.kz/a+b.pdf?c=1:2|card2.payload:yes|C\\:D\\|E",
    );
    let value = |text: &str| Entry::Value(text.into());
    let reserved = |key: &str, value: &str| Entry::Reserved {
        key: Key::parse(key).unwrap(),
        value: value.into(),
    };
    let entries = [
        value("Anna"),
        value("10:30"),
        Entry::Named {
            name: "client".into(),
            value: "Aigerim".into(),
        },
        reserved("file_link", "https://x.kz/a+b.pdf?c=1:2"),
        reserved("card2.payload", "yes"),
        value("C:D|E"),
    ];
    assert_eq!(code.arguments.entries, entries);
    let alone = chat("template-order+ru+file_link:https://x.kz/a.jpg");
    assert_eq!(
        alone.arguments.entries,
        [reserved("file_link", "https://x.kz/a.jpg")]
    );
}

#[test]
fn keys_of_cards_and_of_the_template_are_told_apart() {
    for key in ["card1.body", "card10.file_link", "header", "offer_until"] {
        assert_eq!(Key::parse(key).unwrap().to_string(), key);
    }
    for text in [
        "body",
        "card1.header",
        "card0.body",
        "card11.body",
        "card.body",
        "card+1.body",
        "Header",
    ] {
        assert_eq!(Key::parse(text), None, "{text}");
    }
}

#[test]
fn ordinary_texts_are_no_codes() {
    for text in [
        "template",
        "template-",
        "template - how?",
        "a template-hello_world+en_US",
        "templates+more",
        "template-based approach is good",
        "template-a/b",
        "hello",
        "",
    ] {
        assert_eq!(read_code(text, CodeFrom::Chat), None, "{text}");
    }
    for text in [
        "hello+world",
        "2+2",
        "2+2=4",
        "C++",
        "C++ and en",
        "a+b",
        "you+me",
        "5+en",
        "hello + en",
        "Call +77015550101",
        "hello+en there",
        "Hello+en",
        "q+EN_us",
        "template of the day",
        "x+",
        "+en",
    ] {
        assert_eq!(read_code(text, CodeFrom::Sms), None, "{text}");
    }
    for text in ["a+en", "promo_2024+pt_BR+a|b", "x+fil\n", "y+ru+"] {
        assert!(
            matches!(read_code(text, CodeFrom::Sms), Some(Ok(_))),
            "{text}"
        );
    }
}

#[test]
fn a_code_that_is_not_written_right_says_how() {
    let problem = |text: &str| read_code(text, CodeFrom::Sms).unwrap().unwrap_err();
    let name = "hello_world".to_owned();
    assert_eq!(
        problem("template-hello_world"),
        CodeProblem::NoLanguage { name: name.clone() }
    );
    assert_eq!(
        problem("template-hello_world+"),
        CodeProblem::NoLanguage { name: name.clone() }
    );
    let found = "english".to_owned();
    assert_eq!(
        problem("template-hello_world+english+x"),
        CodeProblem::Language { name, found }
    );
    let found = "hello-world".to_owned();
    let wrong = problem("template-hello-world+en");
    assert_eq!(wrong, CodeProblem::Name { found });
    assert!(
        wrong
            .words(Language::English)
            .contains("small Latin letters")
    );
    let unknown = CodeProblem::Unknown {
        reference: named("a", "ru"),
    };
    assert!(
        unknown
            .words(Language::Russian)
            .starts_with("Шаблона a (ru) нет.")
    );
}

fn text() -> impl Strategy<Value = String> {
    let tricky = "(header:|file_link:|card1\\.body:|client:|[|:+\\\\ \n\t]|[a-zйё0-9👍{}_.]){0,12}";
    prop_oneof![tricky, ".{0,20}"]
}

fn entry() -> impl Strategy<Value = Entry> {
    let key = prop_oneof![
        prop::sample::select(Word::ALL.to_vec()).prop_map(|word| Key::at(None, word)),
        (1u8..=10, prop::sample::select(Word::ALL.to_vec()))
            .prop_map(|(card, word)| Key::at(Some(card), word)),
    ];
    let key = key.prop_filter("as it is written", |key| {
        Key::parse(&key.to_string()).is_some()
    });
    let name =
        "[a-z_][a-z0-9_]{0,8}".prop_filter("no word of ours", |name| Key::parse(name).is_none());
    prop_oneof![
        text().prop_map(Entry::Value),
        (name, text()).prop_map(|(name, value)| Entry::Named { name, value }),
        (key, text()).prop_map(|(key, value)| Entry::Reserved { key, value }),
    ]
}

fn code() -> impl Strategy<Value = Code> {
    let named = ("[a-z0-9_]{0,6}[a-z_]", "[a-z]{2,3}(_[A-Z]{2,3}|_[0-9]{3})?");
    let reference = prop_oneof![
        named.prop_map(|(name, language)| Reference::Named { name, language }),
        "[0-9]{10,17}".prop_map(Reference::Id),
    ];
    (reference, prop::collection::vec(entry(), 0..5)).prop_map(|(reference, entries)| Code {
        reference,
        arguments: Arguments { entries },
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(code in code(), sms in any::<bool>()) {
        let from = if sms { CodeFrom::Sms } else { CodeFrom::Chat };
        prop_assert_eq!(read_code(&code.to_string(), from), Some(Ok(code)));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "(template[-+]?)?[a-z0-9_]{0,4}[-+]?(en|ru_RU)?[+]?(.|[|:+\\\\\n]){0,20}") {
        for from in [CodeFrom::Chat, CodeFrom::Sms] {
            if let Some(Ok(code)) = read_code(&text, from) {
                prop_assert_eq!(read_code(&code.to_string(), from), Some(Ok(code)));
            }
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        for from in [CodeFrom::Chat, CodeFrom::Sms] {
            let _ = read_code(&text, from);
        }
    }

    #[test]
    fn a_sum_is_no_code(left in 0u32..10_000, right in 0u32..10_000, tail in "(=[0-9]+)?") {
        prop_assert_eq!(read_code(&format!("{left}+{right}{tail}"), CodeFrom::Sms), None);
    }
}
