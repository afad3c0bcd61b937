//! The pretend company that is measured. Everything here is invented.

use crate::client::request;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What Meta signs webhooks with.
pub const APP_SECRET: &str = "load-app-secret-90ab12cd34ef5678";

/// Who signs in.
pub const ADMIN: &str = "admin@load.example";
pub const PASSWORD: &str = "a long load password";

const KEY: &str = "load-webhook-key-51f0c2";
const PHONE: &str = "888000111";
const WABA: &str = "200300400500600";
const MEMBER: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const APPLICATION_TOKEN: &str = "load-application-token-9e8d7c";

/// The setup file of `thoth provision`, for remotes on this port.
pub fn setup(remotes: u16) -> String {
    format!(
        r#"
[[user]]
email = "{ADMIN}"
password = "{PASSWORD}"
role = "admin"
api_key = "{KEY}"

[[waba]]
owner = "{ADMIN}"
name = "Load Flowers"
waba_id = "{WABA}"
access_token = "EAAloadAccessToken9876543210zyxwv"
verify_token = "load-verify-token-55aa"
app_id = "900100200300400"
app_secret = "{APP_SECRET}"

[[portal]]
owner = "{ADMIN}"
protocol = "http"
domain = "127.0.0.1:{remotes}"
member_id = "{MEMBER}"
client_id = "local.5a0b1c2d3e4f5a.76543210"
client_secret = "load-client-secret-1zA2xS3wD4eF5rT6yH7uJ8iK9oL0pM"
application_token = "{APPLICATION_TOKEN}"
access_token = "load-access-token-1-00112233445566778899"
refresh_token = "load-refresh-token-1-99887766554433221100"
server_endpoint = "http://127.0.0.1:{remotes}/rest/"

[[phone]]
owner = "{ADMIN}"
phone = "+77272111000"
phone_id = "{PHONE}"
waba = "{WABA}"
portal = "{MEMBER}"
line_id = 1
connector = "thoth_whatsapp"
sms_service = false
"#
    )
}

/// A webhook of Meta with one text of a customer, as a whole request. `number` tells messages apart, the
/// conversation is `number` modulo `conversations`. `run` tells runs on one database apart.
pub fn webhook(run: &str, number: u64, conversations: u64) -> Vec<u8> {
    let customer = 77_010_000_000 + number % conversations;
    let at = seconds();
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{WABA}","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"77272111000","phone_number_id":"{PHONE}"}},"contacts":[{{"profile":{{"name":"Customer {customer}"}},"wa_id":"{customer}"}}],"messages":[{{"from":"{customer}","id":"wamid.{run}.{number:012}","timestamp":"{at}","text":{{"body":"Do you deliver on Sundays? Asked for the {number}th time, with some more words to be of a usual length."}},"type":"text"}}]}},"field":"messages"}}]}}]}}"#
    );
    let signature = signature(&body);
    let headers =
        format!("content-type: application/json\r\nx-hub-signature-256: sha256={signature}\r\n");
    request(&format!("/api/waba/?api-key={KEY}"), &headers, &body)
}

/// An operator's text as Bitrix24 posts it, as a whole request; conversations as in [`webhook`].
pub fn event(run: &str, number: u64, conversations: u64) -> Vec<u8> {
    let customer = 77_010_000_000 + number % conversations;
    let chat = number % conversations + 1;
    let at = seconds();
    let id = format!("{}{number}", run.len());
    let fields = [
        ("event", "ONIMCONNECTORMESSAGEADD"),
        ("event_handler_id", "1"),
        ("data[CONNECTOR]", "thoth_whatsapp"),
        ("data[LINE]", "1"),
        ("data[MESSAGES][0][im][chat_id]", &chat.to_string()),
        ("data[MESSAGES][0][im][message_id]", &id),
        ("data[MESSAGES][0][message][user_id]", "27"),
        (
            "data[MESSAGES][0][message][text]",
            &format!("Yes, on Sundays as well. {number}"),
        ),
        ("data[MESSAGES][0][chat][id]", &format!("+{customer}")),
        ("ts", &at.to_string()),
        ("auth[member_id]", MEMBER),
        ("auth[domain]", "127.0.0.1"),
        ("auth[application_token]", APPLICATION_TOKEN),
    ]
    .map(|(name, value)| format!("{}={}", coded(name), coded(value)))
    .join("&");
    let headers = "content-type: application/x-www-form-urlencoded\r\n";
    request("/api/bitrix/", headers, &fields)
}

fn coded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn signature(body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()) else {
        return String::new();
    };
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

fn seconds() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
