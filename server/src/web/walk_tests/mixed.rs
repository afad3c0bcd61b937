//! One's own things mixed with another's: nothing of the other is bound, moved or told.

use super::answer::Seat;
use super::table::phone_form;
use super::things::Things;
use super::world::World;
use crate::store::testing::engines;

/// A mixture: what is sent, and the status and words of the refusal.
struct Mixture {
    function: &'static str,
    fields: Vec<(&'static str, String)>,
    status: u16,
    code: &'static str,
}

/// A phone's form with some fields changed.
fn phone(things: &Things, changes: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut fields = phone_form(things, &things.phone);
    for (name, value) in changes {
        for field in fields.iter_mut().filter(|field| field.0 == *name) {
            field.1 = (*value).to_owned();
        }
    }
    fields
}

fn mixtures(mine: &Things, theirs: &Things) -> Vec<Mixture> {
    let saved = |changes: &[(&'static str, &str)], status, code| Mixture {
        function: "phone_save",
        fields: phone(mine, changes),
        status,
        code,
    };
    let linked = |id: &str, line: i64, status, code| Mixture {
        function: "phone_link",
        fields: vec![("id", id.to_owned()), ("line", line.to_string())],
        status,
        code,
    };
    vec![
        saved(&[("waba", &theirs.waba)], 422, "not_chosen"),
        saved(&[("portal", &theirs.portal)], 422, "not_chosen"),
        saved(&[("id", &theirs.phone)], 404, "not_found"),
        saved(
            &[("id", ""), ("phone_id", &theirs.phone_id)],
            409,
            "phone_taken",
        ),
        saved(&[("phone_id", &theirs.phone_id)], 409, "phone_taken"),
        linked(&theirs.phone, mine.line, 404, "not_found"),
        linked(&theirs.phone, theirs.line, 404, "not_found"),
        Mixture {
            function: "portal_save",
            fields: vec![
                ("id", mine.portal.clone()),
                ("client_id", theirs.client_id.clone()),
            ],
            status: 409,
            code: "client_taken",
        },
        Mixture {
            function: "portal_save",
            fields: vec![
                ("client_id", theirs.client_id.clone()),
                ("owner", theirs.person.clone()),
            ],
            status: 409,
            code: "client_taken",
        },
    ]
}

#[tokio::test]
async fn own_and_foreign_things_do_not_mix() {
    for test in engines().await {
        let world = World::of(&test).await;
        let (mine, theirs) = (&world.ben, &world.ann);
        let before = test.rows_naming(&theirs.keys).await;
        for seat in [world.seat("ben").await, Seat::Frame(mine.frame.clone())] {
            for mixture in mixtures(mine, theirs) {
                let path = format!("/api/panel/{}", mixture.function);
                let asked = format!("{:?}", mixture.fields);
                let answer = world.send(seat.form(&path, &mixture.fields)).await;
                let what = format!("{path} {asked} on {}: {}", test.engine, answer.body);
                if answer.status != 403 || matches!(seat, Seat::Session(_)) {
                    assert_eq!(answer.status, mixture.status, "{what}");
                    assert!(answer.body.contains(mixture.code), "{what}");
                }
                answer.tells_nothing_of(theirs, &asked, &what);
            }
            // The number of a line is no secret: on one's own portal it is one's own line.
            let fields = [
                ("id", mine.phone.clone()),
                ("line", theirs.line.to_string()),
            ];
            let answer = world
                .send(seat.form("/api/panel/phone_link", &fields))
                .await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        assert_eq!(
            test.rows_naming(&theirs.keys).await,
            before,
            "{}",
            test.engine
        );
    }
}

#[tokio::test]
async fn an_admin_does_not_mix_two_owners() {
    for test in engines().await {
        let world = World::of(&test).await;
        let seat = world.seat("root").await;
        let fields = phone(&world.ben, &[("portal", &world.ann.portal)]);
        let answer = world
            .send(seat.form("/api/panel/phone_save", &fields))
            .await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(answer.body.contains("portal_foreign"));
    }
}

/// A word of another version's, or of nobody's, is not taken for the next best.
#[tokio::test]
async fn an_act_that_nobody_knows_does_nothing() {
    for test in engines().await {
        let world = World::of(&test).await;
        let ben = &world.ben;
        let before = test.rows_naming(&ben.keys).await;
        for act in ["", "replays", "bury_all"] {
            let fields = [
                ("owner", ben.person.clone()),
                ("destination", ben.destination.clone()),
                ("reason", "old".to_owned()),
                ("act", act.to_owned()),
                ("ids[0]", ben.delivery.clone()),
            ];
            let seat = world.seat("ben").await;
            let answer = world.send(seat.form("/api/panel/cause_act", &fields)).await;
            assert_eq!(answer.status, 400, "{act} on {}", test.engine);
        }
        let after = test.rows_naming(&ben.keys).await;
        let queue = |rows: &[String]| -> Vec<String> {
            let ours = rows.iter().filter(|row| !row.starts_with("session"));
            ours.cloned().collect()
        };
        assert_eq!(queue(&after), queue(&before), "{}", test.engine);
    }
}
