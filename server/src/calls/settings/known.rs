//! What is known of a phone's calling without asking Meta.

use super::hours::today;
use super::kept::kept;
use super::own::Own;
use super::show::{form_of, settings_of};
use super::wanted::CallingSettings;
use crate::store::entities::calling;
use crate::whatsapp::calling::{Calling, Server};
use app::model::{CallingForm, Srtp};
use serde_json::Value;

/// What was saved, and what Meta had when it was last read.
#[derive(Debug, Default)]
pub struct Known {
    /// Meta's object; none while nobody has read it.
    pub calling: Option<Calling>,
    pub(super) wanted: Option<CallingSettings>,
    pub(super) app: Option<String>,
}

impl Known {
    /// From what is kept; `app` is the Meta app of our token, where it is known.
    pub fn of(row: Option<&calling::Model>, app: Option<&str>) -> Self {
        let raw: Option<Value> = kept(row.and_then(|row| row.actual.as_deref()));
        Self {
            calling: raw.map(|raw| Calling::read(&raw)),
            wanted: kept(row.and_then(|row| row.wanted.as_deref())),
            app: app.filter(|app| !app.is_empty()).map(str::to_owned),
        }
    }

    /// Our server among Meta's.
    pub fn own_server(&self) -> Option<&Server> {
        self.own().server(self.calling.as_ref()?)
    }

    /// What was saved, else what Meta has where somebody has set it up there.
    pub fn settings(&self) -> Option<CallingSettings> {
        if let Some(wanted) = &self.wanted {
            return Some(wanted.clone());
        }
        let calling = self.calling.as_ref()?;
        let mut settings = settings_of(calling, self.own());
        if !settings.calling && !settings.sip && settings.server.is_none() {
            return None;
        }
        if calling.key_exchange.is_none() && !settings.sip {
            settings.srtp = Srtp::Sdes;
        }
        Some(settings)
    }

    /// What the form begins with; holidays that are over have gone from it. `now` in milliseconds.
    pub fn form(&self, row: Option<&calling::Model>, now: i64) -> CallingForm {
        let form = match self.settings() {
            Some(settings) => form_of(&settings.from_day(today(&settings.hours, now))),
            None => self.beginning(now),
        };
        let user = row
            .and_then(|row| row.crm_user)
            .map(|user| user.to_string());
        CallingForm {
            in_crm: row.is_some_and(|row| row.in_crm),
            crm_user: user.unwrap_or_default(),
            unread: self.calling.is_none() && self.wanted.is_none(),
            ..form
        }
    }

    /// The form of a number whose calling nobody uses: our defaults, but what somebody took the trouble to set at Meta.
    /// Whoever switches calling on would erase it.
    fn beginning(&self, now: i64) -> CallingForm {
        let Some(calling) = &self.calling else {
            return CallingForm::default();
        };
        let settings = settings_of(calling, self.own());
        let metas = form_of(&settings.from_day(today(&settings.hours, now)));
        let mut form = CallingForm {
            countries: metas.countries,
            pcma: metas.pcma,
            pcmu: metas.pcmu,
            ..CallingForm::default()
        };
        if calling.hours.is_some() {
            form.hours = metas.hours;
        }
        if calling.voicemail.is_some() {
            form.voicemail = metas.voicemail;
        }
        form
    }

    fn own(&self) -> Own<'_> {
        let server = self
            .wanted
            .as_ref()
            .and_then(|wanted| wanted.server.as_ref());
        Own {
            app: self.app.as_deref(),
            host: server.map(|server| server.host.as_str()),
        }
    }
}
