use std::time::{SystemTime, UNIX_EPOCH};

use app::model::{
    Attempt, Connection, DeliveryDetail, DeliveryError, DeliveryFilter, DeliveryId, DeliveryRow,
    DeliveryState, Direction, Held, HeldReason, LinkFilter, LinkState, Moment, Overview, PageQuery,
    PhoneFilter, PhoneId, PhoneRow, Proof, Queue, Subject, Today, Verdict,
};
use uuid::Uuid;

fn ago(seconds: i64) -> Moment {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment(now.as_millis() as i64 - seconds * 1000)
}

fn connection(
    subject: Subject,
    name: &str,
    verdict: Verdict,
    proof: Proof,
    at: Option<i64>,
) -> Connection {
    Connection {
        subject,
        name: name.to_owned(),
        verdict,
        proof,
        at: at.map(ago),
    }
}

pub fn no_overview() -> Overview {
    Overview {
        wabas: 0,
        phones: 0,
        portals: 0,
        connections: Vec::new(),
        more: 0,
        today: Today::default(),
        queue: Queue::default(),
        held: None,
        last_meta_at: None,
        last_bitrix_at: None,
    }
}

pub fn overview() -> Overview {
    let reason = "ERROR_ARGUMENT: connector is not registered on this line".to_owned();
    Overview {
        wabas: 2,
        phones: 5,
        portals: 2,
        connections: vec![
            connection(
                Subject::Phone,
                "+7 727 310 44 02",
                Verdict::Failed,
                Proof::ConnectorFailed { reason },
                Some(190),
            ),
            connection(
                Subject::Phone,
                "+49 30 5683 7010",
                Verdict::Attention,
                Proof::NotLinked,
                None,
            ),
            connection(
                Subject::Portal,
                "nordwind.bitrix24.de",
                Verdict::Unknown,
                Proof::PortalUnchecked,
                None,
            ),
            connection(
                Subject::Phone,
                "+7 727 310 44 01",
                Verdict::Ok,
                Proof::ConnectorActive { line: 17 },
                Some(120),
            ),
            connection(
                Subject::Phone,
                "+7 727 310 44 00",
                Verdict::Ok,
                Proof::ConnectorActive { line: 16 },
                Some(120),
            ),
            connection(
                Subject::Portal,
                "almaty-trade.bitrix24.kz",
                Verdict::Ok,
                Proof::PortalAnswers,
                Some(40),
            ),
            connection(
                Subject::Waba,
                "Almaty Trade",
                Verdict::Ok,
                Proof::WebhookSeen,
                Some(12),
            ),
        ],
        more: 2,
        today: Today {
            inbound: 1284,
            outbound: 967,
            failed: 3,
        },
        queue: Queue {
            waiting: 14,
            unknown: 2,
            dead: 5,
            oldest_waiting_at: Some(ago(260)),
        },
        held: Some(Held {
            count: 3,
            reason: HeldReason::NobodyOwnsIt,
        }),
        last_meta_at: Some(ago(12)),
        last_bitrix_at: Some(ago(41)),
    }
}

pub fn phones() -> Vec<PhoneRow> {
    let row = |n: u128,
               phone: &str,
               waba: &str,
               portal: Option<&str>,
               line,
               sms,
               link,
               checked: Option<i64>| PhoneRow {
        id: PhoneId::new(Uuid::from_u128(n)),
        phone: phone.to_owned(),
        phone_id: format!("10633{:010}", 17_171_717 * n),
        waba_name: waba.to_owned(),
        portal: portal.map(str::to_owned),
        line_id: line,
        connector: line.map(|_: i64| "thoth_whatsapp".to_owned()),
        sms_service: sms,
        link,
        checked_at: checked.map(ago),
    };
    let almaty = Some("almaty-trade.bitrix24.kz");
    let berlin = Some("nordwind.bitrix24.de");
    let reason = "ERROR_ARGUMENT: connector is not registered on this line".to_owned();
    vec![
        row(
            1,
            "+77273104400",
            "Almaty Trade",
            almaty,
            Some(16),
            true,
            LinkState::Linked,
            Some(120),
        ),
        row(
            2,
            "+77273104401",
            "Almaty Trade",
            almaty,
            Some(17),
            false,
            LinkState::Linked,
            Some(120),
        ),
        row(
            3,
            "+77273104402",
            "Almaty Trade",
            almaty,
            Some(18),
            false,
            LinkState::Failed(reason),
            Some(190),
        ),
        row(
            4,
            "+493056837010",
            "Nordwind Handelsgesellschaft mbH",
            None,
            None,
            false,
            LinkState::NotLinked,
            None,
        ),
        row(
            5,
            "+493056837011",
            "Nordwind Handelsgesellschaft mbH",
            berlin,
            Some(4),
            true,
            LinkState::Unchecked,
            None,
        ),
    ]
}

pub fn phone_fits(phone: &PhoneRow, query: &PageQuery<PhoneFilter>) -> bool {
    let linked = phone.link == LinkState::Linked;
    let by_link = match query.filter.link {
        LinkFilter::All => true,
        LinkFilter::Linked => linked,
        LinkFilter::Attention => !linked,
    };
    let text = format!("{} {} {}", phone.phone, phone.phone_id, phone.waba_name).to_lowercase();
    by_link && text.contains(&query.search.to_lowercase())
}

fn error(code: &str, text: &str) -> Option<DeliveryError> {
    Some(DeliveryError {
        code: code.to_owned(),
        text: text.to_owned(),
    })
}

pub fn deliveries() -> Vec<DeliveryRow> {
    let kinds = ["inbound_text", "outbound_text", "read_tick", "error_line"];
    let states = [
        DeliveryState::Waiting,
        DeliveryState::Refused,
        DeliveryState::Unknown,
        DeliveryState::Delivered,
        DeliveryState::Sending,
        DeliveryState::Dead,
        DeliveryState::Delivered,
    ];
    (0..64_usize)
        .map(|n| {
            let state = states.get(n % states.len()).copied().unwrap_or(DeliveryState::Waiting);
            let kind = kinds.get(n % 2 + 2 * usize::from(n % 9 == 8)).copied().unwrap_or("tick");
            let outbound = kind == "outbound_text";
            let last_error = match state {
                DeliveryState::Waiting if n % 3 == 0 => {
                    error("503", "Service Unavailable")
                }
                DeliveryState::Refused => error("131047", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
                DeliveryState::Dead => error("QUERY_LIMIT_EXCEEDED", "Too many requests"),
                DeliveryState::Unknown => error("timeout", "No answer within 30 seconds"),
                DeliveryState::Waiting | DeliveryState::Sending | DeliveryState::Delivered => None,
            };
            let waits = state == DeliveryState::Waiting;
            DeliveryRow {
                id: DeliveryId::new(Uuid::from_u128(0x0193_5c2e_7a10_7000_8000_0000_0000_0000 + n as u128 * 7919)),
                kind: kind.to_owned(),
                direction: if outbound { Direction::ToWhatsApp } else { Direction::ToBitrix },
                state,
                destination: if outbound { "+77273104401" } else { "almaty-trade.bitrix24.kz" }.to_owned(),
                conversation: if n % 11 == 5 { "KZ.1349821734".to_owned() } else { format!("+770755{:05}", 1313 * n % 99_999) },
                created_at: ago(25 + 431 * n as i64),
                next_try_at: (waits && last_error.is_some()).then(|| ago(-95 - 3 * n as i64)),
                attempts: match state {
                    DeliveryState::Waiting if last_error.is_none() => 0,
                    DeliveryState::Dead => 38,
                    _ => 1 + (n % 4) as u32,
                },
                last_error,
            }
        })
        .collect()
}

pub fn delivery_fits(delivery: &DeliveryRow, query: &PageQuery<DeliveryFilter>) -> bool {
    let text = format!(
        "{} {} {}",
        delivery.id, delivery.conversation, delivery.destination
    );
    query.filter.state.states().contains(&delivery.state)
        && query
            .filter
            .direction
            .is_none_or(|direction| direction == delivery.direction)
        && text.contains(&query.search)
}

pub fn detail(row: DeliveryRow) -> DeliveryDetail {
    let ended = matches!(
        row.state,
        DeliveryState::Delivered | DeliveryState::Refused | DeliveryState::Dead
    );
    let outcome = match row.state {
        DeliveryState::Refused => "refused",
        DeliveryState::Unknown => "unknown",
        _ => "later",
    };
    let created = row.created_at;
    let timeline = row
        .last_error
        .iter()
        .cycle()
        .take(row.attempts.min(3) as usize)
        .enumerate()
        .map(|(n, error)| Attempt {
            at: Moment(created.0 + 4_000 * (1 + n as i64)),
            outcome: outcome.to_owned(),
            http_status: error
                .code
                .parse()
                .ok()
                .filter(|status| *status < 600)
                .or(Some(400)),
            error: Some(error.clone()),
            duration_ms: 180 + 1_900 * n as u32,
        })
        .collect();
    DeliveryDetail {
        phone: "+77273104401".to_owned(),
        preview: row.kind.ends_with("text").then(|| {
            "Good afternoon. Is the blue one still in stock? I would come by today before six."
                .to_owned()
        }),
        remote_id: (row.state == DeliveryState::Delivered)
            .then(|| "wamid.HBgLNzcwNzU1MTMxMzEVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA".to_owned()),
        ahead: u32::from(row.state == DeliveryState::Waiting && row.attempts == 0) * 2,
        done_at: ended.then(|| Moment(created.0 + 14_000)),
        timeline,
        row,
    }
}
