//! Codes of interactive messages, and what becomes of the messages.

use app::model::{
    InteractiveAction, InteractiveContent, InteractiveFault, InteractiveHeader, InteractiveKind,
    ListRow, ListSection, ReplyButton,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::translate::Language;
use crate::translate::template::{Arguments, Entry};

const ID: &str = "0190a1b2c3d4e5f60718293a4b5c6d7e";

fn of(action: InteractiveAction) -> InteractiveContent {
    InteractiveContent {
        header: InteractiveHeader::None,
        body: "Choose, {{client}}".into(),
        footer: String::new(),
        action,
    }
}

fn args(text: &str) -> Arguments {
    let code = read_interactive(&format!("interactive+{ID}+{text}"));
    code.unwrap().unwrap().arguments
}

fn filled(action: InteractiveAction) -> Value {
    fill_interactive(&of(action), &args("client:Anna"))
        .unwrap()
        .content
}

fn replies(titles: &[&str]) -> InteractiveAction {
    let buttons = titles.iter().map(|title| ReplyButton {
        id: String::new(),
        title: (*title).to_owned(),
    });
    InteractiveAction::ReplyButtons {
        buttons: buttons.collect(),
    }
}

#[test]
fn a_message_is_named_by_its_id_or_its_hashtag() {
    let id = Uuid::try_parse(ID).unwrap();
    let dashed = id.hyphenated().to_string();
    for text in [
        format!("interactive+{ID}+client:Anna|n:1"),
        format!(" Interactive+msg_{ID}+client:Anna|n:1"),
        format!("interactive+{dashed}+client:Anna|n:1"),
    ] {
        let code = read_interactive(&text).unwrap().unwrap();
        assert_eq!(code.reference, InteractiveReference::Id(id), "{text}");
        assert_eq!(code.arguments.entries.len(), 2, "{text}");
    }
    let tagged = read_interactive("#Меню client:Anna").unwrap().unwrap();
    assert_eq!(
        tagged.reference,
        InteractiveReference::Hashtag("#меню".into())
    );
    assert_eq!(tagged.arguments, args("client:Anna"));
    let alone = read_interactive("#menu \n").unwrap().unwrap();
    assert_eq!(alone.to_string(), "#menu");
}

#[test]
fn ordinary_texts_are_no_codes() {
    for text in [
        "interactive",
        "interactive+",
        "interactive + fun",
        "interactive-map",
        "#",
        "#1: first",
        "a #menu",
        "##x",
        "",
    ] {
        assert_eq!(read_interactive(text), None, "{text}");
    }
    let found = "fun".to_owned();
    let wrong = read_interactive("interactive+fun").unwrap().unwrap_err();
    assert_eq!(wrong, InteractiveProblem::NoId { found });
    assert!(wrong.words(Language::Russian, None).contains("«fun»"));
}

#[test]
fn every_kind_becomes_metas_object() {
    let body = json!({"text": "Choose, Anna"});
    let two = json!({"type": "button", "body": body, "action": {"buttons": [
        {"type": "reply", "reply": {"id": "Yes", "title": "Yes"}}, {"type": "reply", "reply": {"id": "No", "title": "No"}}]}});
    assert_eq!(filled(replies(&["Yes", "No"])), two);
    let row = ListRow {
        id: "r1".into(),
        title: "Tea".into(),
        description: "green".into(),
    };
    let sections = vec![ListSection {
        title: String::new(),
        rows: vec![row],
    }];
    let list = json!({"type": "list", "body": body, "action": {"button": "Open", "sections": [
        {"rows": [{"id": "r1", "title": "Tea", "description": "green"}]}]}});
    assert_eq!(
        filled(InteractiveAction::List {
            button: "Open".into(),
            sections
        }),
        list
    );
    let url = InteractiveAction::UrlButton {
        title: "Open".into(),
        url: "https://x.kz/{{client}}".into(),
    };
    let parameters = json!({"display_text": "Open", "url": "https://x.kz/Anna"});
    assert_eq!(
        filled(url)["action"],
        json!({"name": "cta_url", "parameters": parameters})
    );
    let place = json!({"type": "location_request_message", "body": body, "action": {"name": "send_location"}});
    assert_eq!(filled(InteractiveAction::LocationRequest), place);
    let call = filled(InteractiveKind::VoiceCall.empty());
    assert_eq!(
        call["action"],
        json!({"name": "voice_call", "parameters": {"ttl_minutes": 10080}})
    );
    let permission = filled(InteractiveAction::CallPermission);
    assert_eq!(
        permission["action"],
        json!({"name": "call_permission_request"})
    );
    let flow = |flow: &str| InteractiveAction::Flow {
        button: "Fill in".into(),
        flow: flow.into(),
        screen: "ONE".into(),
        token: "t".into(),
        draft: true,
    };
    let parameters = json!({"flow_message_version": "3", "flow_id": "99", "flow_cta": "Fill in", "flow_token": "t",
        "mode": "draft", "flow_action": "navigate", "flow_action_payload": {"screen": "ONE"}});
    assert_eq!(filled(flow("99"))["action"]["parameters"], parameters);
    assert_eq!(
        filled(flow("survey"))["action"]["parameters"]["flow_name"],
        "survey"
    );
    let plain = filled(InteractiveAction::Flow {
        button: "Fill in".into(),
        flow: "99".into(),
        screen: String::new(),
        token: String::new(),
        draft: false,
    });
    let parameters = json!({"flow_message_version": "3", "flow_id": "99", "flow_cta": "Fill in"});
    assert_eq!(plain["action"]["parameters"], parameters);
}

#[test]
fn headers_and_footers_go_along_and_everything_is_read_in_plain_lines() {
    let mut content = of(replies(&["Yes"]));
    content.header = InteractiveHeader::Document {
        link: "https://x.kz/a.pdf".into(),
        name: "Bill.pdf".into(),
    };
    content.footer = "We".into();
    let message = fill_interactive(&content, &args("client:Anna")).unwrap();
    let document = json!({"link": "https://x.kz/a.pdf", "filename": "Bill.pdf"});
    assert_eq!(
        message.content["header"],
        json!({"type": "document", "document": document})
    );
    assert_eq!(message.content["footer"], json!({"text": "We"}));
    assert_eq!(
        message.text,
        "Bill.pdf\nhttps://x.kz/a.pdf\nChoose, Anna\nWe\n• Yes"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let content = of(replies(&["{{client}}"]));
    let problem = |text: &str| fill_interactive(&content, &args(text)).unwrap_err();
    assert_eq!(
        problem("Anna"),
        InteractiveProblem::NoName {
            value: "Anna".into()
        }
    );
    assert_eq!(
        problem("client:a|client:b"),
        InteractiveProblem::NameTwice {
            name: "client".into()
        }
    );
    assert_eq!(
        problem(""),
        InteractiveProblem::MissingNames {
            names: vec!["client".into()]
        }
    );
    let unknown = problem("client:a|header:b");
    let names = vec!["client".to_owned()];
    assert_eq!(
        unknown,
        InteractiveProblem::UnknownName {
            name: "header".into(),
            names
        }
    );
    let long = problem("client:a name of more than twenty signs");
    let fault = InteractiveFault::TooLong { most: 20 };
    assert_eq!(
        long,
        InteractiveProblem::Fault {
            field: "button_1".into(),
            fault
        }
    );
    let ready = interactive_signature(ID, &content);
    assert_eq!(ready, format!("interactive+{ID}+client:value"));
    let words = long.words(Language::English, Some(&ready));
    assert!(
        words.contains("button_1 has more than 20 characters. Write it so: interactive+"),
        "{words}"
    );
    let plain = of(replies(&["Yes"])).filled(|_| Some("you".into()));
    assert_eq!(
        interactive_signature(ID, &plain),
        format!("interactive+{ID}")
    );
    assert!(fill_interactive(&plain, &Arguments::default()).is_ok());
}

fn code() -> impl Strategy<Value = InteractiveCode> {
    let name = "[a-z_][a-z0-9_]{0,8}".prop_filter("no word of ours", |name| {
        crate::translate::template::Key::parse(name).is_none()
    });
    let value = prop_oneof!["(header:|[|:+\\\\ \n]|[a-zя👍#]){0,12}", ".{0,20}"];
    let entry = (name, value).prop_map(|(name, value)| Entry::Named { name, value });
    let reference = prop_oneof![
        any::<u128>().prop_map(|id| InteractiveReference::Id(Uuid::from_u128(id))),
        "#[a-zа-я0-9_]{1,12}".prop_map(InteractiveReference::Hashtag),
    ];
    (reference, prop::collection::vec(entry, 0..4)).prop_map(|(reference, entries)| {
        let arguments = Arguments { entries };
        InteractiveCode {
            reference,
            arguments,
        }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(code in code()) {
        prop_assert_eq!(read_interactive(&code.to_string()), Some(Ok(code)));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "(interactive[+]|#)?[a-f0-9_-]{0,36}[+ ]?(.|[|:+\\\\\n]){0,20}") {
        if let Some(Ok(code)) = read_interactive(&text) {
            prop_assert_eq!(read_interactive(&code.to_string()), Some(Ok(code)));
        }
    }

    #[test]
    fn a_filled_message_keeps_to_the_limits(value in ".{0,30}", title in "[a-z ]{0,12}") {
        let content = of(replies(&[&format!("{title}{{{{client}}}}")]));
        let entries = vec![Entry::Named { name: "client".into(), value }];
        if let Ok(filled) = fill_interactive(&content, &Arguments { entries }) {
            let shown = filled.content["action"]["buttons"][0]["reply"]["title"].as_str().unwrap();
            prop_assert!((1..=20).contains(&shown.chars().count()));
        }
    }
}
