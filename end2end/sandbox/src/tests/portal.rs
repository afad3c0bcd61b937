use super::{Bench, CLIENT, REFRESH, SECRET, TOKEN};
use serde_json::json;

fn code(answer: &serde_json::Value) -> &str {
    answer["error"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_missing_or_wrong_line_is_refused() {
    let bench = Bench::start().await;
    let messages = json!([Bench::inbound("wamid.1", "hi")]);
    let (status, answer) = bench
        .rest(
            "imconnector.send.messages",
            json!({ "CONNECTOR": "thoth_whatsapp", "MESSAGES": messages }),
        )
        .await;
    assert_eq!((status, code(&answer)), (400, "ERROR_ARGUMENT"));
    let (status, answer) = bench
        .rest(
            "imconnector.send.messages",
            json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 99, "MESSAGES": messages }),
        )
        .await;
    assert_eq!((status, code(&answer)), (400, "NOT_ACTIVE_LINE"));
    bench
        .rest(
            "imconnector.activate",
            json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "ACTIVE": "0" }),
        )
        .await;
    let (status, answer) = bench
        .rest(
            "imconnector.send.messages",
            json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": messages }),
        )
        .await;
    assert_eq!((status, code(&answer)), (400, "NOT_ACTIVE_LINE"));
    let (_, answer) = bench
        .rest(
            "imconnector.status",
            json!({ "CONNECTOR": "thoth_whatsapp" }),
        )
        .await;
    assert_eq!(answer["result"]["STATUS"], false);
    let (_, answer) = bench
        .rest(
            "imconnector.status",
            json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 2 }),
        )
        .await;
    assert_eq!(answer["result"]["STATUS"], true);
}

#[tokio::test]
async fn a_repeated_message_id_stands_twice_and_is_found_in_the_history() {
    let bench = Bench::start().await;
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [Bench::inbound("wamid.1", "hi")] });
    let (_, first) = bench.rest("imconnector.send.messages", body.clone()).await;
    bench.rest("imconnector.send.messages", body).await;
    let session = first["result"]["DATA"]["RESULT"][0]["session"]["ID"].clone();
    let (_, history) = bench
        .rest(
            "imopenlines.session.history.get",
            json!({ "SESSION_ID": session }),
        )
        .await;
    let messages = history["result"]["message"].as_object().unwrap();
    assert_eq!(messages.len(), 2);
    assert!(
        messages
            .values()
            .all(|message| message["params"]["connectorMid"][0] == "wamid.1")
    );
    let guest = first["result"]["DATA"]["RESULT"][0]["user"]
        .as_str()
        .unwrap();
    let user_code = format!("thoth_whatsapp|1|+77015550101|{guest}");
    let (status, dialog) = bench
        .rest("imopenlines.dialog.get", json!({ "USER_CODE": user_code }))
        .await;
    assert_eq!(
        (status, dialog["result"]["entity_id"].as_str()),
        (200, Some(user_code.as_str()))
    );
    let (status, answer) = bench
        .rest("imopenlines.dialog.get", json!({ "USER_CODE": "a|1|b|2" }))
        .await;
    assert_eq!((status, code(&answer)), (400, "ACCESS_ERROR"));
}

#[tokio::test]
async fn items_fail_at_http_200_and_blocks_must_be_there() {
    let bench = Bench::start().await;
    let mut long = Bench::inbound("wamid.1", "hi");
    long["user"]["name"] = json!("A name that is much longer than allowed");
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [long, Bench::inbound("wamid.2", "ho")] });
    let (status, answer) = bench.rest("imconnector.send.messages", body).await;
    assert_eq!((status, &answer["result"]["SUCCESS"]), (200, &json!(true)));
    assert_eq!(answer["result"]["DATA"]["RESULT"][0]["SUCCESS"], false);
    assert_eq!(answer["result"]["DATA"]["RESULT"][1]["SUCCESS"], true);
    assert!(answer["time"]["operating_reset_at"].is_i64());
    let bare = json!({ "user": { "id": "1" }, "message": { "text": "x" } });
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [bare] });
    let (status, answer) = bench.rest("imconnector.send.messages", body).await;
    assert_eq!((status, code(&answer)), (400, "ERROR_ARGUMENT"));
}

#[tokio::test]
async fn tokens_methods_and_batches_are_checked() {
    let bench = Bench::start().await;
    let (status, answer) = bench.rest("imconnector.sendmessages", json!({})).await;
    assert_eq!((status, code(&answer)), (404, "ERROR_METHOD_NOT_FOUND"));
    let (status, answer) = bench.rest("profile", json!({ "auth": "nobody" })).await;
    assert_eq!((status, code(&answer)), (401, "NO_AUTH_FOUND"));

    let cmd: serde_json::Map<_, _> = (0..51)
        .map(|n| (format!("k{n}"), json!("profile")))
        .collect();
    let (status, answer) = bench.rest("batch", json!({ "halt": 0, "cmd": cmd })).await;
    assert_eq!(
        (status, code(&answer)),
        (400, "ERROR_BATCH_LENGTH_EXCEEDED")
    );
    let cmd = json!({ "a": "profile", "b": "batch", "c": "nonsense", "d": "imconnector.status?CONNECTOR=thoth_whatsapp&LINE=1" });
    let (status, answer) = bench.rest("batch", json!({ "halt": 0, "cmd": cmd })).await;
    assert_eq!(status, 200);
    assert_eq!(answer["result"]["result"]["d"]["STATUS"], true);
    assert_eq!(
        answer["result"]["result_error"]["b"]["error"],
        "ERROR_BATCH_METHOD_NOT_ALLOWED"
    );
    assert_eq!(
        answer["result"]["result_error"]["c"]["error"],
        "ERROR_METHOD_NOT_FOUND"
    );
    let (_, answer) = bench
        .rest("batch", json!({ "halt": 0, "cmd": { "a": "profile" } }))
        .await;
    assert_eq!(answer["result"]["result_error"], json!([]));

    bench.shared.world(|world| {
        world.portals[0]
            .access
            .values_mut()
            .for_each(|token| token.expires = 0)
    });
    let (status, answer) = bench.rest("profile", json!({ "auth": TOKEN })).await;
    assert_eq!((status, code(&answer)), (401, "expired_token"));
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let bench = Bench::start().await;
    let refresh = |token: String, secret: &str| {
        let url = format!("{}/oauth/token/", bench.oauth);
        let form = [
            ("grant_type", "refresh_token".to_string()),
            ("client_id", CLIENT.to_string()),
            ("client_secret", secret.to_string()),
            ("refresh_token", token),
        ];
        let request = bench.http.post(url).form(&form);
        async move {
            let response = request.send().await.unwrap();
            (
                response.status().as_u16(),
                response.json::<serde_json::Value>().await.unwrap(),
            )
        }
    };
    let (status, answer) = refresh(REFRESH.to_string(), "wrong").await;
    assert_eq!((status, code(&answer)), (401, "invalid_client"));
    let (status, first) = refresh(REFRESH.to_string(), SECRET).await;
    assert_eq!(status, 200);
    let (status, answer) = refresh(REFRESH.to_string(), SECRET).await;
    assert_eq!((status, code(&answer)), (400, "invalid_grant"));
    let next = first["refresh_token"].as_str().unwrap().to_string();
    assert_eq!(refresh(next, SECRET).await.0, 200);
    let (status, _) = bench
        .rest("profile", json!({ "auth": first["access_token"] }))
        .await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn faults_are_played() {
    let bench = Bench::start().await;
    bench
        .shared
        .faults(|faults| faults.merge(json!({ "portal": { "lose_next": 1 } })))
        .unwrap();
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [Bench::inbound("wamid.1", "hi")], "auth": TOKEN });
    let url = format!("{}/imconnector.send.messages", bench.portal);
    assert!(bench.http.post(url).json(&body).send().await.is_err());
    let stored = bench.shared.world(|world| {
        world.portals[0]
            .chats
            .values()
            .map(|chat| chat.messages.len())
            .sum::<usize>()
    });
    assert_eq!(stored, 1);
    bench
        .shared
        .faults(|faults| {
            faults.merge(json!({ "limits": { "bucket": true, "depth": 2.0, "per_second": 0.0 } }))
        })
        .unwrap();
    bench.rest("profile", json!({})).await;
    bench.rest("profile", json!({})).await;
    let (status, answer) = bench.rest("profile", json!({})).await;
    assert_eq!((status, code(&answer)), (503, "QUERY_LIMIT_EXCEEDED"));
}

#[tokio::test]
async fn a_renamed_portal_answers_302() {
    let bench = Bench::start().await;
    let domain = crate::listen::portal_open(&bench.shared, super::MEMBER, 0)
        .await
        .unwrap();
    let response = bench
        .http
        .post(format!("{}/profile", bench.portal))
        .json(&json!({ "auth": TOKEN }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 302);
    assert_eq!(
        response.headers()["location"],
        format!("http://{domain}/rest/profile").as_str()
    );
}
