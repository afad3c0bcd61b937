use super::{Bench, MEMBER};

#[tokio::test]
async fn every_window_opens_and_its_files_are_there() {
    let bench = Bench::start().await;
    let main = bench.shared.ports.main();
    let domain = bench.portal.trim_end_matches("/rest").to_string();
    let pages = [
        format!("{main}/"),
        format!("{main}/phone"),
        format!("{main}/phone/aigerim"),
        format!("{main}/phone/aigerim/777000111"),
        format!("{main}/operator/{MEMBER}"),
        format!("{main}/meta"),
        format!("{main}/meta/templates/100200300400500"),
        format!("{main}/faults"),
        format!("{main}/log"),
        format!("{domain}/"),
        format!("{domain}/crm/"),
    ];
    for page in pages {
        let response = bench.http.get(&page).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200, "{page}");
        let text = response.text().await.unwrap();
        assert!(!text.contains("{{"), "{page} has a gap");
        let origin = page.split('/').take(3).collect::<Vec<_>>().join("/");
        for file in text
            .split("/assets/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let url = format!("{origin}/assets/{file}");
            let status = bench.http.get(&url).send().await.unwrap().status().as_u16();
            assert_eq!(status, 200, "{url}");
        }
    }
    let unknown = bench
        .http
        .get(format!("{main}/phone/nobody"))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.headers()["location"], "/phone");
}

#[tokio::test]
async fn a_new_setup_brings_more_portals_on_free_ports() {
    let bench = Bench::start().await;
    let mut setup = bench.shared.setup();
    let mut second = setup.portal[0].clone();
    second.member_id = "second".to_string();
    setup.portal.push(second);
    let url = format!("{}/api/setup", bench.shared.ports.main());
    let answer: serde_json::Value = bench
        .http
        .post(url)
        .json(&setup)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let portals = answer["addresses"]["portals"].as_array().unwrap();
    assert_eq!(portals.len(), 2);
    for portal in portals {
        let url = format!("http://{}/rest/profile", portal["domain"].as_str().unwrap());
        let body = serde_json::json!({ "auth": super::TOKEN });
        let status = bench
            .http
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .status();
        assert_eq!(status.as_u16(), 200);
    }
}
