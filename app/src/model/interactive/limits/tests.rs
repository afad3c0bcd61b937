//! What a form says while it is typed.

use super::*;
use crate::model::{InteractiveKind, ListRow};

fn of(action: InteractiveAction) -> InteractiveContent {
    InteractiveContent {
        header: InteractiveHeader::None,
        body: "Choose, {{client}}".into(),
        footer: String::new(),
        action,
    }
}

fn button(id: &str, title: &str) -> ReplyButton {
    let (id, title) = (id.to_owned(), title.to_owned());
    ReplyButton { id, title }
}

fn fault(content: &InteractiveContent) -> Vec<(String, InteractiveFault)> {
    content.faults()
}

fn at(field: &str, fault: InteractiveFault) -> (String, InteractiveFault) {
    (field.to_owned(), fault)
}

#[test]
fn a_whole_message_has_no_faults_and_a_kind() {
    let content = of(InteractiveAction::ReplyButtons {
        buttons: vec![button("", "Yes"), button("n", "{{a_name_longer_than_it}}")],
    });
    assert_eq!(fault(&content), []);
    assert_eq!(content.variables(), ["client", "a_name_longer_than_it"]);
    let filled = content.filled(|name| (name == "client").then(|| "Anna".into()));
    assert_eq!(filled.body, "Choose, Anna");
    let kept = serde_json::to_value(&content).unwrap();
    assert_eq!(kept["action"]["kind"], content.action.kind().as_str());
    assert_eq!(
        serde_json::from_value::<InteractiveContent>(kept).unwrap(),
        content
    );
}

#[test]
fn every_kind_is_kept_under_its_name_and_begins_empty() {
    for kind in InteractiveKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(kind.empty().kind(), kind);
        let needs_nothing = matches!(
            kind,
            InteractiveKind::LocationRequest
                | InteractiveKind::VoiceCall
                | InteractiveKind::CallPermission
        );
        assert_eq!(
            fault(&of(kind.empty())).is_empty(),
            needs_nothing,
            "{kind:?}"
        );
    }
}

#[test]
fn buttons_are_counted_and_told_apart() {
    let content = of(InteractiveAction::ReplyButtons {
        buttons: vec![
            button("a", "Yes"),
            button("a", "Yes"),
            button("", ""),
            button("", "A title of 21 signs.."),
        ],
    });
    assert_eq!(
        fault(&content),
        [
            at("buttons", InteractiveFault::TooMany { most: 3 }),
            at("button_2", InteractiveFault::NotUnique),
            at("button_2_id", InteractiveFault::NotUnique),
            at("button_3", InteractiveFault::Empty),
            at("button_4", InteractiveFault::TooLong { most: 20 }),
        ]
    );
}

#[test]
fn a_list_has_ten_rows_in_all_and_titles_where_there_are_several() {
    let row = |number: u8| ListRow {
        title: format!("Row {number}"),
        ..ListRow::default()
    };
    let section = |rows: Vec<ListRow>| ListSection {
        title: String::new(),
        rows,
    };
    let content = of(InteractiveAction::List {
        button: "Open".into(),
        sections: vec![
            section((1..=6).map(row).collect()),
            section((6..=10).map(row).collect()),
        ],
    });
    assert_eq!(
        fault(&content),
        [
            at("rows", InteractiveFault::TooMany { most: 10 }),
            at("section_1", InteractiveFault::Empty),
            at("section_2", InteractiveFault::Empty),
            at("section_2_row_1_id", InteractiveFault::NotUnique),
        ]
    );
    let one = of(InteractiveAction::List {
        button: "Open".into(),
        sections: vec![section(vec![row(1)])],
    });
    assert_eq!(fault(&one), []);
    let none = of(InteractiveAction::List {
        button: "Open".into(),
        sections: vec![section(Vec::new())],
    });
    assert_eq!(fault(&none), [at("rows", InteractiveFault::Empty)]);
}

#[test]
fn addresses_are_public_and_may_have_variables() {
    let url = |url: &str| {
        let (title, url) = ("Open".to_owned(), url.to_owned());
        fault(&of(InteractiveAction::UrlButton { title, url }))
    };
    for good in ["https://x.kz/{{id}}", "http://x.kz", "{{link}}"] {
        assert_eq!(url(good), [], "{good}");
    }
    for bad in ["x.kz", "https://", "https://x kz", "ftp://x.kz"] {
        assert_eq!(url(bad), [at("url", InteractiveFault::NoAddress)], "{bad}");
    }
    assert_eq!(url(""), [at("url", InteractiveFault::Empty)]);
    assert_eq!(
        url("https://x.kz/{{Id}}"),
        [at("url", InteractiveFault::VariableName)]
    );
}

#[test]
fn parts_a_kind_does_not_have_are_refused() {
    let mut content = of(InteractiveAction::LocationRequest);
    content.header = InteractiveHeader::Text { text: "Hi".into() };
    content.footer = "We".into();
    let refused = [
        at("header", InteractiveFault::NotAllowed),
        at("footer", InteractiveFault::NotAllowed),
    ];
    assert_eq!(fault(&content), refused);
    let mut list = of(InteractiveKind::List.empty());
    list.header = InteractiveHeader::Image {
        link: "http://x.kz/a.jpg".into(),
    };
    assert!(fault(&list).contains(&at("header", InteractiveFault::NotAllowed)));
    assert!(fault(&list).contains(&at("header_link", InteractiveFault::NoAddress)));
    let mut call = of(InteractiveAction::VoiceCall {
        title: String::new(),
        minutes: 0,
        payload: String::new(),
    });
    call.body = "x".repeat(1025);
    let range = InteractiveFault::OutOfRange {
        least: 1,
        most: 43_200,
    };
    assert_eq!(
        fault(&call),
        [
            at("body", InteractiveFault::TooLong { most: 1024 }),
            at("minutes", range)
        ]
    );
    let mut permission = of(InteractiveAction::CallPermission);
    permission.body = String::new();
    assert_eq!(fault(&permission), []);
}
