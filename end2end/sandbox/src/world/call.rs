//! Calls on WhatsApp, and who may be called.

use crate::words::now;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Who began a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Caller {
    Customer,
    Business,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallEnd {
    Answered,
    Missed,
    Declined,
    Failed,
}

/// One call.
#[derive(Debug, Clone, Serialize)]
pub struct PhoneCall {
    /// `wacid.` and base64.
    pub id: String,
    pub phone_id: String,
    pub customer: String,
    pub caller: Caller,
    pub at: i64,
    /// None while it rings.
    pub end: Option<CallEnd>,
    /// Seconds people talked.
    pub seconds: i64,
    /// The payload of the button that was pressed.
    pub payload: Option<String>,
}

/// A customer's leave to be called by a business number.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Leave {
    pub permanent: bool,
    /// Unix seconds; 0 where there is no temporary leave.
    pub until: i64,
    /// When it was asked for, newest last; forgotten when a call is answered.
    pub asked: Vec<i64>,
    /// When calls of the business were answered.
    pub connected: Vec<i64>,
    /// Calls of the business in a row that were not.
    pub unanswered: u32,
}

const DAY: i64 = 86_400;

impl Leave {
    /// Meta's word for it.
    pub fn status(&self) -> &'static str {
        match (self.permanent, self.until > now()) {
            (true, _) => "permanent",
            (false, true) => "temporary",
            (false, false) => "no_permission",
        }
    }

    /// The customer agreed, for seven days or for good.
    pub fn give(&mut self, permanent: bool) {
        self.permanent = permanent;
        self.until = if permanent { 0 } else { now() + 7 * DAY };
        self.unanswered = 0;
    }

    /// The customer refused, or took it back.
    pub fn take(&mut self) {
        self.permanent = false;
        self.until = 0;
    }

    /// A call of the business ended; four in a row that nobody answered end the leave.
    pub fn called(&mut self, answered: bool) {
        if answered {
            self.asked.clear();
            self.unanswered = 0;
            self.connected.push(now());
            return;
        }
        self.unanswered += 1;
        if self.unanswered >= 4 {
            self.take();
        }
    }

    fn since(times: &[i64], seconds: i64) -> Vec<i64> {
        let from = now() - seconds;
        times.iter().copied().filter(|at| *at > from).collect()
    }

    /// Another request may be sent: one a day, two a week.
    pub fn may_ask(&self) -> bool {
        Self::since(&self.asked, DAY).is_empty() && Self::since(&self.asked, 7 * DAY).len() < 2
    }

    /// The answer of `GET /{phone_id}/call_permissions`.
    pub fn shown(&self) -> Value {
        let mut permission = json!({ "status": self.status() });
        if let Some(map) = permission.as_object_mut()
            && self.status() == "temporary"
        {
            map.insert("expiration_time".to_string(), json!(self.until));
        }
        let limit = |period: &str, most: usize, used: &[i64], seconds: i64| {
            let mut out =
                json!({ "time_period": period, "max_allowed": most, "current_usage": used.len() });
            if let (Some(map), Some(first), true) =
                (out.as_object_mut(), used.first(), used.len() >= most)
            {
                map.insert("limit_expiration_time".to_string(), json!(first + seconds));
            }
            out
        };
        let (day, week) = (
            Self::since(&self.asked, DAY),
            Self::since(&self.asked, 7 * DAY),
        );
        let calls = Self::since(&self.connected, DAY);
        json!({
            "messaging_product": "whatsapp",
            "permission": permission,
            "actions": [
                {
                    "action_name": "send_call_permission_request",
                    "can_perform_action": self.may_ask() && !self.permanent,
                    "limits": [limit("PT24H", 1, &day, DAY), limit("P7D", 2, &week, 7 * DAY)],
                },
                {
                    "action_name": "start_call",
                    "can_perform_action": self.status() != "no_permission" && calls.len() < 100,
                    "limits": [limit("PT24H", 100, &calls, DAY)],
                },
            ],
        })
    }
}
