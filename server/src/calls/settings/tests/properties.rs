//! What holds for any settings and any text.

use super::*;
use proptest::prelude::*;

fn times() -> impl Strategy<Value = (TimeOfDay, TimeOfDay)> {
    (0_u16..1439).prop_flat_map(|from| {
        (Just(from), from + 1..1440).prop_map(|(from, until)| {
            (
                TimeOfDay::of_minutes(from).unwrap(),
                TimeOfDay::of_minutes(until).unwrap(),
            )
        })
    })
}

fn dates() -> impl Strategy<Value = Date> {
    (2027_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn hours() -> impl Strategy<Value = CallHours> {
    let week = prop::collection::btree_map(0_usize..7, times(), 1..8);
    let holidays = prop::collection::btree_map(dates(), times(), 0..20);
    let zones = prop::sample::select(vec![
        "Asia/Almaty",
        "Europe/Moscow",
        "America/New_York",
        "UTC",
    ]);
    (any::<bool>(), week, holidays, zones).prop_map(|(on, week, holidays, zone)| CallHours {
        on,
        timezone: zone.to_owned(),
        week: week
            .into_iter()
            .map(|(day, (from, until))| OpenSpan {
                day: Weekday::ALL[day],
                from,
                until,
            })
            .collect(),
        holidays: holidays
            .into_iter()
            .map(|(date, (from, until))| ShutSpan { date, from, until })
            .collect(),
    })
}

prop_compose! {
    fn settings()(
        flags in prop::array::uniform8(any::<bool>()),
        server in prop::option::of(("[a-z]{1,10}\\.example\\.kz", 1_u16.., prop::collection::btree_map("[a-z]{1,8}", "[A-Za-z0-9.]{1,12}", 0..3))),
        countries in prop::collection::btree_set(prop::sample::select(vec!["KZ", "RU", "DE", "BR"]), 0..4),
        hours in hours(),
        mail in (any::<bool>(), any::<bool>(), any::<bool>(), 0_u8..=30, "[0-9]{0,12}"),
        sdes in any::<bool>(),
    ) -> CallingSettings {
        let [calling, sip, webhooks, icon, callback, pcma, pcmu, _] = flags;
        let (on, on_reject, on_timeout, seconds, announcement) = mail;
        let countries: BTreeSet<&str> = countries;
        CallingSettings {
            calling,
            sip: sip && server.is_some(),
            server: server.map(|(host, port, params): (String, u16, BTreeMap<String, String>)| SipAddress { host, port, params }),
            webhooks, icon,
            countries: countries.into_iter().map(str::to_owned).collect(),
            callback, pcma, pcmu,
            srtp: if sdes { Srtp::Sdes } else { Srtp::Dtls },
            hours,
            voicemail: VoicemailSettings { on, on_reject: on_reject || !on_timeout, on_timeout, seconds, announcement },
        }
    }
}

proptest! {
    #[test]
    fn a_meta_that_keeps_what_is_written_differs_in_nothing(settings in settings(), before in settings()) {
        let before = Calling::read(&payload(&before, &Calling::default()));
        let echo = Calling::read(&payload(&settings, &before));
        prop_assert_eq!(differences(&settings, &echo, None, NOW), vec![]);
    }

    #[test]
    fn what_is_kept_is_read_again(settings in settings()) {
        let text = serde_json::to_string(&settings).unwrap();
        prop_assert_eq!(serde_json::from_str::<CallingSettings>(&text).unwrap(), settings);
    }

    #[test]
    fn a_form_that_is_shown_can_be_saved(settings in settings()) {
        let again = form_check(&form_of(&settings), NOW).unwrap().settings;
        prop_assert_eq!(again, settings);
    }

    #[test]
    fn hours_and_holidays_come_back_from_meta(hours in hours()) {
        let settings = CallingSettings { hours: CallHours { on: true, ..hours }, icon: true, ..CallingSettings::default() };
        let echo = Calling::read(&payload(&settings, &Calling::default()));
        let found = settings_of(&echo, Own::default());
        prop_assert_eq!(&found.hours, &settings.hours);
        let shown = form_of(&found);
        prop_assert_eq!(form_check(&shown, NOW).unwrap().settings.hours, settings.hours);
    }

    #[test]
    fn times_are_read_as_they_are_written(minutes in 0_u16..1440) {
        let time = TimeOfDay::of_minutes(minutes).unwrap();
        prop_assert_eq!(TimeOfDay::parse(&time.to_string()), Some(time));
        prop_assert_eq!(TimeOfDay::parse(&time.metas()), Some(time));
    }

    #[test]
    fn no_text_breaks_the_form(text in "\\PC{0,30}") {
        let mut form = form();
        form.host.clone_from(&text);
        form.port.clone_from(&text);
        form.uri_params.clone_from(&text);
        form.countries.clone_from(&text);
        form.hours.timezone.clone_from(&text);
        form.hours.week = vec![vec![span(&text, &text)]];
        form.hours.holidays = vec![Holiday { date: text.clone(), from: text.clone(), until: text.clone() }];
        form.voicemail.seconds = text;
        let _ = form_check(&form, NOW);
    }
}
