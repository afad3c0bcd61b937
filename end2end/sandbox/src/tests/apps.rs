use super::{Bench, MEMBER};
use serde_json::{Value, json};

const FORM: &str = "name=THOTH&handler=http%3A%2F%2F127.0.0.1%3A1%2Fapp%2F&install=http%3A%2F%2F127.0.0.1%3A1%2Finstall%2F&scope=imopenlines&scope=imconnector";

fn at(bench: &Bench, path: &str) -> String {
    format!("{}{path}", bench.portal.trim_end_matches("/rest"))
}

async fn page(bench: &Bench, path: &str, user: i64) -> String {
    let cookie = format!("b24_user_d3adb33f={user}");
    let request = bench.http.get(at(bench, path)).header("cookie", cookie);
    let text = request.send().await.unwrap().text().await.unwrap();
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

/// What stands in a hidden field of the form that opens a frame.
fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let from = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    from.split("\">").next().unwrap()
}

async fn create(bench: &Bench, form: &str) -> String {
    let request = bench
        .http
        .post(at(bench, "/devops/new/"))
        .body(form.to_string());
    let answer = request.send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    location
        .trim_start_matches("/devops/")
        .trim_end_matches('/')
        .to_string()
}

async fn rest(bench: &Bench, token: &str, method: &str, mut body: Value) -> (u16, Value) {
    body["auth"] = json!(token);
    bench.rest(method, body).await
}

#[tokio::test]
async fn an_app_with_pages_is_installed_by_its_page() {
    let bench = Bench::start().await;
    let refused = bench
        .http
        .post(at(&bench, "/devops/new/"))
        .body("name=X&scope=im");
    let words = refused.send().await.unwrap().text().await.unwrap();
    assert!(words.contains("Your handler path is not specified."));

    let id = create(&bench, FORM).await;
    let path = format!("/marketplace/app/{id}/");
    assert!(page(&bench, &path, 27).await.contains("is not installed"));
    let opened = page(&bench, &path, 1).await;
    assert!(opened.contains("action=\"http://127.0.0.1:1/install/?DOMAIN="));
    assert_eq!(field(&opened, "member_id"), MEMBER);
    assert_eq!(field(&opened, "PLACEMENT"), "DEFAULT");
    let token = field(&opened, "AUTH_ID").to_string();

    let (_, info) = rest(&bench, &token, "app.info", json!({})).await;
    assert_eq!(info["result"]["INSTALLED"], false);
    let (status, answer) = rest(&bench, &token, "im.message.add", json!({})).await;
    assert_eq!(
        (status, answer["error"].as_str()),
        (403, Some("insufficient_scope"))
    );
    let icon = json!({ "DATA_IMAGE": "data:image/svg+xml,x" });
    let connector = json!({ "ID": "new_one", "NAME": "WhatsApp (new)", "ICON": icon, "PLACEMENT_HANDLER": "http://127.0.0.1:1/place/" });
    let (_, answer) = rest(&bench, &token, "imconnector.register", connector).await;
    assert_eq!(answer["result"]["result"], true);
    assert!(
        !page(&bench, "/contact_center/", 1)
            .await
            .contains("WhatsApp (new)")
    );

    let sid = opened
        .split("APP_SID=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let finish = at(&bench, &format!("/frame/{sid}/finish"));
    let done = bench.http.post(&finish).send().await.unwrap();
    assert_eq!(done.status().as_u16(), 204);
    assert!(
        page(&bench, &path, 27)
            .await
            .contains("action=\"http://127.0.0.1:1/app/?DOMAIN=")
    );
    assert!(
        page(&bench, "/contact_center/", 1)
            .await
            .contains("WhatsApp (new)</strong> <span>Not connected")
    );

    let settings = page(&bench, "/contact_center/connector/new_one/1/", 1).await;
    assert_eq!(field(&settings, "PLACEMENT"), "SETTING_CONNECTOR");
    let options: Value = serde_json::from_str(field(&settings, "PLACEMENT_OPTIONS")).unwrap();
    assert_eq!(
        (&options["LINE"], &options["STATUS"]),
        (&json!("1"), &json!(false))
    );
    let on = json!({ "CONNECTOR": "new_one", "LINE": 1, "ACTIVE": "1" });
    rest(&bench, &token, "imconnector.activate", on).await;
    let data = json!({ "CONNECTOR": "new_one", "LINE": 1, "DATA": { "ID": "new_one_line1" } });
    rest(&bench, &token, "imconnector.connector.data.set", data).await;
    assert!(
        page(&bench, "/contact_center/", 1)
            .await
            .contains("WhatsApp (new)</strong> <span>Connected")
    );

    let delete = at(&bench, &format!("/devops/{id}/delete"));
    bench.http.post(delete).send().await.unwrap();
    let (status, _) = rest(&bench, &token, "profile", json!({})).await;
    assert_eq!(status, 401);
    assert!(
        !page(&bench, "/contact_center/", 1)
            .await
            .contains("WhatsApp (new)")
    );
}

#[tokio::test]
async fn an_app_without_pages_is_installed_at_once_and_gets_codes() {
    let bench = Bench::start().await;
    let id = create(&bench, &format!("{FORM}&api_only=Y")).await;
    let (app, sent) = (
        bench
            .shared
            .world(|world| world.portals[0].app(&id).cloned().unwrap()),
        bench
            .shared
            .journal(|journal| journal.deliveries.back().unwrap().label.clone()),
    );
    assert!(app.installed);
    assert_eq!(sent, "ONAPPINSTALL");
    let go = at(&bench, &format!("/oauth/authorize/?client_id={id}&state=x"));
    let answer = bench.http.get(go).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap().to_string();
    let code = location
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let token = |code: &str, secret: &str| {
        let url = format!(
            "{}/oauth/token/?grant_type=authorization_code&client_id={id}&client_secret={secret}&code={code}",
            bench.oauth
        );
        let request = bench.http.get(url);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    assert_eq!(token(code, "wrong").await["error"], "invalid_client");
    let good = token(code, &app.client_secret).await;
    assert_eq!(good["member_id"], MEMBER);
    assert_eq!(
        token(code, &app.client_secret).await["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn the_switches_refuse() {
    let bench = Bench::start().await;
    let switch = json!({ "refuse": { "register": true, "not_admin": true, "line_limit": 2, "client_id_hidden": true } });
    bench.shared.faults(|faults| faults.merge(switch)).unwrap();
    let (status, answer) = bench
        .rest("imconnector.register", json!({ "ID": "x" }))
        .await;
    assert_eq!((status, &answer["result"]["result"]), (200, &json!(false)));
    let (_, answer) = bench.rest("profile", json!({})).await;
    assert_eq!(answer["result"]["ADMIN"], false);
    let (status, answer) = bench
        .rest(
            "imopenlines.config.add",
            json!({ "PARAMS": { "LINE_NAME": "x" } }),
        )
        .await;
    assert_eq!(
        (status, answer["error"].as_str()),
        (400, Some("IMOL_ADD_ERROR_LIMIT"))
    );
    let (status, _) = bench
        .rest(
            "placement.bind",
            json!({ "PLACEMENT": "LEFT_MENU", "HANDLER": "http://x/" }),
        )
        .await;
    assert_eq!(status, 403);
    let url = format!("{}/rest/app.info?auth={}", bench.oauth, super::TOKEN);
    let info: Value = bench
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(info["result"].get("client_id"), None);
    assert_eq!(info["result"]["install"]["installed"], true);
}
