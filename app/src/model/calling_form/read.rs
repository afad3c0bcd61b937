//! The form out of what a browser sends, and what its small buttons do.

use super::{CallingForm, Holiday, Hours, Span, Srtp, Voicemail, Weekday};

/// Spans a day may have.
const SPANS: usize = 2;

impl Weekday {
    /// The beginning of its fields' names; what is wrong with the day stands under it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

impl Srtp {
    /// Its name in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sdes => "sdes",
            Self::Dtls => "dtls",
        }
    }
}

impl CallingForm {
    /// The most holidays there may be.
    pub const HOLIDAYS: usize = 20;

    /// The port that is meant when none is typed.
    pub const PORT: &'static str = "5061";

    /// The form out of its fields, whatever their order.
    pub fn read(fields: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned())
        };
        let text = |name: &str| get(name).unwrap_or_default();
        let ticked = |name: &str| get(name).is_some();
        let enabled = |name: &str| text(name) == "enabled";
        let day = |day: Weekday| {
            let spans = (1..=SPANS).map(|number| Span {
                from: text(&format!("{}_from_{number}", day.field())),
                until: text(&format!("{}_until_{number}", day.field())),
            });
            spans.collect()
        };
        let holidays = (1..=Self::HOLIDAYS).map_while(|number| {
            Some(Holiday {
                date: get(&format!("holiday_{number}_date"))?,
                from: text(&format!("holiday_{number}_from")),
                until: text(&format!("holiday_{number}_until")),
            })
        });
        Self {
            calling: enabled("calling"),
            sip: enabled("sip"),
            host: text("host"),
            port: text("port"),
            // Browsers send line ends as forms have them.
            uri_params: text("uri_params").replace("\r\n", "\n"),
            unread: ticked("unread"),
            webhooks: ticked("webhooks"),
            icon: ticked("icon"),
            countries: text("countries"),
            callback: ticked("callback"),
            srtp: if text("srtp") == Srtp::Dtls.as_str() {
                Srtp::Dtls
            } else {
                Srtp::Sdes
            },
            pcma: ticked("pcma"),
            pcmu: ticked("pcmu"),
            hours: Hours {
                on: ticked("hours"),
                timezone: text("timezone"),
                week: Weekday::ALL.into_iter().map(day).collect(),
                holidays: holidays.collect(),
            },
            voicemail: Voicemail {
                on: ticked("voicemail"),
                on_reject: ticked("on_reject"),
                on_timeout: ticked("on_timeout"),
                seconds: text("seconds"),
                announcement: text("announcement"),
            },
            in_crm: ticked("in_crm"),
            crm_user: text("crm_user"),
        }
    }

    /// The same as it is shown: with a port, seven days of two spans, and a holiday to type into.
    pub fn filled(mut self) -> Self {
        if self.port.is_empty() {
            Self::PORT.clone_into(&mut self.port);
        }
        self.hours.week.resize(Weekday::ALL.len(), Vec::new());
        for spans in &mut self.hours.week {
            spans.resize(SPANS, Span::default());
        }
        if self.hours.holidays.is_empty() {
            self.hours.holidays.push(Holiday::whole_day());
        }
        self
    }

    /// Does what a button inside the form asks for, as a browser without a script does it: `holiday`, or
    /// `drop-holiday-2`, counted from 1; anything else shows the form again.
    pub fn step(&mut self, step: &str) {
        let holidays = &mut self.hours.holidays;
        if step == "holiday" && holidays.len() < Self::HOLIDAYS {
            holidays.push(Holiday::whole_day());
        }
        let place = step.strip_prefix("drop-holiday-");
        let place = place.and_then(|place| place.parse::<usize>().ok()?.checked_sub(1));
        if let Some(place) = place.filter(|place| *place < holidays.len()) {
            holidays.remove(place);
        }
        if holidays.is_empty() {
            holidays.push(Holiday::whole_day());
        }
    }
}

impl Holiday {
    /// A row that is not used yet: most holidays are whole days.
    fn whole_day() -> Self {
        Self {
            date: String::new(),
            from: "00:00".to_owned(),
            until: "23:59".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> CallingForm {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        CallingForm::read(&fields.collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_ticked_is_off() {
        let form = read(&[
            ("calling", "enabled"),
            ("sip", "disabled"),
            ("host", " sip.example.kz "),
        ]);
        assert!(form.calling && !form.sip && !form.icon && !form.webhooks && !form.hours.on);
        assert_eq!(form.host, "sip.example.kz");
        assert_eq!(form.filled().port, "5061");
    }

    #[test]
    fn days_and_holidays_keep_their_places() {
        let form = read(&[
            ("hours", "true"),
            ("tuesday_from_2", "14:00"),
            ("tuesday_until_2", "18:00"),
            ("holiday_2_date", "2026-12-16"),
            ("holiday_1_date", ""),
        ]);
        let tuesday = form.hours.week.get(1).and_then(|day| day.get(1)).cloned();
        assert_eq!(
            tuesday.map(|span| (span.from, span.until)),
            Some(("14:00".into(), "18:00".into()))
        );
        let dates: Vec<_> = form
            .hours
            .holidays
            .iter()
            .map(|day| day.date.as_str())
            .collect();
        assert_eq!(dates, ["", "2026-12-16"]);
    }

    #[test]
    fn rows_come_and_go_and_one_stays() {
        let mut form = CallingForm::default().filled();
        form.step("holiday");
        assert_eq!(form.hours.holidays.len(), 2);
        for step in [
            "drop-holiday-2",
            "drop-holiday-1",
            "drop-holiday-0",
            "drop-holiday-x",
            "show",
        ] {
            form.step(step);
            assert_eq!(form.hours.holidays.len(), 1, "{step}");
        }
        for _ in 0..30 {
            form.step("holiday");
        }
        assert_eq!(form.hours.holidays.len(), CallingForm::HOLIDAYS);
    }

    #[test]
    fn what_is_shown_is_read_as_it_was() {
        let form = CallingForm::default().filled();
        assert_eq!(form.clone().filled(), form);
    }
}
