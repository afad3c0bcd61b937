//! A server function as the walk asks it, and what each caller is answered.

use super::answer::Seat;
use super::things::Things;
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

/// The fields of a form, with their values.
pub type Fields = Vec<(&'static str, String)>;

/// How a function is asked.
pub enum Ask {
    Json(fn(&Things) -> Value),
    Form(fn(&Things) -> Fields),
}

/// A function and the statuses of its answers. What is asked names one owner's things.
pub struct Row {
    pub name: &'static str,
    pub ask: Ask,
    /// Nobody: 401 but for the ways in.
    pub nobody: u16,
    /// A user who asks for their own.
    pub own: u16,
    /// A user who asks for another's.
    pub other: u16,
    /// An admin who asks for another's.
    pub admin: u16,
    /// A page in the frame of a portal of somebody who asks for another's; an admin's frame is a user's.
    pub frame: u16,
}

impl Row {
    pub fn path(&self) -> String {
        format!("/api/panel/{}", self.name)
    }

    /// The question, as a script sends it.
    pub fn request(&self, seat: &Seat, things: &Things) -> Request<Body> {
        match &self.ask {
            Ask::Json(body) => seat.json(&self.path(), &body(things)),
            Ask::Form(fields) => seat.form(&self.path(), &fields(things)),
        }
    }

    /// The form as a browser without a script sends it; none for what is no form.
    pub fn plain_form(&self, seat: &Seat, things: &Things) -> Option<Request<Body>> {
        match &self.ask {
            Ask::Json(_) => None,
            Ask::Form(fields) => Some(seat.plain_form(&self.path(), &fields(things))),
        }
    }

    /// Everything that is asked, to know it again in the answer.
    pub fn asked(&self, things: &Things) -> String {
        match &self.ask {
            Ask::Json(body) => body(things).to_string(),
            Ask::Form(fields) => format!("{:?}", fields(things)),
        }
    }

    /// For everybody who is signed in: it names nobody's things.
    pub const fn common(name: &'static str, ask: Ask) -> Self {
        Self {
            name,
            ask,
            nobody: 401,
            own: 200,
            other: 200,
            admin: 200,
            frame: 200,
        }
    }

    /// About one thing: another's is not found.
    pub const fn owned(name: &'static str, ask: Ask) -> Self {
        Self {
            other: 404,
            frame: 404,
            ..Self::common(name, ask)
        }
    }

    /// For admins alone, and never in a frame.
    pub const fn admins(name: &'static str, ask: Ask) -> Self {
        Self {
            own: 403,
            other: 403,
            frame: 403,
            ..Self::common(name, ask)
        }
    }

    /// The same whoever asks: a way in or out.
    pub const fn open(name: &'static str, ask: Ask, status: u16) -> Self {
        Self {
            nobody: status,
            own: status,
            other: status,
            admin: status,
            frame: status,
            ..Self::common(name, ask)
        }
    }

    /// Closed to frames, whosever things are asked for.
    pub const fn unframed(self) -> Self {
        Self { frame: 403, ..self }
    }

    /// A user who asks for their own is answered so.
    pub const fn own(self, own: u16) -> Self {
        Self { own, ..self }
    }

    /// Whoever asks for another's is answered so, also in a frame.
    pub const fn others(self, other: u16) -> Self {
        Self {
            other,
            frame: other,
            ..self
        }
    }

    /// An admin is answered so.
    pub const fn admin(self, admin: u16) -> Self {
        Self { admin, ..self }
    }
}
