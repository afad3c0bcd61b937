//! Every server function with what it is asked and what each caller is answered. A new function needs a row here.

use super::row::{Ask, Fields, Row};
use super::things::Things;
use serde_json::{Value, json};

fn nothing(_: &Things) -> Value {
    json!({})
}

fn none(_: &Things) -> Fields {
    Vec::new()
}

fn list(sort: &str, filter: Value) -> Value {
    let sort = json!({ "by": sort, "descending": false });
    json!({ "query": { "page": 1, "per_page": 100, "search": "", "sort": sort, "filter": filter } })
}

macro_rules! id {
    ($field:ident) => {
        Ask::Json(|things| json!({ "id": things.$field }))
    };
}

macro_rules! id_form {
    ($field:ident $(, $name:literal = $value:expr)*) => {
        Ask::Form(|things| vec![("id", things.$field.clone()) $(, ($name, String::from($value)))*])
    };
}

/// All of them, each before what takes its things away.
pub fn table() -> Vec<Row> {
    let mut rows = looking();
    rows.extend(changing());
    rows.extend(removing());
    rows.extend(ways());
    rows
}

fn looking() -> Vec<Row> {
    use Ask::Json;
    vec![
        Row::common("caller", Json(nothing)),
        Row::common("overview", Json(nothing)).unframed(),
        Row::common("traffic", Json(nothing)).unframed(),
        Row::common("account", Json(nothing)).unframed(),
        Row::admins("people", Json(|_| list("email", json!({})))),
        Row::admins("person", id!(person)),
        Row::common("phones", Json(|_| list("phone", json!({ "link": "all" })))),
        Row::owned("phone", id!(phone)),
        Row::common("phone_choices", Json(nothing)),
        Row::owned("phone_loss", id!(phone)),
        Row::owned("phone_lines", id!(phone)).own(503).admin(503),
        // A line is of the portal around the page: there is none but in a frame, and there it is one's own.
        Row {
            frame: 200,
            ..Row::owned("line_page", Json(|things| json!({ "line": things.line })))
        }
        .own(404)
        .admin(404),
        Row::owned("calling", id!(phone)),
        Row::owned("calling_read", id!(phone)),
        Row::owned("calling_brief", id!(phone)),
        Row::owned("calling_password", id!(phone)),
        Row::owned("calling_history", id!(phone)),
        Row::owned("calling_why", id!(phone)),
        Row::owned(
            "calling_setup",
            Json(|things| json!({ "id": things.phone, "pbx": "asterisk" })),
        ),
        Row::common(
            "calls",
            Json(|_| list("started", json!({ "direction": null, "outcome": null }))),
        ),
        Row::common(
            "call_permissions",
            Json(|_| list("changed", json!({ "status": null }))),
        ),
        Row::common("portals", Json(|_| list("name", json!({})))),
        Row::owned("portal", id!(portal)),
        Row::common("portal_values", Json(nothing)),
        Row::common("wabas", Json(|_| list("name", json!({})))),
        Row::owned("waba", id!(waba)),
        Row::owned("waba_belongings", id!(waba)),
        Row::owned(
            "templates",
            Json(|things| {
                let filter = json!({ "status": "all", "category": null, "language": "" });
                let mut asked = list("name", filter);
                asked["waba"] = things.waba.clone().into();
                asked
            }),
        ),
        Row::owned("template", id!(template)),
        Row::owned(
            "template_start",
            Json(|things| json!({ "waba": things.waba })),
        ),
        Row::common(
            "interactives",
            Json(|_| list("name", json!({ "kind": null }))),
        ),
        Row::owned("interactive", id!(interactive)),
        Row::owned("interactive_start", id!(interactive)),
        Row::common("waba_setup", Json(nothing)),
        Row::common("waba_owners", Json(nothing)),
        // A login is the person's who began it, whatever others are.
        Row::owned("login", id!(login))
            .others(410)
            .admin(410)
            .unframed(),
        Row::admins("meta_app", Json(nothing)),
        Row::common(
            "deliveries",
            Json(|_| list("created", json!({ "state": "all", "direction": null }))),
        )
        .unframed(),
        Row::owned("delivery", id!(delivery)).unframed(),
        Row::common("delivery_places", Json(nothing)).unframed(),
        Row::common("causes", Json(|_| list("total", json!({ "cause": null })))).unframed(),
        // What waits died of nothing.
        Row::owned("cause", Json(cause))
            .own(404)
            .admin(404)
            .unframed(),
        Row::common("destinations", Json(|_| list("trouble", json!({})))).unframed(),
        Row::owned("destination", id!(destination)).unframed(),
    ]
}

fn changing() -> Vec<Row> {
    use Ask::Form;
    vec![
        Row::common("key_rotate", Form(none)).unframed(),
        Row::common("key_old_off", Form(none)).unframed(),
        Row::owned(
            "phone_save",
            Form(|things| phone_form(things, &things.phone)),
        )
        .others(422),
        Row::owned("phone_check", id_form!(phone)),
        Row::owned("phone_link", id_form!(phone)),
        // Meta is away, as in every walk.
        Row::owned("phone_register", id_form!(phone, "pin" = "123456"))
            .own(503)
            .admin(503),
        Row::owned("calling_check", id_form!(phone)),
        // Nothing is saved.
        Row::owned("calling_settle", id_form!(phone, "side" = "ours"))
            .own(404)
            .admin(404),
        // Meta is away.
        Row::owned("calling_rotate", id_form!(phone))
            .own(503)
            .admin(503),
        // No server is typed and none is saved.
        Row::owned("calling_trunk", id_form!(phone))
            .own(422)
            .admin(422),
        // There is none.
        Row::owned(
            "call_permission_ask",
            Form(|_| vec![("id", format!("perm_{:032x}", 7))]),
        )
        .own(404)
        .admin(404),
        Row::owned("portal_save", Form(portal_form)),
        Row::owned("portal_check", id_form!(portal)),
        // Whoever names another as its owner keeps it themselves, but for an admin.
        Row::common("waba_add", Form(waba_form)),
        Row::owned("waba_edit", id_form!(waba, "name" = "Renamed")),
        Row::owned("waba_check", id_form!(waba)),
        Row::owned(
            "template_sync",
            Form(|things| vec![("waba", things.waba.clone())]),
        ),
        Row::owned("template_offer", id_form!(template, "offered" = "true")),
        Row::owned(
            "template_choose",
            Form(|things| {
                vec![
                    ("id", things.template.clone()),
                    ("phone", things.phone.clone()),
                    ("chosen", "true".into()),
                ]
            }),
        ),
        Row::owned("template_seen", id_form!(template)),
        Row::owned("login_read", id_form!(login_again))
            .others(410)
            .admin(410)
            .unframed(),
        Row::owned("login_connect", Form(login_form))
            .others(410)
            .admin(410)
            .unframed(),
        // It is no dead letter: nothing happens to it.
        Row::owned("delivery_replay", id_form!(delivery)).unframed(),
        Row::owned("delivery_discard", id_form!(delivery, "reason" = "old")).unframed(),
        Row::owned(
            "cause_act",
            Form(|things| {
                vec![
                    ("owner", things.person.clone()),
                    ("destination", things.destination.clone()),
                    ("act", "replay_all".into()),
                ]
            }),
        )
        .unframed(),
        Row::owned(
            "destination_step",
            id_form!(destination, "step" = "hold", "reason" = "moving"),
        )
        .unframed(),
        Row::admins(
            "meta_app_save",
            Form(|_| vec![("app_id", "4401".into()), ("app_secret", "another".into())]),
        ),
        Row::admins(
            "person_add",
            Form(|_| {
                vec![
                    ("email", "new@example.com".into()),
                    ("password", "a password for walking".into()),
                    ("role", "user".into()),
                ]
            }),
        ),
        Row::admins("person_edit", id_form!(person, "role" = "user")),
        // A right password would end the session the walk goes on with.
        Row::common(
            "password_change",
            Form(|_| {
                vec![
                    ("current", "not the password".into()),
                    ("password", "another long password".into()),
                ]
            }),
        )
        .own(422)
        .others(422)
        .admin(422)
        .unframed(),
    ]
}

fn removing() -> Vec<Row> {
    use Ask::Form;
    vec![
        Row::owned(
            "phone_delete",
            Form(|things| {
                vec![
                    ("id", things.phone.clone()),
                    ("typed", things.number.clone()),
                ]
            }),
        ),
        // It goes with its portal.
        Row::owned("interactive_delete", id_form!(interactive)),
        Row::owned("portal_delete", id_form!(portal)).unframed(),
        // Meta is away: it stays.
        Row::owned(
            "template_delete",
            Form(|things| {
                vec![
                    ("id", things.template.clone()),
                    ("typed", things.template_name.clone()),
                ]
            }),
        )
        .own(503)
        .admin(503),
        // It was renamed on the way.
        Row::owned("waba_delete", id_form!(waba, "typed" = "Renamed")),
        Row::admins("person_delete", id_form!(spare)),
    ]
}

/// The ways in and out, and what a visitor prefers. They come last: they end sessions.
fn ways() -> Vec<Row> {
    use Ask::{Form, Json};
    vec![
        Row::open(
            "language",
            Form(|_| vec![("language", "ru".into()), ("back", "/".into())]),
            200,
        ),
        Row::open(
            "theme",
            Form(|_| vec![("theme", "dark".into()), ("back", "/".into())]),
            200,
        ),
        Row::open("setup_pending", Json(|_| json!({ "token": "old" })), 200),
        Row::open(
            "setup_finish",
            Form(|_| {
                vec![
                    ("token", "old".into()),
                    ("email", "new@example.com".into()),
                    ("password", "a password for walking".into()),
                ]
            }),
            410,
        ),
        Row::open(
            "sign_in",
            Form(|_| {
                vec![
                    ("email", "nobody@example.com".into()),
                    ("password", "a password for walking".into()),
                ]
            }),
            422,
        ),
        Row::common("sign_out_everywhere", Form(none)).unframed(),
        Row::open("sign_out", Form(none), 200),
    ]
}

/// A cause of the owner's: their destination, without code and words.
fn cause(things: &Things) -> Value {
    let cause = json!({
        "owner": things.person, "destination": things.destination, "code": "", "words": "",
    });
    list("total", json!({ "cause": cause }))
}

/// A phone as its form has it, with this id.
pub fn phone_form(things: &Things, id: &str) -> Fields {
    vec![
        ("id", id.to_owned()),
        ("waba", things.waba.clone()),
        ("phone", things.number.clone()),
        ("phone_id", things.phone_id.clone()),
        ("portal", things.portal.clone()),
    ]
}

fn portal_form(things: &Things) -> Fields {
    vec![
        ("id", things.portal.clone()),
        ("name", "Renamed".into()),
        ("client_id", things.client_id.clone()),
    ]
}

fn waba_form(things: &Things) -> Fields {
    vec![
        ("access_token", "typed".into()),
        ("name", "Typed".into()),
        ("waba_id", "77700077".into()),
        ("owner", things.person.clone()),
    ]
}

fn login_form(things: &Things) -> Fields {
    let n = things.line;
    vec![
        ("id", things.login.clone()),
        ("wabas[0]", format!("{n}00555000")),
        ("numbers[0]", format!("{n}00555111")),
    ]
}
