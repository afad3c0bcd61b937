//! New templates.

use super::*;

#[tokio::test]
async fn what_meta_takes_is_listed_at_once() {
    for test in engines().await {
        let meta = Server::start(kind).await;
        let world = world(&test, &meta.url()).await;
        let id = world.create(&mut form(), None).await.unwrap();
        let found = Templates::find(&world.request, world.ann.may().unwrap(), id)
            .await
            .unwrap();
        assert_eq!(
            found.row.status,
            TemplateStatus::InReview,
            "{}",
            test.engine
        );
        assert_eq!(found.row.category, app::model::TemplateCategory::Marketing);
        assert_eq!(found.preview.unwrap().body.filled(), "Order 118 is ready.");
        let again = world.create(&mut form(), None).await.unwrap_err();
        assert_eq!(again[0].code, ProblemCode::TemplateTaken);
        let errand = world
            .request
            .state
            .store
            .errand_find("templates_sync", world.waba.uuid());
        assert!(errand.await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_sample_is_uploaded_once_and_its_handle_stays() {
    let test = engines().await.remove(0);
    let meta = Server::start(|heard| {
        if heard.path.ends_with("/message_templates") {
            return json_answer(
                400,
                json!({"error": {"code": 100, "error_subcode": 2_388_072, "message": "Invalid parameter",
                    "error_user_title": "Body", "error_user_msg": "Too many words."}}),
            );
        }
        kind(heard)
    })
    .await;
    let world = world(&test, &meta.url()).await;
    let mut form = TemplateForm {
        header: HeaderKind::Document,
        ..form()
    };
    let without = world.create(&mut form, None).await.unwrap_err();
    assert_eq!(without[0].code, ProblemCode::SampleMissing);
    let file = Sample {
        name: "price.pdf".to_owned(),
        kind: "application/pdf".to_owned(),
        bytes: b"%PDF-1.7 price".to_vec(),
    };
    let refused = world.create(&mut form, Some(file)).await.unwrap_err();
    assert_eq!(refused[0].field.as_deref(), Some("body"));
    assert_eq!(refused[0].args["reason"], "Body: Too many words.");
    assert_eq!(
        (form.sample.as_str(), form.sample_name.as_str()),
        ("4::handle", "price.pdf")
    );
    world.create(&mut form, None).await.unwrap_err();
    let heard = meta.heard();
    let uploads = heard.iter().filter(|heard| heard.path.contains("/uploads"));
    assert_eq!(uploads.count(), 1);
    assert!(heard.last().unwrap().body.contains("4::handle"));
    assert_eq!(
        world.names(TemplateFilter::default()).await,
        Vec::<String>::new()
    );
}
