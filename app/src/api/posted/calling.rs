//! Forms of a phone's calling: the settings, and the wishes to see the SIP password. What is shown on such a wish
//! stands in the answer alone: the page asked for again does not have it.

use serde::{Deserialize, Serialize};

use super::{Again, Followed, Posted, permit};
use crate::{
    api::request::{id_of, saved},
    backend::Backend,
    model::{CallingForm, ConfigFile, Pbx, PhoneId, Problem, ProblemCode, SipCredentials, change},
};

/// The SIP password, where it was asked for.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Revealed {
    /// It.
    pub credentials: Option<SipCredentials>,
}

/// Files with the SIP password, where they were asked for.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Files {
    /// They.
    pub files: Option<Vec<ConfigFile>>,
}

/// The settings.
pub async fn settings(backend: &Backend, phone: &str, posted: Posted) -> Followed {
    let mut form = CallingForm::read(&posted.fields);
    let step = posted.field("step");
    if !step.is_empty() {
        form.step(step);
        return Followed::Again(Again::of(&form, &[]));
    }
    let made = async {
        let permit = permit::<change::Calling>(backend).await?;
        Ok::<_, Problem>((permit, id_of(phone)?))
    };
    let made = match made.await {
        Ok((permit, phone)) => backend.calling.save(permit, phone, form.clone()).await,
        Err(problem) => Err(vec![problem]),
    };
    let page = format!("/phones/{phone}/calling");
    match made {
        Ok(kept) if kept.drift.is_empty() => Followed::Page(saved(&page)),
        Ok(_) => Followed::Page(format!("{page}?differs=1")),
        Err(problems) => Followed::Again(Again::of(&form, &problems)),
    }
}

/// Wants to see the SIP password.
pub async fn password(backend: &Backend, phone: &str) -> Followed {
    let revealed = async {
        let permit = permit(backend).await?;
        backend.calling.reveal(permit, id_of(phone)?).await
    };
    Followed::Again(match revealed.await {
        Ok(credentials) => {
            let credentials = Some(credentials);
            Again::of(&Revealed { credentials }, &[])
        }
        Err(problem) => Again::of(&Revealed::default(), &[problem]),
    })
}

/// Wants to see the SIP password in the files.
pub async fn setup(backend: &Backend, phone: &str, pbx: &str) -> Followed {
    let files = async {
        let permit = permit(backend).await?;
        let pbx = Pbx::of_slug(pbx).ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let phone: PhoneId = id_of(phone)?;
        backend.calling.config(permit, phone, pbx, true).await
    };
    Followed::Again(match files.await {
        Ok(files) => Again::of(&Files { files: Some(files) }, &[]),
        Err(problem) => Again::of(&Files::default(), &[problem]),
    })
}
