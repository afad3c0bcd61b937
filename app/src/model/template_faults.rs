//! What Meta would refuse of a new template, told before Meta is asked.

use super::{ButtonKind, HeaderKind, Problem, ProblemCode, TemplateForm, limit, place_names};

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
mod tests;
