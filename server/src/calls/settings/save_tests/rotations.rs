//! A new password is had, and what stands in its way.

use super::*;

#[tokio::test]
async fn another_password_comes_with_everything_as_it_was() {
    for test in engines().await {
        let world = world(&test).await;
        let nothing = rotate(&world.desk, world.phone, &Who::default()).await;
        assert!(matches!(nothing, Err(Trouble::NoServer)));
        world.meta.with(|meta| meta.resets_srtp = true);
        let form = CallingForm {
            icon: false,
            in_crm: true,
            ..form()
        };
        world.save(&form).await.unwrap();
        let before = world.meta.calling();
        let rotated = rotate(&world.desk, world.phone, &Who::default())
            .await
            .unwrap();
        assert_eq!(rotated.drift, [], "{}", test.engine);
        let row = world.row().await;
        let password = world.desk.password(&row).unwrap();
        assert_eq!(password.expose_secret(), "made-by-meta-2");
        assert!(row.in_crm);
        let after = world.meta.calling();
        for key in [
            "status",
            "call_icon_visibility",
            "srtp_key_exchange_protocol",
        ] {
            assert_eq!(after[key], before[key], "{key}");
        }
        assert_eq!(world.kinds().await, ["saved", "saved", "rotated"]);
    }
}

#[tokio::test]
async fn a_rotation_that_meta_did_not_answer_leaves_the_number_on() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.save(&form()).await.unwrap();
    world.meta.with(|meta| meta.mute = true);
    let rotated = rotate(&world.desk, world.phone, &Who::default()).await;
    rotated.unwrap();
    assert_eq!(world.meta.calling()["status"], "ENABLED");
    let password = world.desk.password(&world.row().await).unwrap();
    assert_eq!(password.expose_secret(), "made-by-meta-2");
}

#[tokio::test]
async fn the_same_password_is_not_told_as_another() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.meta.with(|meta| meta.one_password = true);
    world.save(&form()).await.unwrap();
    let rotated = rotate(&world.desk, world.phone, &Who::default()).await;
    assert!(matches!(rotated, Err(Trouble::SamePassword)));
    assert_eq!(world.meta.calling()["status"], "ENABLED");
    assert_eq!(world.kinds().await, ["saved", "saved"]);
}

#[tokio::test]
async fn a_rotation_that_cannot_be_ended_is_told_and_found() {
    let test = engines().await.remove(0);
    let world = world(&test).await;
    world.save(&form()).await.unwrap();
    world.meta.with(|meta| meta.refuses = Some(138_014));
    let trouble = rotate(&world.desk, world.phone, &Who::default()).await;
    assert!(matches!(trouble, Err(Trouble::Refused { .. })));
    assert!(world.row().await.error.unwrap().contains("138014"));
    calling_check(&world.desk, world.phone).await.unwrap();
    assert!(world.row().await.drift.is_some());
    let bad = ("bad".to_owned(), "calling_drift".to_owned());
    assert_eq!(world.finding("calling").await, Some(bad));
}
