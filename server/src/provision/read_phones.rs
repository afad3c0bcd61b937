//! Reads `[[phone]]`.

use super::entries::{Line, Phone, Setup, Spot};
use super::fields::Take;
use super::read_people::email;
use super::shapes;

pub(super) fn phone_read(take: &mut Take<'_>, setup: &mut Setup) {
    take.needed(&["owner", "phone", "phone_id", "waba"]);
    let owner = email(take, "owner");
    let phone = take.parsed("phone", shapes::phone);
    let phone_id = take.parsed("phone_id", shapes::foreign_id);
    let waba = take.parsed("waba", shapes::foreign_id);
    let portal = take.parsed("portal", shapes::foreign_id);
    let line = line_read(take);
    let sms_service = take.flag("sms_service");
    let (Some(owner), Some(phone), Some(phone_id), Some(waba)) = (owner, phone, phone_id, waba)
    else {
        return;
    };
    for (key, at, value, twice) in [
        (
            "phone_id",
            phone_id.at,
            &phone_id.value,
            setup
                .phones
                .iter()
                .any(|other| other.phone_id.value == phone_id.value),
        ),
        (
            "phone",
            phone.at,
            &phone.value,
            setup.phones.iter().any(|other| other.phone == phone.value),
        ),
    ] {
        if twice {
            take.fault(at, key, format!("\"{value}\" is there twice"));
        }
    }
    setup.phones.push(Phone {
        owner,
        phone: phone.value,
        phone_id,
        waba,
        portal,
        line,
        sms_service,
    });
}

/// A line and its connector: both or none.
fn line_read(take: &mut Take<'_>) -> Option<Spot<Line>> {
    let line_id = take.integer("line_id");
    let connector = take.parsed("connector", shapes::connector);
    for (key, other) in [("line_id", "connector"), ("connector", "line_id")] {
        if let (Some(field), None) = (take.entry.fields.get(key), take.entry.fields.get(other)) {
            take.fault(field.at, key, format!("comes together with {other}"));
        }
    }
    let line_id = line_id?;
    if line_id.value < 1 {
        let what = format!("{}: a line's number is greater than zero", line_id.value);
        take.fault(line_id.at, "line_id", what);
        return None;
    }
    Some(Spot {
        at: line_id.at,
        value: Line {
            line_id: line_id.value,
            connector: connector?.value,
        },
    })
}
