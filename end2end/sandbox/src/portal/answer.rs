//! What a method sees and how it answers: results, refusals, the `time` block.

use crate::faults::Refuse;
use crate::words::{flag_of, int_of, iso, now_exact, text_of};
use crate::world::{LocalApp, Portal};
use http::StatusCode;
use serde_json::{Value, json};

/// One method call, inside the world's lock.
pub struct Call<'a> {
    pub portal: &'a mut Portal,
    pub user: i64,
    /// The app whose token it is.
    pub app: LocalApp,
    /// What is refused on purpose.
    pub refuse: &'a Refuse,
    pub params: Value,
    pub warnings: &'a mut Vec<String>,
    /// Every n-th message item is refused; 0 is off.
    pub refuse_item_every: u64,
}

/// A refusal in Bitrix24's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fail {
    pub status: StatusCode,
    pub code: String,
    pub text: String,
}

impl Fail {
    /// A refusal with this status.
    pub fn new(status: StatusCode, code: &str, text: &str) -> Self {
        Self {
            status,
            code: code.to_string(),
            text: text.to_string(),
        }
    }

    /// 400 with this code.
    pub fn bad(code: &str, text: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, text)
    }

    /// 400 for an argument that is missing or empty.
    pub fn empty(name: &str) -> Self {
        let text = format!("Argument '{name}' is null or empty");
        Self::bad("ERROR_ARGUMENT", &text)
    }

    /// The body without a `time` block, as Bitrix24 answers errors.
    pub fn body(&self) -> Value {
        json!({ "error": self.code, "error_description": self.text })
    }
}

impl Call<'_> {
    /// A parameter as text; empty counts as absent.
    pub fn text(&self, name: &str) -> Option<String> {
        text_of(self.params.get(name)).filter(|text| !text.is_empty())
    }

    /// A parameter that must be there.
    pub fn need(&self, name: &str) -> Result<String, Fail> {
        self.text(name).ok_or_else(|| Fail::empty(name))
    }

    /// An integer that must be there.
    pub fn need_int(&self, name: &str) -> Result<i64, Fail> {
        let text = self.need(name)?;
        text.trim().parse().map_err(|_| {
            Fail::bad(
                "ERROR_ARGUMENT",
                &format!("Argument '{name}' must be a number"),
            )
        })
    }

    /// An integer, where there is one.
    pub fn int(&self, name: &str) -> Option<i64> {
        int_of(self.params.get(name))
    }

    /// A flag in PHP's reading.
    pub fn flag(&self, name: &str, default: bool) -> bool {
        flag_of(self.params.get(name), default)
    }

    /// The token's owner is an admin of the portal.
    pub fn admin(&self) -> bool {
        !self.refuse.not_admin && self.portal.user(self.user).is_some_and(|user| user.admin)
    }

    /// The token's owner may set up Open Lines.
    pub fn lines(&self) -> bool {
        self.portal.user(self.user).is_some_and(|user| user.lines)
    }

    /// Writes down something that works here but should not be relied on.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.warnings.push(text.into());
    }
}

/// The `time` block. `operating` is what the method has used of its allowance.
pub fn time(start: f64, operating: f64, reset_at: i64) -> Value {
    let finish = now_exact();
    json!({
        "start": start,
        "finish": finish,
        "duration": finish - start,
        "processing": (finish - start) * 0.6,
        "date_start": iso(start as i64),
        "date_finish": iso(finish as i64),
        "operating_reset_at": reset_at,
        "operating": operating,
    })
}
