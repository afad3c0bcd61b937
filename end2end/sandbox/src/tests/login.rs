use super::{Bench, GRAPH_TOKEN};
use serde_json::{Value, json};

const APP: &str = "555000111222333";
const SECRET: &str = "demo-app-secret-0c1d2e3f405162738495a6b7";
const BACK: &str = "http://127.0.0.1:3000/auth/facebook";

async fn bench() -> Bench {
    let bench = Bench::start().await;
    bench.shared.world(|world| {
        world.apps[0].redirect_uris = vec![BACK.to_string()];
        world.persons.push(crate::world::Person {
            id: "1".to_string(),
            name: "Marat".to_string(),
            wabas: vec!["100200300400500".to_string()],
        });
    });
    bench
}

fn dialog(bench: &Bench, query: &str) -> String {
    format!(
        "{}/facebook/v25.0/dialog/oauth?{query}",
        bench.shared.ports.main()
    )
}

const GOOD: &str = "client_id=555000111222333&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fauth%2Ffacebook&state=s1&response_type=code&scope=whatsapp_business_management,whatsapp_business_messaging";

/// Says yes with these form fields and tells the code.
async fn code(bench: &Bench, form: &str) -> String {
    let request = bench.http.post(dialog(bench, GOOD)).body(form.to_string());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 302);
    let location = answer.headers()["location"].to_str().unwrap().to_string();
    assert!(location.ends_with("&state=s1#_=_"), "{location}");
    let from = location.split("code=").nth(1).unwrap();
    from.split('&').next().unwrap().to_string()
}

async fn exchange(bench: &Bench, code: &str, secret: &str, back: &str) -> (u16, Value) {
    let form = [
        ("client_id", APP),
        ("client_secret", secret),
        ("redirect_uri", back),
        ("code", code),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let url = format!("{}/oauth/access_token", bench.graph);
    let answer = bench.http.post(url).body(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn debug(bench: &Bench, token: &str) -> Value {
    let url = format!("{}/debug_token?input_token={token}", bench.graph);
    let request = bench.http.get(url).bearer_auth(format!("{APP}|{SECRET}"));
    request.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn the_dialog_blocks_what_facebook_blocks() {
    let bench = bench().await;
    for (query, words) in [
        (GOOD.replace("5550001112", "9990001112"), "Invalid App ID"),
        (GOOD.replace("3000%2Fauth", "3000%2Fother"), "URL blocked"),
        (GOOD.replace("&state=s1", ""), "state is required"),
        (
            GOOD.replace("response_type=code", "response_type=token"),
            "must be code",
        ),
        (
            GOOD.replace("whatsapp_business_messaging", "sell_everything"),
            "Invalid Scopes",
        ),
        (format!("{GOOD}&config_id=1"), "Invalid configuration ID"),
    ] {
        let answer = bench.http.get(dialog(&bench, &query)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 400, "{query}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(words), "{words} in {text}");
    }
    let answer = bench.http.get(dialog(&bench, GOOD)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let no = bench
        .http
        .post(dialog(&bench, GOOD))
        .body("person=1&answer=cancel");
    let location = no.send().await.unwrap().headers()["location"].clone();
    assert!(location.to_str().unwrap().contains("error=access_denied"));
}

#[tokio::test]
async fn a_code_is_worth_one_token() {
    let bench = bench().await;
    let yes =
        "person=1&answer=continue&waba=100200300400500&permission=whatsapp_business_management";
    let got = code(&bench, yes).await;
    let subcode = |answer: &Value| answer["error"]["error_subcode"].as_i64();
    let (status, answer) = exchange(&bench, &got, "wrong", BACK).await;
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(1)));
    let (_, answer) = exchange(&bench, &got, SECRET, "http://127.0.0.1:3000/auth/facebook/").await;
    assert_eq!(subcode(&answer), Some(36_008));
    let (status, answer) = exchange(&bench, &got, SECRET, BACK).await;
    assert_eq!(status, 200);
    assert!(answer["expires_in"].as_i64().unwrap() > 5_000_000);
    let token = answer["access_token"].as_str().unwrap();
    let (_, again) = exchange(&bench, &got, SECRET, BACK).await;
    assert_eq!(subcode(&again), Some(36_009));

    let known = debug(&bench, token).await;
    assert_eq!(known["data"]["type"], "USER");
    assert_eq!(
        known["data"]["granular_scopes"],
        json!([{ "scope": "whatsapp_business_management", "target_ids": ["100200300400500"] }])
    );
    let text = json!({ "messaging_product": "whatsapp", "to": "+77015550101", "type": "text", "text": { "body": "hi" } });
    let url = format!("{}/777000111/messages", bench.graph);
    let request = bench.http.post(url).bearer_auth(token).json(&text);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["error"]["code"], 10);
}

#[tokio::test]
async fn a_token_has_a_state_and_a_number_is_registered_with_its_pin() {
    let bench = bench().await;
    bench.shared.world(|world| {
        world.phones[0].registered = false;
        world.phones[0].pin = Some("111111".to_string());
    });
    let code_of = |answer: &Value| answer["error"]["code"].as_i64();
    let text = json!({ "messaging_product": "whatsapp", "to": "+77015550101", "type": "text", "text": { "body": "hi" } });
    let (_, answer) = bench.graph("777000111/messages", text).await;
    assert_eq!(code_of(&answer), Some(133_010));
    let pin = |pin: &str| json!({ "messaging_product": "whatsapp", "pin": pin });
    let (_, answer) = bench.graph("777000111/register", pin("222222")).await;
    assert_eq!(code_of(&answer), Some(133_005));
    let (status, _) = bench.graph("777000111/register", pin("111111")).await;
    assert_eq!(status, 200);
    for _ in 0..9 {
        bench.graph("777000111/register", pin("111111")).await;
    }
    let (_, answer) = bench.graph("777000111/register", pin("111111")).await;
    assert_eq!(code_of(&answer), Some(133_016));

    let url = format!("{}/api/graph-tokens", bench.shared.ports.main());
    let change = json!({ "token": GRAPH_TOKEN, "state": "invalidated" });
    bench.http.post(url).json(&change).send().await.unwrap();
    let (status, answer) = bench.graph("777000111/register", pin("111111")).await;
    assert_eq!(
        (status, &answer["error"]["error_subcode"]),
        (401, &json!(467))
    );
    let known = debug(&bench, GRAPH_TOKEN).await;
    assert_eq!(known["data"]["is_valid"], false);
    assert_eq!(known["data"]["error"]["subcode"], 467);
}
