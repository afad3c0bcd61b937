//! Forms that a browser sends to the page they stand on.
//!
//! Long forms cannot go the way of the others, which come back with what was typed in the address: no address is
//! long enough for a message's words. So the page is made again with what was typed, by whoever has answered.

mod calling;

pub(super) use calling::{Files, Revealed};

use std::sync::Arc;

use leptos::prelude::use_context;
use serde::{Serialize, de::DeserializeOwned};

use super::request::{id_of, saved};
use crate::{
    backend::{Backend, Sample},
    base::of_path,
    model::{Action, InteractiveForm, Permit, Problem, ProblemCode, TemplateForm},
};

/// A form as the browser sent it.
#[derive(Clone, Default)]
pub struct Posted {
    /// Names and values, in their order.
    pub fields: Vec<(String, String)>,
    /// The file that was chosen.
    pub file: Option<Sample>,
}

impl Posted {
    /// The value of a field; empty where there is none.
    fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// What a page is made again with, in its context.
#[derive(Clone, Debug)]
pub struct Again {
    form: Arc<str>,
    /// The status of the answer.
    pub status: u16,
}

impl Again {
    fn of<F: Serialize>(form: &F, problems: &[Problem]) -> Self {
        let status = problems
            .first()
            .map_or(200, |problem| problem.code.status());
        let form = serde_json::to_string(&(form, problems)).unwrap_or_default();
        Self {
            form: form.into(),
            status,
        }
    }

    /// A page whose form was not read at all.
    pub fn unread(code: ProblemCode) -> Self {
        let nothing = serde_json::Map::new();
        Self::of(&nothing, &[Problem::new(code)])
    }
}

/// What a form came back with, while its page is made again.
pub(super) fn refused<F: DeserializeOwned>() -> Option<(F, Vec<Problem>)> {
    let again = use_context::<Again>()?;
    serde_json::from_str(&again.form).ok()
}

/// What follows a form.
#[derive(Clone, Debug)]
pub enum Followed {
    /// Another page of the panel.
    Page(String),
    /// The same page, with what was typed.
    Again(Again),
}

/// Takes a form that was sent to this path of the panel; none where no page takes any.
pub async fn posted(backend: &Backend, path: &str, posted: Posted) -> Option<Followed> {
    let own = path.strip_prefix(of_path(path))?;
    let parts: Vec<&str> = own.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["wabas", waba, "templates", "new"] => Some(template(backend, waba, posted).await),
        ["interactive", "new"] => Some(interactive(backend, None, posted).await),
        ["interactive", id, "edit"] => Some(interactive(backend, Some(id), posted).await),
        ["phones", phone, "calling"] => Some(calling::settings(backend, phone, posted).await),
        ["phones", phone, "calling", "password"] => Some(calling::password(backend, phone).await),
        ["phones", phone, "calling", "setup", pbx] => {
            Some(calling::setup(backend, phone, pbx).await)
        }
        _ => None,
    }
}

/// An interactive message, new or changed.
async fn interactive(backend: &Backend, id: Option<&str>, posted: Posted) -> Followed {
    let mut form = InteractiveForm::read(&posted.fields);
    let step = posted.field("step");
    if !step.is_empty() {
        form.step(step);
        return Followed::Again(Again::of(&form, &[]));
    }
    let made = async {
        let permit = permit(backend).await?;
        Ok::<_, Problem>((permit, id.map(id_of).transpose()?))
    };
    let made = match made.await {
        Ok((permit, id)) => backend.interactives.save(permit, id, form.clone()).await,
        Err(problem) => Err(vec![problem]),
    };
    match made {
        Ok(id) => Followed::Page(saved(&format!("/interactive/{id}"))),
        Err(problems) => Followed::Again(Again::of(&form, &problems)),
    }
}

/// What the caller may do, or the refusal.
async fn permit<A: Action>(backend: &Backend) -> Result<Permit<A>, Problem> {
    let caller = backend.accounts.caller().await?;
    caller
        .ok_or_else(|| Problem::new(ProblemCode::NotSignedIn))?
        .may()
}

/// A new template.
async fn template(backend: &Backend, waba: &str, posted: Posted) -> Followed {
    let mut form = TemplateForm::read(&posted.fields);
    let step = posted.field("step");
    if !step.is_empty() {
        form.step(step);
        return Followed::Again(Again::of(&form, &[]));
    }
    let made = async { Ok::<_, Problem>((permit(backend).await?, id_of(waba)?)) };
    let made = match made.await {
        Ok((permit, waba)) => {
            let templates = &backend.templates;
            templates.create(permit, waba, &mut form, posted.file).await
        }
        Err(problem) => Err(vec![problem]),
    };
    match made {
        Ok(id) => Followed::Page(saved(&format!("/templates/{id}"))),
        Err(problems) => Followed::Again(Again::of(&form, &problems)),
    }
}
