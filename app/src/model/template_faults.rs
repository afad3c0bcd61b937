//! What Meta would refuse of a new template, told before Meta is asked.

use super::{ButtonKind, HeaderKind, Problem, ProblemCode, TemplateForm, place_names};

/// How long things may be, in characters, and how many there may be.
pub mod limit {
    /// A template's name.
    pub const NAME: usize = 512;
    /// The line above the words.
    pub const HEADER: usize = 60;
    /// The words.
    pub const BODY: usize = 1024;
    /// The line under them.
    pub const FOOTER: usize = 60;
    /// Buttons altogether.
    pub const BUTTONS: usize = 10;
    /// Buttons that open an address.
    pub const URL_BUTTONS: usize = 2;
    /// What a button says.
    pub const BUTTON: usize = 25;
    /// The address behind one.
    pub const URL: usize = 2000;
    /// The number behind one.
    pub const PHONE: usize = 20;
    /// The code behind one.
    pub const CODE: usize = 15;
    /// An example.
    pub const EXAMPLE: usize = 200;
}

/// A kind of file that can be a sample, with its types and the most bytes it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleKind {
    /// The types Meta takes.
    pub types: &'static [&'static str],
    /// In mebibytes.
    pub most: u32,
}

impl SampleKind {
    /// The types as people call them.
    pub fn names(self) -> String {
        let names = self.types.iter().filter_map(|kind| kind.rsplit('/').next());
        names.map(str::to_uppercase).collect::<Vec<_>>().join(", ")
    }

    /// What Meta takes as a sample of this header; none where it takes none.
    pub const fn of(header: HeaderKind) -> Option<Self> {
        match header {
            HeaderKind::Image => Some(Self {
                types: &["image/jpeg", "image/png"],
                most: 5,
            }),
            HeaderKind::Video => Some(Self {
                types: &["video/mp4"],
                most: 16,
            }),
            HeaderKind::Document => Some(Self {
                types: &["application/pdf"],
                most: 16,
            }),
            HeaderKind::None | HeaderKind::Text | HeaderKind::Location => None,
        }
    }
}

impl TemplateForm {
    /// Everything that is wrong, each at its field.
    pub fn faults(&self) -> Vec<Problem> {
        let mut found = Faults(Vec::new());
        self.head_faults(&mut found);
        self.body_faults(&mut found);
        self.button_faults(&mut found);
        found.0
    }

    fn head_faults(&self, found: &mut Faults) {
        found.required("name", &self.name, limit::NAME);
        let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
        if !self.name.chars().all(fits) {
            found.add(ProblemCode::TemplateName, "name");
        }
        if self.language.is_empty() {
            found.add(ProblemCode::NotChosen, "language");
        }
        if !["MARKETING", "UTILITY"].contains(&self.category.as_str()) {
            found.add(ProblemCode::NotChosen, "category");
        }
        if self.header == HeaderKind::Text {
            found.required("header_text", &self.header_text, limit::HEADER);
            let names = place_names(&self.header_text);
            if names.len() > 1 {
                found.add(ProblemCode::OneVariable, "header_text");
            } else if let Some(name) = names.first() {
                let number = name.parse::<u32>().ok();
                let body = place_names(&self.body);
                let is_other = |known: &&str| known.parse::<u32>().is_ok() != number.is_some();
                if number.is_some_and(|number| number != 1) {
                    found.add(ProblemCode::VariablesGap, "header_text");
                } else if body.iter().any(is_other) {
                    found.add(ProblemCode::VariablesMixed, "header_text");
                }
                found.required("header_example", &self.header_example, limit::EXAMPLE);
            }
        }
        if !place_names(&self.footer).is_empty() {
            found.add(ProblemCode::NoVariable, "footer");
        }
        found.most("footer", &self.footer, limit::FOOTER);
    }

    fn body_faults(&self, found: &mut Faults) {
        found.required("body", &self.body, limit::BODY);
        let names = place_names(&self.body);
        let numbers: Vec<u32> = names.iter().filter_map(|name| name.parse().ok()).collect();
        let named = names.len() - numbers.len();
        let whole = (1..=u32::try_from(numbers.len()).unwrap_or(u32::MAX))
            .all(|number| numbers.contains(&number));
        let text = self.body.trim();
        if named > 0 && !numbers.is_empty() {
            found.add(ProblemCode::VariablesMixed, "body");
        } else if names
            .iter()
            .any(|name| name.chars().any(|sign| sign.is_ascii_uppercase()))
        {
            found.add(ProblemCode::VariableName, "body");
        } else if !whole {
            found.add(ProblemCode::VariablesGap, "body");
        } else if text.starts_with("{{") || text.ends_with("}}") {
            found.add(ProblemCode::VariableEdge, "body");
        }
        for name in names {
            let field = Self::example_field(name);
            found.required(&field, self.example(name), limit::EXAMPLE);
        }
    }

    fn button_faults(&self, found: &mut Faults) {
        let count = |kind| {
            self.buttons
                .iter()
                .filter(|button| button.kind == kind)
                .count()
        };
        let many = [
            (ButtonKind::Url, limit::URL_BUTTONS),
            (ButtonKind::Phone, 1),
            (ButtonKind::CopyCode, 1),
        ];
        for (kind, most) in many {
            let last = self.buttons.iter().rposition(|button| button.kind == kind);
            if let (true, Some(last)) = (count(kind) > most, last) {
                let problem = Problem::new(ProblemCode::TooManyButtons);
                let field = Self::button_field(last, "kind");
                found.0.push(problem.arg("most", most).at(&field));
            }
        }
        // Meta wants quick replies side by side.
        let replies = |reply: bool| {
            let mut places = self.buttons.iter().enumerate();
            places
                .by_ref()
                .filter(move |(_, button)| (button.kind == ButtonKind::Reply) == reply)
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        };
        let own = replies(true);
        if let (Some(first), Some(last)) = (own.first(), own.last())
            && last - first + 1 != own.len()
        {
            found.add(
                ProblemCode::RepliesApart,
                &Self::button_field(*last, "kind"),
            );
        }
        for (place, button) in self.buttons.iter().enumerate() {
            let field = |part| Self::button_field(place, part);
            let (text, value) = (field("text"), field("value"));
            if button.kind != ButtonKind::CopyCode {
                found.required(&text, &button.text, limit::BUTTON);
            }
            match button.kind {
                ButtonKind::Url => {
                    found.required(&value, &button.value, limit::URL);
                    self.url_faults(place, found);
                }
                ButtonKind::Phone => {
                    found.required(&value, &button.value, limit::PHONE);
                    let digits = button.value.chars().filter(char::is_ascii_digit).count();
                    if !button.value.is_empty() && !(7..=15).contains(&digits) {
                        found.add(ProblemCode::PhoneInvalid, &value);
                    }
                }
                ButtonKind::CopyCode => found.required(&value, &button.value, limit::CODE),
                ButtonKind::Reply
                | ButtonKind::Flow
                | ButtonKind::Call
                | ButtonKind::List
                | ButtonKind::Location
                | ButtonKind::Consent
                | ButtonKind::Other => {}
            }
        }
    }

    fn url_faults(&self, place: usize, found: &mut Faults) {
        let Some(button) = self.buttons.get(place) else {
            return;
        };
        let field = Self::button_field(place, "value");
        let is_web = ["https://", "http://"].iter().any(|start| {
            let rest = button.value.strip_prefix(start);
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
        });
        let names = place_names(&button.value);
        let at_end = button.value.trim_end().ends_with("}}");
        if !is_web && !button.value.is_empty() {
            found.add(ProblemCode::UrlInvalid, &field);
        } else if names.len() > 1 || (names.len() == 1 && !at_end) {
            found.add(ProblemCode::UrlVariable, &field);
        } else if names.len() == 1 {
            let example = Self::button_field(place, "example");
            found.required(&example, &button.example, limit::URL);
        }
    }
}

/// What was found so far: one fault a field.
struct Faults(Vec<Problem>);

impl Faults {
    fn add(&mut self, code: ProblemCode, field: &str) {
        if !self.0.iter().any(|known| known.is_at(field)) {
            self.0.push(Problem::new(code).at(field));
        }
    }

    fn most(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most && !self.0.iter().any(|known| known.is_at(field)) {
            let problem = Problem::new(ProblemCode::TooLong).arg("most", most);
            self.0.push(problem.at(field));
        }
    }

    fn required(&mut self, field: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(ProblemCode::FieldEmpty, field);
        }
        self.most(field, text, most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TemplateButton;

    fn form() -> TemplateForm {
        TemplateForm {
            name: "order_ready".to_owned(),
            category: "UTILITY".to_owned(),
            language: "ru".to_owned(),
            body: "Order {{1}} is ready.".to_owned(),
            examples: vec![("1".to_owned(), "118".to_owned())],
            ..TemplateForm::default()
        }
    }

    fn button(kind: ButtonKind, value: &str) -> TemplateButton {
        TemplateButton {
            kind,
            text: "Press".to_owned(),
            value: value.to_owned(),
            example: String::new(),
        }
    }

    fn faults(change: impl FnOnce(&mut TemplateForm)) -> Vec<(ProblemCode, String)> {
        let mut form = form();
        change(&mut form);
        let faults = form.faults().into_iter();
        faults
            .map(|fault| (fault.code, fault.field.unwrap()))
            .collect()
    }

    fn one(code: ProblemCode, field: &str) -> Vec<(ProblemCode, String)> {
        vec![(code, field.to_owned())]
    }

    #[test]
    fn a_whole_form_has_no_faults() {
        assert_eq!(faults(|_| {}), []);
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        use ProblemCode as C;
        let cases: Vec<(fn(&mut TemplateForm), C, &str)> = vec![
            (|form| form.name = "Заказ".into(), C::TemplateName, "name"),
            (|form| form.name.clear(), C::FieldEmpty, "name"),
            (
                |form| form.category = "AUTHENTICATION".into(),
                C::NotChosen,
                "category",
            ),
            (
                |form| form.body = "{{1}} is ready".into(),
                C::VariableEdge,
                "body",
            ),
            (|form| form.body = "a".repeat(1025), C::TooLong, "body"),
            (|form| form.footer = "{{1}}".into(), C::NoVariable, "footer"),
            (|form| form.examples.clear(), C::FieldEmpty, "example-1"),
            (
                |form| form.header = HeaderKind::Text,
                C::FieldEmpty,
                "header_text",
            ),
            (
                |form| form.buttons = vec![button(ButtonKind::Url, "example.com")],
                C::UrlInvalid,
                "button-0-value",
            ),
            (
                |form| form.buttons = vec![button(ButtonKind::Url, "https://a.b/{{1}}/c")],
                C::UrlVariable,
                "button-0-value",
            ),
            (
                |form| form.buttons = vec![button(ButtonKind::Url, "https://a.b/{{1}}")],
                C::FieldEmpty,
                "button-0-example",
            ),
            (
                |form| form.buttons = vec![button(ButtonKind::Phone, "+7")],
                C::PhoneInvalid,
                "button-0-value",
            ),
            (
                |form| {
                    form.buttons = vec![
                        button(ButtonKind::CopyCode, "A"),
                        button(ButtonKind::CopyCode, "B"),
                    ]
                },
                C::TooManyButtons,
                "button-1-kind",
            ),
            (
                |form| {
                    form.buttons = ["", "https://a.b", ""]
                        .map(|value| {
                            button(
                                if value.is_empty() {
                                    ButtonKind::Reply
                                } else {
                                    ButtonKind::Url
                                },
                                value,
                            )
                        })
                        .into()
                },
                C::RepliesApart,
                "button-2-kind",
            ),
        ];
        for (change, code, field) in cases {
            assert_eq!(faults(change), one(code, field));
        }
    }

    #[test]
    fn variables_are_numbered_without_a_gap_or_all_named() {
        let examples = |names: &[&str]| {
            names
                .iter()
                .map(|name| ((*name).to_owned(), "x".to_owned()))
                .collect()
        };
        let body = |text: &'static str, names: &'static [&'static str]| {
            faults(move |form| {
                form.body = text.to_owned();
                form.examples = examples(names);
            })
        };
        assert_eq!(
            body("a {{1}} {{3}} b", &["1", "3"]),
            one(ProblemCode::VariablesGap, "body")
        );
        assert_eq!(
            body("a {{1}} {{x}} b", &["1", "x"]),
            one(ProblemCode::VariablesMixed, "body")
        );
        assert_eq!(
            body("a {{Name}} b", &["Name"]),
            one(ProblemCode::VariableName, "body")
        );
        assert_eq!(body("a {{name}} {{order}} b", &["name", "order"]), []);
    }
}
