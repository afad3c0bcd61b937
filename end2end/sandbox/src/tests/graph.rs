use super::Bench;
use serde_json::{Value, json};

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

#[tokio::test]
async fn tokens_ids_and_paths_are_checked() {
    let bench = Bench::start().await;
    let text = json!({ "messaging_product": "whatsapp", "to": "+77015550101", "type": "text", "text": { "body": "hi" } });
    let url = format!("{}/777000111/messages", bench.graph);
    let wrong = bench
        .http
        .post(&url)
        .bearer_auth("EAAwrong")
        .json(&text)
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status().as_u16(), 401);
    assert_eq!(code(&wrong.json().await.unwrap()), 190);
    let none = bench.http.post(&url).json(&text).send().await.unwrap();
    assert_eq!(none.status().as_u16(), 401);
    let (status, answer) = bench.graph("777000999/messages", text.clone()).await;
    assert_eq!(
        (status, code(&answer), &answer["error"]["error_subcode"]),
        (400, 100, &json!(33))
    );
    let (status, answer) = bench.graph("777000111/nonsense", text).await;
    assert_eq!((status, code(&answer)), (400, 2500));
    let (status, answer) = bench
        .graph("777000111/messages", json!({ "to": "+77015550101" }))
        .await;
    assert_eq!((status, code(&answer)), (400, 100));
}

#[tokio::test]
async fn a_closed_window_fails_later_not_at_once() {
    let bench = Bench::start().await;
    let mut live = bench.shared.live.subscribe();
    let text = json!({
        "messaging_product": "whatsapp", "to": "+77015550101", "type": "text",
        "text": { "body": "hi" }, "biz_opaque_callback_data": "thoth:1",
    });
    let (status, answer) = bench.graph("777000111/messages", text).await;
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"][0]["wa_id"], "77015550101");
    assert!(
        answer["messages"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("wamid.")
    );
    loop {
        live.recv().await.unwrap();
        let error = bench
            .shared
            .world(|world| world.talk_mut("aigerim", "777000111").messages[0].error);
        if error == Some(131_047) {
            break;
        }
    }
}

#[tokio::test]
async fn a_scoped_id_goes_to_recipient() {
    let bench = Bench::start().await;
    let body = |key: &str| {
        let mut body =
            json!({ "messaging_product": "whatsapp", "type": "text", "text": { "body": "hi" } });
        body[key] = json!("KZ.5519340028841177226");
        body
    };
    let (status, answer) = bench.graph("777000111/messages", body("to")).await;
    assert_eq!((status, code(&answer)), (400, 131_009));
    let (status, answer) = bench.graph("777000111/messages", body("recipient")).await;
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"][0].get("wa_id"), None);
}

#[tokio::test]
async fn numbers_are_listed_in_pages() {
    let bench = Bench::start().await;
    let get = |query: &str| {
        let url = format!("{}/100200300400500/phone_numbers?{query}", bench.graph);
        let request = bench.http.get(url).bearer_auth(super::GRAPH_TOKEN);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    let first = get("limit=1").await;
    assert_eq!(first["data"][0]["id"], "777000111");
    assert!(first["paging"]["next"].is_string());
    let after = first["paging"]["cursors"]["after"].as_str().unwrap();
    let second = get(&format!("limit=1&after={after}")).await;
    assert_eq!(second["data"][0]["id"], "777000222");
    assert_eq!(second["paging"].get("next"), None);
    assert_eq!(code(&get("fields=id,shoe_size").await), 100);
}
