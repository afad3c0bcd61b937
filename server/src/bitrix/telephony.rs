//! Calls in a portal's telephony: found in the CRM, registered, shown, finished.
//!
//! Source: "telephony.externalCall" of the Bitrix24 REST documentation; the scope is `telephony`. A call
//! registered again within 30 minutes with the same number, type, user, line and id is the same call.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::call_error::CallError;
use crate::outside::loose;

/// Finds whom a number belongs to in the CRM.
pub const SEARCH: &str = "telephony.externalCall.searchCrmEntities";

/// Makes a call known.
pub const REGISTER: &str = "telephony.externalCall.register";

/// Notes how a call ended.
pub const FINISH: &str = "telephony.externalCall.finish";

/// An entity of the CRM and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmEntity {
    /// `CONTACT`, `COMPANY` or `LEAD`.
    pub kind: String,
    /// Its id.
    pub id: i64,
    /// The user who answers for it.
    pub user: Option<i64>,
}

/// A call about to be made known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration<'a> {
    /// Who is shown it.
    pub user: i64,
    /// The customer's number with `+`.
    pub number: &'a str,
    /// A customer calls.
    pub incoming: bool,
    /// When it began, unix seconds.
    pub at: i64,
    /// Meta's id of it.
    pub id: &'a str,
    /// The business number with `+`.
    pub line: &'a str,
    /// It rings now.
    pub show: bool,
    /// Whom it is with.
    pub entity: Option<&'a CrmEntity>,
}

impl Registration<'_> {
    /// The parameters. A customer nobody knows is made known to the CRM when they call.
    pub fn params(&self) -> Value {
        let mut params = json!({
            "USER_ID": self.user,
            "PHONE_NUMBER": self.number,
            "TYPE": if self.incoming { 2 } else { 1 },
            "CALL_START_DATE": instant(self.at),
            "EXTERNAL_CALL_ID": self.id,
            "LINE_NUMBER": self.line,
            "SHOW": u8::from(self.show),
            "CRM_CREATE": u8::from(self.incoming && self.entity.is_none()),
        });
        if let (Some(entity), Some(map)) = (self.entity, params.as_object_mut()) {
            map.insert("CRM_ENTITY_TYPE".to_owned(), json!(entity.kind));
            map.insert("CRM_ENTITY_ID".to_owned(), json!(entity.id));
        }
        params
    }
}

/// `2026-11-27T10:00:00+00:00`
fn instant(at: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
}

/// The first entity of an answer for which somebody answers, else the first of all.
pub fn entity_read(result: &Value) -> Option<CrmEntity> {
    let entities: Vec<CrmEntity> = loose::items(result)
        .into_iter()
        .filter_map(entity)
        .collect();
    let answered = entities.iter().find(|entity| entity.user.is_some());
    answered.or(entities.first()).cloned()
}

fn entity(item: &Value) -> Option<CrmEntity> {
    let number = |value: &Value, key: &str| {
        let found = loose::field_any_case(value, key).and_then(loose::as_integer);
        found.filter(|id| *id > 0)
    };
    let assigned = loose::field_any_case(item, "ASSIGNED_BY").and_then(|by| number(by, "ID"));
    Some(CrmEntity {
        kind: loose::filled_any_case(item, "CRM_ENTITY_TYPE")?,
        id: number(item, "CRM_ENTITY_ID")?,
        user: number(item, "ASSIGNED_BY_ID").or(assigned),
    })
}

/// The portal's id of a call that was registered.
pub fn registered_read(result: &Value) -> Result<String, CallError> {
    loose::filled_any_case(result, "CALL_ID").ok_or_else(|| CallError::Refused {
        http: 200,
        code: "NO_CALL_ID".to_owned(),
        description: "the portal registered a call and gave it no id".to_owned(),
    })
}

/// What is told at a call's end. `why` only where it failed.
pub fn finish_params(
    call: &str,
    user: i64,
    seconds: i64,
    status: &str,
    why: Option<&str>,
) -> Value {
    let mut params = json!({
        "CALL_ID": call, "USER_ID": user, "DURATION": seconds, "STATUS_CODE": status,
    });
    if let (Some(why), Some(map)) = (why, params.as_object_mut()) {
        map.insert("FAILED_REASON".to_owned(), json!(why));
    }
    params
}

/// The user works there no more: another may be shown the call.
pub fn is_user_gone(error: &CallError) -> bool {
    says(error, "user is not found") || says(error, "not active")
}

/// The portal knows no such open call, as when it was finished before.
pub fn is_call_gone(error: &CallError) -> bool {
    says(error, "call is not found")
}

fn says(error: &CallError, words: &str) -> bool {
    matches!(error, CallError::Refused { description, .. } if description.to_lowercase().contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_says_what_the_portal_asks_for() {
        let entity = CrmEntity {
            kind: "CONTACT".to_owned(),
            id: 5,
            user: Some(7),
        };
        let mut call = Registration {
            user: 7,
            number: "+77015550101",
            incoming: true,
            at: 1_785_312_300,
            id: "wacid.1",
            line: "+77272000111",
            show: true,
            entity: Some(&entity),
        };
        let params = call.params();
        assert_eq!(params["CALL_START_DATE"], "2026-07-29T08:05:00+00:00");
        assert_eq!(
            (&params["TYPE"], &params["CRM_CREATE"]),
            (&json!(2), &json!(0))
        );
        assert_eq!(params["CRM_ENTITY_ID"], 5);
        call.entity = None;
        assert_eq!(call.params()["CRM_CREATE"], 1);
        call.incoming = false;
        assert_eq!(call.params()["CRM_CREATE"], 0);
    }

    #[test]
    fn whoever_answers_for_a_customer_is_found_in_every_shape() {
        let list = json!([
            {"CRM_ENTITY_TYPE": "LEAD", "CRM_ENTITY_ID": "3"},
            {"CRM_ENTITY_TYPE": "CONTACT", "CRM_ENTITY_ID": 9, "ASSIGNED_BY": {"ID": "27"}},
        ]);
        let found = entity_read(&list).unwrap();
        assert_eq!(
            (found.kind.as_str(), found.id, found.user),
            ("CONTACT", 9, Some(27))
        );
        for none in [json!([]), json!(null), json!([{"ID": 1}])] {
            assert_eq!(entity_read(&none), None);
        }
    }
}
