//! Meta's object and checked settings as the form shows them.

use super::own::Own;
use super::wanted::{
    CallHours, CallingSettings, OpenSpan, ShutSpan, SipAddress, TimeOfDay, VoicemailSettings,
};
use crate::whatsapp::calling::{Calling, Hours, Icon, KeyExchange, Opening, Server};
use app::model::{CallingForm, Holiday, Span, Srtp, Voicemail, Weekday};

/// What Meta has, as settings: its defaults stand where it says nothing.
pub fn settings_of(calling: &Calling, own: Own<'_>) -> CallingSettings {
    let sip = calling.sip.clone().unwrap_or_default();
    let codec = |word: &str| {
        let listed = calling.codecs.iter().flatten();
        listed.into_iter().any(|codec| codec == word)
    };
    CallingSettings {
        calling: calling.is_on.unwrap_or(false),
        sip: sip.is_on.unwrap_or(false),
        server: own.server(calling).map(address),
        webhooks: sip.webhooks.unwrap_or(false),
        icon: calling.icon != Some(Icon::Hidden),
        countries: {
            let mut countries = calling.countries.clone().unwrap_or_default();
            countries.sort_unstable();
            countries.dedup();
            countries
        },
        callback: calling.callback.unwrap_or(false),
        srtp: match calling.key_exchange {
            Some(KeyExchange::Sdes) => Srtp::Sdes,
            Some(KeyExchange::Dtls | KeyExchange::Other(_)) | None => Srtp::Dtls,
        },
        pcma: codec("PCMA"),
        pcmu: codec("PCMU"),
        hours: calling.hours.as_ref().map(hours).unwrap_or_default(),
        voicemail: voicemail(calling),
    }
}

fn address(server: &Server) -> SipAddress {
    SipAddress {
        host: server.host.to_ascii_lowercase(),
        port: server.port.unwrap_or(super::form::PORT),
        params: server.params.clone(),
    }
}

fn hours(hours: &Hours) -> CallHours {
    let mut week: Vec<OpenSpan> = hours.week.iter().filter_map(opening).collect();
    week.sort_unstable();
    let holidays = hours.holidays.iter().filter_map(|one| {
        Some(ShutSpan {
            date: one.date.parse().ok()?,
            from: TimeOfDay::parse(&one.from)?,
            until: TimeOfDay::parse(&one.until)?,
        })
    });
    let mut holidays: Vec<ShutSpan> = holidays.collect();
    holidays.sort_unstable();
    CallHours {
        on: hours.is_on,
        timezone: hours.timezone.clone(),
        week,
        holidays,
    }
}

fn opening(opening: &Opening) -> Option<OpenSpan> {
    let day = serde_json::Value::String(opening.day.clone());
    Some(OpenSpan {
        day: serde_json::from_value(day).ok()?,
        from: TimeOfDay::parse(&opening.open)?,
        until: TimeOfDay::parse(&opening.close)?,
    })
}

fn voicemail(calling: &Calling) -> VoicemailSettings {
    let Some(found) = &calling.voicemail else {
        return VoicemailSettings::default();
    };
    let has = |word: &str| found.triggers.iter().any(|trigger| trigger == word);
    VoicemailSettings {
        on: found.is_on,
        on_reject: has("REJECT"),
        on_timeout: has("TIMEOUT"),
        seconds: found
            .seconds
            .and_then(|count| u8::try_from(count).ok())
            .unwrap_or_default(),
        announcement: found.announcement.clone().unwrap_or_default(),
    }
}

/// Settings as the form has them.
pub fn form_of(settings: &CallingSettings) -> CallingForm {
    let server = settings.server.as_ref();
    let params = server.map(|server| {
        let lines = server.params.iter();
        let lines = lines.map(|(name, value)| format!("{name}={value}"));
        lines.collect::<Vec<_>>().join("\n")
    });
    let voicemail = &settings.voicemail;
    CallingForm {
        calling: settings.calling,
        sip: settings.sip,
        host: server.map(|server| server.host.clone()).unwrap_or_default(),
        port: server
            .map(|server| server.port.to_string())
            .unwrap_or_default(),
        uri_params: params.unwrap_or_default(),
        webhooks: settings.webhooks,
        icon: settings.icon,
        countries: settings.countries.join(", "),
        callback: settings.callback,
        srtp: settings.srtp,
        pcma: settings.pcma,
        pcmu: settings.pcmu,
        hours: form_hours(&settings.hours),
        voicemail: Voicemail {
            on: voicemail.on,
            on_reject: voicemail.on_reject,
            on_timeout: voicemail.on_timeout,
            seconds: voicemail.seconds.to_string(),
            announcement: voicemail.announcement.clone(),
        },
        in_crm: false,
        crm_user: String::new(),
        unread: false,
    }
}

fn form_hours(hours: &CallHours) -> app::model::Hours {
    let day = |day: Weekday| {
        let spans = hours.week.iter().filter(|span| span.day == day);
        let spans = spans.map(|span| Span {
            from: span.from.to_string(),
            until: span.until.to_string(),
        });
        spans.collect::<Vec<_>>()
    };
    let holidays = hours.holidays.iter().map(|one| Holiday {
        date: one.date.to_string(),
        from: one.from.to_string(),
        until: one.until.to_string(),
    });
    app::model::Hours {
        on: hours.on,
        timezone: hours.timezone.clone(),
        week: Weekday::ALL.map(day).into(),
        holidays: holidays.collect(),
    }
}
