//! Templates at Graph: lists in pages, creation checked as Meta checks, samples, deletion.

use super::{Bench, GRAPH_TOKEN};
use serde_json::{Value, json};

pub const WABA: &str = "100200300400500";
const APP: &str = "555000111222333";

pub async fn get(bench: &Bench, path: &str) -> (u16, Value) {
    let url = if path.starts_with("http") {
        path.to_string()
    } else {
        format!("{}/{path}", bench.graph)
    };
    let request = bench.http.get(url).bearer_auth(GRAPH_TOKEN);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn code(answer: &Value) -> (i64, i64) {
    let part = |key: &str| answer["error"][key].as_i64().unwrap_or_default();
    (part("code"), part("error_subcode"))
}

async fn create(bench: &Bench, template: Value) -> (u16, Value) {
    let path = format!("{WABA}/message_templates");
    bench.graph(&path, template).await
}

/// A template that Meta takes, with a name of its own.
fn good(name: &str) -> Value {
    json!({
        "name": name, "language": "en", "category": "UTILITY",
        "components": [
            { "type": "header", "format": "text", "text": "Order {{1}}", "example": { "header_text": ["118"] } },
            { "type": "body", "text": "Your order {{1}} is ready for you, come before nine.", "example": { "body_text": [["118"]] } },
            { "type": "footer", "text": "Gulin Flowers" },
            { "type": "buttons", "buttons": [
                { "type": "quick_reply", "text": "Thanks" },
                { "type": "url", "text": "Open", "url": "https://shop.example/{{1}}", "example": ["https://shop.example/118"] },
            ] },
        ],
    })
}

#[tokio::test]
async fn a_list_ends_where_no_next_page_is_named() {
    let bench = Bench::start().await;
    let (_, first) = get(
        &bench,
        &format!("{WABA}/message_templates?limit=500&fields=name,status,language"),
    )
    .await;
    assert_eq!(first["data"].as_array().unwrap().len(), 25);
    let named = |page: &Value, name: &str| {
        page["data"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["name"] == name)
    };
    assert!(named(&first, "hello_world") && !named(&first, "order_ready"));
    let next = first["paging"]["next"].as_str().unwrap().to_string();
    let (_, second) = get(&bench, &next).await;
    assert!(named(&second, "order_ready") && second["paging"].get("next").is_none());
    // The next page keeps the fields that were asked for.
    assert!(
        second["data"][0].get("components").is_none() && second["data"][0]["status"].is_string()
    );
}

#[tokio::test]
async fn lists_are_narrowed_and_one_is_read_by_its_id() {
    let bench = Bench::start().await;
    let list = async |query: &str| get(&bench, &format!("{WABA}/message_templates?{query}")).await;
    let (_, found) = list("name=order_ready&language=ru").await;
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    let one = &found["data"][0];
    assert_eq!(one["parameter_format"], "NAMED");
    assert_eq!(list("status=PAUSED").await.1["data"][0]["name"], "feedback");
    assert_eq!(
        list("category=AUTHENTICATION").await.1["data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(code(&list("status=GOOD").await.1).0, 100);
    assert_eq!(code(&list("fields=id,smell").await.1).0, 100);
    let id = one["id"].as_str().unwrap();
    let (_, again) = get(
        &bench,
        &format!("{id}?fields=name,quality_score,rejected_reason"),
    )
    .await;
    assert_eq!(
        (&again["name"], &again["quality_score"]["score"]),
        (&json!("order_ready"), &json!("GREEN"))
    );
}

#[tokio::test]
async fn templates_need_the_permission_to_manage() {
    let bench = Bench::start().await;
    bench.shared.world(|world| {
        world.tokens[0].scopes = vec!["whatsapp_business_messaging".to_string()];
    });
    let (status, answer) = get(&bench, &format!("{WABA}/message_templates")).await;
    assert_eq!((status, code(&answer).0), (403, 200));
    let (status, _) = create(&bench, good("a")).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn a_template_is_made_and_waits() {
    let bench = Bench::start().await;
    let (status, made) = create(&bench, good("order_packed")).await;
    assert_eq!(
        (status, &made["status"], &made["category"]),
        (200, &json!("PENDING"), &json!("UTILITY"))
    );
    let (_, read) = get(&bench, made["id"].as_str().unwrap()).await;
    assert_eq!(read["components"][3]["buttons"][1]["type"], "URL");
    let (_, twice) = create(&bench, good("order_packed")).await;
    assert_eq!(code(&twice), (100, 2_388_024));
    assert!(
        twice["error"]["error_user_title"].is_string()
            && twice["error"]["error_user_msg"].is_string()
    );
    let mut german = good("order_packed");
    german["language"] = json!("de");
    assert_eq!(create(&bench, german).await.0, 200);
}

#[tokio::test]
async fn what_meta_refuses_is_refused() {
    let bench = Bench::start().await;
    let cases: [(&str, Value, i64); 26] = [
        ("/name", json!("Order"), 0),
        ("/name", json!("a".repeat(513)), 2_388_040),
        ("/language", json!("xx"), 0),
        ("/category", json!("TRANSACTIONAL"), 0),
        ("/parameter_format", json!("BOTH"), 0),
        (
            "/components",
            json!([{ "type": "FOOTER", "text": "a" }]),
            2_388_043,
        ),
        ("/components", json!([{ "type": "HOLOGRAM" }]), 0),
        ("/components/0/text", json!("a".repeat(61)), 2_388_040),
        ("/components/0/text", json!("*bold*"), 2_388_047),
        ("/components/0/text", json!("{{1}} and {{2}}"), 2_388_047),
        ("/components/0/example", json!(null), 2_388_043),
        ("/components/1/text", json!("a".repeat(1025)), 2_388_040),
        (
            "/components/1/text",
            json!("Your order {{2}} is ready for you now."),
            2_388_072,
        ),
        (
            "/components/1/text",
            json!("Your order {{order}} is ready for you now."),
            2_388_072,
        ),
        (
            "/components/1/text",
            json!("Your order is ready: {{1}}"),
            2_388_299,
        ),
        ("/components/1/text", json!("Order {{1}} ready"), 2_388_293),
        (
            "/components/1/example",
            json!({ "body_text": ["118"] }),
            2_388_043,
        ),
        (
            "/components/1/example",
            json!({ "body_text": [["118", "119"]] }),
            2_388_043,
        ),
        ("/components/2/text", json!("a".repeat(61)), 2_388_040),
        ("/components/2/text", json!("Yours, {{1}}"), 2_388_073),
        (
            "/components/3/buttons/0/text",
            json!("a".repeat(26)),
            2_388_040,
        ),
        (
            "/components/3/buttons/1/url",
            json!("https://shop.example/{{1}}/x"),
            0,
        ),
        ("/components/3/buttons/1/example", json!(null), 2_388_043),
        (
            "/components/3/buttons/1",
            json!({ "type": "SMELL", "text": "a" }),
            0,
        ),
        (
            "/components/3/buttons/1",
            json!({ "type": "PHONE_NUMBER", "text": "a", "phone_number": "none" }),
            0,
        ),
        ("/components/3/buttons", json!([]), 2_388_043),
    ];
    for (place, value, subcode) in cases {
        let mut template = good("checked");
        if template.pointer(place).is_none() {
            template[place.trim_start_matches('/')] = value.clone();
        } else {
            *template.pointer_mut(place).unwrap() = value.clone();
        }
        let (status, answer) = create(&bench, template).await;
        assert_eq!(
            (status, code(&answer)),
            (400, (100, subcode)),
            "{place} {value} {answer}"
        );
    }
    let quick = json!({ "type": "QUICK_REPLY", "text": "a" });
    let url = json!({ "type": "URL", "text": "b", "url": "https://shop.example" });
    for (buttons, good_list) in [
        (json!([quick, quick, url, url]), true),
        (json!([quick, url, quick]), false),
        (json!([url, url, url]), false),
        (json!(vec![quick.clone(); 10]), true),
        (json!(vec![quick.clone(); 11]), false),
    ] {
        let mut template = good(&format!("buttons_{}", buttons.to_string().len()));
        template["components"][3]["buttons"] = buttons.clone();
        assert_eq!(
            create(&bench, template).await.0 == 200,
            good_list,
            "{buttons}"
        );
    }
    bench
        .shared
        .faults(|faults| faults.merge(json!({ "refuse": { "template_limit": 3 } })))
        .unwrap();
    assert_eq!(
        code(&create(&bench, good("one_more")).await.1),
        (100, 2_388_019)
    );
}

#[tokio::test]
async fn a_media_header_wants_a_sample_that_was_uploaded_whole() {
    let bench = Bench::start().await;
    let template = |name: &str, handle: &Value| {
        let mut template = good(name);
        template["components"][0] = json!({ "type": "HEADER", "format": "IMAGE", "example": { "header_handle": [handle] } });
        template
    };
    assert_eq!(
        create(&bench, template("photo_a", &json!("4:abc"))).await.0,
        400
    );
    let (status, session) = bench
        .graph(
            &format!("{APP}/uploads?file_name=a.png&file_length=6&file_type=image/png"),
            json!({}),
        )
        .await;
    assert_eq!(status, 200);
    let id = session["id"].as_str().unwrap();
    assert!(id.starts_with("upload:") && id.contains("?sig="));
    let send = async |scheme: &str, offset: &str, bytes: &'static str| {
        let request = bench.http.post(format!("{}/{id}", bench.graph));
        let request = request.header("authorization", format!("{scheme} {GRAPH_TOKEN}"));
        let answer = request
            .header("file_offset", offset)
            .body(bytes)
            .send()
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json::<Value>().await.unwrap(),
        )
    };
    assert_eq!(send("Bearer", "0", "abc").await.0, 401);
    assert_eq!(send("OAuth", "1", "abc").await.0, 400);
    assert_eq!(send("OAuth", "0", "abc").await.0, 400);
    let (_, so_far) = get(&bench, id).await;
    assert_eq!(so_far["file_offset"], 3);
    let (status, whole) = send("OAuth", "3", "def").await;
    assert_eq!(status, 200);
    let (status, made) = create(&bench, template("photo_b", &whole["h"])).await;
    assert_eq!(status, 200);
    let (_, read) = get(&bench, made["id"].as_str().unwrap()).await;
    let sample = read["components"][0]["example"]["header_handle"][0]
        .as_str()
        .unwrap();
    assert!(sample.starts_with("https://scontent.whatsapp.net/"));
    let mut document = template("photo_c", &whole["h"]);
    document["components"][0]["format"] = json!("DOCUMENT");
    assert_eq!(create(&bench, document).await.0, 400);
}

#[tokio::test]
async fn deletion_takes_one_language_or_all_and_keeps_the_name() {
    let bench = Bench::start().await;
    let remove = async |query: String| {
        let url = format!("{}/{WABA}/message_templates?{query}", bench.graph);
        let request = bench.http.delete(url).bearer_auth(GRAPH_TOKEN);
        request.send().await.unwrap().status().as_u16()
    };
    let left = || {
        let count = |world: &mut crate::world::World| {
            world
                .templates
                .iter()
                .filter(|it| it.name == "order_ready")
                .count()
        };
        bench.shared.world(count)
    };
    let id = bench.shared.world(|world| {
        world
            .templates
            .iter()
            .find(|it| it.name == "order_ready")
            .unwrap()
            .id
            .clone()
    });
    assert_eq!(remove(format!("hsm_id={id}")).await, 400);
    assert_eq!(remove(format!("hsm_id={id}&name=order_ready")).await, 200);
    assert_eq!(left(), 1);
    assert_eq!(remove("name=order_ready".to_string()).await, 200);
    assert_eq!(left(), 0);
    assert_eq!(remove("name=order_ready".to_string()).await, 400);
    assert_eq!(
        code(&create(&bench, good("order_ready")).await.1),
        (100, 2_388_023)
    );
}

#[tokio::test]
async fn what_a_waba_begins_with_would_be_taken_anew() {
    let bench = Bench::start().await;
    let seeds = bench.shared.world(|world| world.templates.clone());
    assert!(seeds.len() > 30);
    for template in seeds {
        // A part of the future is there to be read, and the texts of authentication templates are Meta's own.
        if template.name == "future_card" || template.category == "AUTHENTICATION" {
            continue;
        }
        let body = json!({
            "name": format!("again_{}", template.name), "language": template.language, "category": template.category,
            "parameter_format": template.parameter_format, "components": template.components,
        });
        let (status, answer) = create(&bench, body).await;
        assert_eq!(
            status, 200,
            "{} {}: {answer}",
            template.name, template.language
        );
    }
    let otp = json!({ "name": "code", "language": "en", "category": "AUTHENTICATION", "components": [
        { "type": "BODY", "add_security_recommendation": true },
        { "type": "FOOTER", "code_expiration_minutes": 5 },
        { "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code" }] },
    ]});
    assert_eq!(create(&bench, otp).await.0, 200);
}
