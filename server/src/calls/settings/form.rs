//! The form of a number's calling, checked: settings, or every problem beside its field.

use super::hours::{HOLIDAYS_MAX, hours_check};
use super::wanted::{CallingSettings, SipAddress, VoicemailSettings};
use app::model::{CallingForm, Problem, ProblemCode, Voicemail};
use std::collections::{BTreeMap, BTreeSet};

/// The port of SIP over TLS.
pub const PORT: u16 = 5061;

/// The longest name or value of a parameter, in signs.
const PARAM_LENGTH_MAX: usize = 128;

/// The longest ring before voicemail, in seconds.
const RING_MAX: u8 = 30;

/// A form without mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What Meta is to have.
    pub settings: CallingSettings,
    /// Whether calls are shown in the portal's CRM.
    pub in_crm: bool,
    /// The employee who gets calls of customers the CRM gives to nobody.
    pub crm_user: Option<i64>,
    /// Whether nobody knew what Meta has when the form was made.
    pub unread: bool,
}

/// Checks a form. `now` is the moment by which holidays are past, in milliseconds.
pub fn form_check(form: &CallingForm, now: i64) -> Result<Checked, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut take = |problem: Problem| problems.push(problem);
    let server = server(form, &mut take);
    let countries = countries(&form.countries).unwrap_or_else(|()| {
        take(Problem::new(ProblemCode::CountryInvalid).at("countries"));
        Vec::new()
    });
    let hours = if form.hours.on {
        hours_check(&form.hours, now, &mut take)
    } else {
        // What of hours that are off can be kept is kept, and nothing of them is a reason to refuse.
        let mut kept = hours_check(&form.hours, now, &mut |_| {});
        kept.holidays.truncate(HOLIDAYS_MAX);
        kept
    };
    let voicemail = voicemail(&form.voicemail, &mut take);
    let crm_user = digits(&form.crm_user, "crm_user", &mut take).and_then(|id| id.parse().ok());
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Checked {
        settings: CallingSettings {
            calling: form.calling,
            sip: form.sip,
            server,
            webhooks: form.webhooks,
            icon: form.icon,
            countries,
            callback: form.callback,
            srtp: form.srtp,
            pcma: form.pcma,
            pcmu: form.pcmu,
            hours,
            voicemail,
        },
        in_crm: form.in_crm,
        crm_user,
        unread: form.unread,
    })
}

fn server(form: &CallingForm, take: &mut dyn FnMut(Problem)) -> Option<SipAddress> {
    let params = params(&form.uri_params).unwrap_or_else(|()| {
        take(Problem::new(ProblemCode::UriParamInvalid).at("uri_params"));
        BTreeMap::new()
    });
    let port = port_read(&form.port).unwrap_or_else(|problem| {
        take(problem);
        PORT
    });
    match host_read(&form.host) {
        Ok(Some(host)) => Some(SipAddress { host, port, params }),
        Ok(None) => {
            if form.sip {
                take(Problem::new(ProblemCode::FieldEmpty).at("host"));
            }
            None
        }
        Err(problem) => {
            take(problem);
            None
        }
    }
}

/// A server's name in small letters; none where nothing was typed. An address of numbers is no name: no public
/// certificate is given for it.
pub fn host_read(typed: &str) -> Result<Option<String>, Problem> {
    let typed = typed.trim().trim_end_matches('.');
    if typed.is_empty() {
        return Ok(None);
    }
    let invalid = || Problem::new(ProblemCode::HostInvalid).at("host");
    let url::Host::Domain(name) = url::Host::parse(typed).map_err(|_| invalid())? else {
        return Err(invalid());
    };
    let is_label = |label: &str| {
        let rest = label.bytes();
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && rest
                .into_iter()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
    };
    let is_name = name.len() <= 253 && name.contains('.') && name.split('.').all(is_label);
    if is_name {
        Ok(Some(name.to_ascii_lowercase()))
    } else {
        Err(invalid())
    }
}

/// A TLS port; 5061 where nothing was typed.
pub fn port_read(typed: &str) -> Result<u16, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(PORT);
    }
    let number = typed.parse::<u16>().ok().filter(|port| *port > 0);
    number.ok_or_else(|| {
        let range = Problem::new(ProblemCode::OutOfRange).at("port");
        range.arg("least", 1).arg("most", u16::MAX)
    })
}

/// `name=value` a line; they stand in the user part of an address, where some signs end it.
fn params(typed: &str) -> Result<BTreeMap<String, String>, ()> {
    let mut found = BTreeMap::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once('=').ok_or(())?;
        let (name, value) = (name.trim(), value.trim());
        let fits = |part: &str| {
            !part.is_empty()
                && part.chars().count() <= PARAM_LENGTH_MAX
                && !part.contains([';', '@', '=', '<', '>', '"'])
                && !part.contains(|sign: char| sign.is_whitespace() || sign.is_control())
        };
        if !fits(name) || !fits(value) || found.insert(name.to_owned(), value.to_owned()).is_some()
        {
            return Err(());
        }
    }
    Ok(found)
}

fn countries(typed: &str) -> Result<Vec<String>, ()> {
    let mut found = BTreeSet::new();
    let words = typed.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';'));
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.to_ascii_uppercase();
        word.parse::<phonenumber::country::Id>().map_err(|_| ())?;
        found.insert(word);
    }
    Ok(found.into_iter().collect())
}

fn voicemail(form: &Voicemail, take: &mut dyn FnMut(Problem)) -> VoicemailSettings {
    let announcement = digits(&form.announcement, "announcement", take).unwrap_or_default();
    let typed = form.seconds.trim();
    let seconds = typed.parse::<u8>().ok().filter(|count| *count <= RING_MAX);
    if seconds.is_none() && !typed.is_empty() {
        let range = Problem::new(ProblemCode::OutOfRange).at("seconds");
        take(range.arg("least", 0).arg("most", RING_MAX));
    }
    if form.on && !form.on_reject && !form.on_timeout {
        take(Problem::new(ProblemCode::NotChosen).at("on_reject"));
    }
    VoicemailSettings {
        on: form.on,
        on_reject: form.on_reject,
        on_timeout: form.on_timeout,
        seconds: seconds.unwrap_or_default(),
        announcement,
    }
}

/// A row of digits; none where nothing was typed.
fn digits(typed: &str, field: &str, take: &mut dyn FnMut(Problem)) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    if typed.len() > 18 || !typed.bytes().all(|sign| sign.is_ascii_digit()) {
        take(Problem::new(ProblemCode::DigitsOnly).at(field));
        return None;
    }
    Some(typed.to_owned())
}
