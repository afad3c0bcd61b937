//! "Why did no call arrive?": what must be true, in the order to look at it.

use super::super::Request;
use super::super::checks::check;
use super::super::scope::scope_of;
use super::trunk::trunk_shown;
use crate::calls::settings::{
    CallHours, Known, PORT, error_words, is_open, kept, local_time, reason, settings_of, standing,
};
use crate::connect::name;
use crate::store::entities::check_result;
use crate::whatsapp::calling::{Ability, CallHealth, Calling};
use app::model::{
    Check, CheckState, Moment, Permit, PhoneId, Problem, Switch, TrunkReport, WhyNoCall, see,
};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Business-initiated conversations a day from which calling can be enabled.
const LIMIT_MIN: u32 = 2_000;

/// Codes of Meta's health that are about settings, not about the app.
const SETTINGS_CODES: [i64; 2] = [138_024, 138_025];

/// Codes of Meta's health that are about payment.
const PAYMENT_CODES: [i64; 3] = [131_042, 131_044, 141_006];

impl Request {
    pub(super) async fn calling_why(
        &self,
        permit: Permit<see::Calling>,
        id: PhoneId,
    ) -> Result<WhyNoCall, Problem> {
        let scope = scope_of(&permit);
        let phone = self.phone(scope, id).await?;
        let row = self.calling_row(phone.id).await?;
        let waba = self.calling_waba(scope, &phone).await?;
        let found = self.checks_now(&[phone.id, waba.id]).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        let known = Known::of(row.as_ref(), waba.app_id.as_deref());
        // A check of another server says nothing of where calls go.
        let is_theirs = |report: &TrunkReport| {
            known.own_server().is_none_or(|own| {
                own.host.eq_ignore_ascii_case(&report.host)
                    && own.port.unwrap_or(PORT) == report.port
            })
        };
        let trunk = trunk_shown(row.as_ref()).filter(is_theirs);
        let health: Option<Value> = kept(row.as_ref().and_then(|row| row.health.as_deref()));
        let facts = Facts {
            calling: known.calling,
            read_at: row.as_ref().and_then(|row| row.actual_at),
            health: health.as_ref().map(CallHealth::read),
            health_at: row.as_ref().and_then(|row| row.health_at),
            limit: of(&found, phone.id, name::LIMIT),
            subscribed: of(&found, waba.id, name::SUBSCRIBED),
            trunk,
            now: self.state.clock.now(),
        };
        let checks = facts.checks();
        let stops = checks
            .iter()
            .position(|check| check.state == CheckState::Bad);
        Ok(WhyNoCall {
            checks,
            stops: stops.and_then(|place| u8::try_from(place).ok()),
        })
    }
}

fn of(found: &[check_result::Model], subject: Uuid, name: &str) -> Option<Check> {
    let mut rows = found.iter();
    let row = rows.find(|row| row.subject_id == subject && row.name == name);
    row.cloned().map(check)
}

/// What is known; times in milliseconds.
struct Facts {
    calling: Option<Calling>,
    read_at: Option<i64>,
    health: Option<CallHealth>,
    health_at: Option<i64>,
    limit: Option<Check>,
    subscribed: Option<Check>,
    trunk: Option<TrunkReport>,
    now: i64,
}

impl Facts {
    fn checks(&self) -> Vec<Check> {
        vec![
            self.live(),
            self.limit(),
            self.subscribed(),
            self.payment(),
            self.restrictions(),
            self.hours(),
            self.settings(),
            self.trunk(),
        ]
    }

    /// Meta's health names the app; whether it is live cannot be asked.
    fn live(&self) -> Check {
        let app = self
            .health
            .as_ref()
            .and_then(|health| health.of("APP").next());
        let Some(app) = app else {
            return unknown("live", "app_unknown", self.health_at);
        };
        let other = app.errors.iter().find(|error| {
            !error
                .code
                .is_some_and(|code| SETTINGS_CODES.contains(&code))
        });
        if app.messages == Some(Ability::Blocked)
            || (other.is_some() && app.calls == Some(Ability::Blocked))
        {
            let words = other.map(error_words).unwrap_or_default();
            return bad("live", "app_blocked", self.health_at).with("reason", words);
        }
        ok("live", "app_available", self.health_at)
    }

    /// A number whose calling is on has a limit that is high enough.
    fn limit(&self) -> Check {
        let is_on = self.calling.as_ref().and_then(|calling| calling.is_on) == Some(true);
        let Some(known) = self.limit.clone() else {
            return unknown("limit", "limit_unknown", None);
        };
        let is_low = limit_of(&known.arg("limit")).is_some_and(|limit| limit < LIMIT_MIN);
        if is_low && !is_on && known.state == CheckState::Ok {
            return Check {
                state: CheckState::Bad,
                code: "limit_low".to_owned(),
                ..known
            };
        }
        known
    }

    fn subscribed(&self) -> Check {
        let known = self.subscribed.clone();
        known.unwrap_or_else(|| unknown("subscribed", "never", None))
    }

    fn payment(&self) -> Check {
        let Some(health) = &self.health else {
            return unknown("payment", "payment_unknown", self.health_at);
        };
        let mut errors = health.errors();
        let found =
            errors.find(|(_, error)| error.code.is_some_and(|code| PAYMENT_CODES.contains(&code)));
        match found {
            Some((_, error)) => {
                bad("payment", "payment_bad", self.health_at).with("reason", error_words(error))
            }
            None => ok("payment", "payment_ok", self.health_at),
        }
    }

    /// What only forbids the business to call first does not keep calls from arriving.
    fn restrictions(&self) -> Check {
        let Some(calling) = &self.calling else {
            return unknown("restrictions", "settings_unread", None);
        };
        let outgoing = |kind: &str| kind == "RESTRICTED_BUSINESS_INITIATED_CALLING";
        let incoming: Vec<_> = calling
            .restrictions
            .iter()
            .filter(|one| !outgoing(&one.kind))
            .cloned()
            .collect();
        if let Some(one) = standing(&incoming, self.now) {
            let found = bad("restrictions", "calling_restricted", self.read_at);
            let found = found.with("kind", &one.kind);
            return match one.until {
                Some(until) => found.with("until", until.saturating_mul(1000)),
                None => found,
            };
        }
        let code = match standing(&calling.restrictions, self.now) {
            Some(_) => "restrictions_outgoing",
            None => "restrictions_none",
        };
        ok("restrictions", code, self.read_at)
    }

    fn hours(&self) -> Check {
        let Some(calling) = &self.calling else {
            return unknown("hours", "settings_unread", None);
        };
        let hours: CallHours = settings_of(calling, Default::default()).hours;
        if !hours.on {
            return ok("hours", "hours_none", self.read_at);
        }
        let found = if is_open(&hours, self.now) {
            ok("hours", "hours_open", self.read_at)
        } else {
            bad("hours", "hours_closed", self.read_at)
        };
        let time = local_time(&hours, self.now);
        found.with("time", time).with("timezone", &hours.timezone)
    }

    fn settings(&self) -> Check {
        let Some(calling) = &self.calling else {
            return unknown("settings", "settings_unread", None);
        };
        let switch = |is_on: Option<bool>| match is_on {
            Some(true) => Switch::On,
            Some(false) => Switch::Off,
            None => Switch::Unknown,
        };
        let sip = calling.sip.as_ref().and_then(|sip| sip.is_on);
        let at = self.read_at;
        match (switch(calling.is_on), switch(sip)) {
            (Switch::Off, _) => return bad("settings", "calling_off", at),
            (_, Switch::Off) => return bad("settings", "sip_off", at),
            (Switch::Unknown, _) | (_, Switch::Unknown) => {
                return unknown("settings", "settings_unread", at);
            }
            (Switch::On, Switch::On) => {}
        }
        let blocked = self
            .health
            .as_ref()
            .filter(|health| health.calls == Some(Ability::Blocked));
        match blocked {
            Some(health) => bad("settings", "sip_blocked", at).with("reason", reason(health)),
            None => ok("settings", "settings_on", at),
        }
    }

    fn trunk(&self) -> Check {
        let Some(report) = &self.trunk else {
            return unknown("trunk", "trunk_never", None);
        };
        let of = |state| -> Vec<&str> {
            let steps = report.steps.iter();
            let steps = steps.filter(|step| step.check.state == state);
            steps.map(|step| step.check.name.as_str()).collect()
        };
        let at = Some(report.at.0);
        let host = format!("{}:{}", report.host, report.port);
        let (found, steps) = match (of(CheckState::Bad), of(CheckState::Unknown)) {
            (steps, _) if !steps.is_empty() => (bad("trunk", "trunk_bad", at), steps),
            (_, steps) if !steps.is_empty() => (unknown("trunk", "trunk_unclear", at), steps),
            (_, steps) => (ok("trunk", "trunk_ok", at), steps),
        };
        found.with("host", host).with("steps", steps.join(", "))
    }
}

/// The number in Meta's word for a limit: `TIER_2K` is 2,000; none for no limit and for what is new here.
fn limit_of(word: &str) -> Option<u32> {
    let number = word.trim_start_matches("TIER_");
    number.replace('K', "000").parse().ok()
}

trait With {
    fn with(self, name: &str, value: impl ToString) -> Self;
}

impl With for Check {
    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

fn found(name: &str, state: CheckState, code: &str, at: Option<i64>) -> Check {
    Check {
        name: name.to_owned(),
        state,
        code: code.to_owned(),
        args: BTreeMap::new(),
        at: at.map(Moment),
    }
}

fn ok(name: &str, code: &str, at: Option<i64>) -> Check {
    found(name, CheckState::Ok, code, at)
}

fn bad(name: &str, code: &str, at: Option<i64>) -> Check {
    found(name, CheckState::Bad, code, at)
}

fn unknown(name: &str, code: &str, at: Option<i64>) -> Check {
    found(name, CheckState::Unknown, code, at)
}
