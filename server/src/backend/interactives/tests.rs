//! Messages of their owner, shared or of one portal.

use super::super::tests::{caller, request_with};
use crate::config::Config;
use crate::store::Scope;
use crate::store::testing::engines;
use app::backend::Interactives;
use app::model::{
    Caller, InteractiveFilter, InteractiveForm, InteractiveKind, PageQuery, PortalId, ProblemCode,
    Role,
};

fn form(name: &str, hashtag: &str) -> InteractiveForm {
    InteractiveForm {
        name: name.to_owned(),
        hashtag: hashtag.to_owned(),
        body: "Hi {{name}}, *what* shall it be?".to_owned(),
        buttons: vec!["Tea".to_owned(), "Coffee".to_owned()],
        ..InteractiveForm::default()
    }
}

#[tokio::test]
async fn messages_are_kept_listed_changed_and_deleted() {
    for test in engines().await {
        let request = request_with(&test, Config::for_tests(test.folder())).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let ben = caller(&request, "ben@example.com", Role::User).await;
        let id = request
            .save(ann.may().unwrap(), None, form("Menu", "#Menu"))
            .await
            .unwrap();
        let found = request.find(ann.may().unwrap(), id).await.unwrap();
        assert_eq!(
            found.row.hashtag.as_deref(),
            Some("#menu"),
            "{}",
            test.engine
        );
        let code = format!("interactive+{}+name:value", id.uuid().simple());
        assert_eq!(found.code, code);
        let start = request.start(ann.may().unwrap(), Some(id)).await.unwrap();
        let mut kept = start.form.unwrap();
        assert_eq!(kept.buttons, ["Tea", "Coffee"]);
        kept.kind = InteractiveKind::LocationRequest;
        kept.name = "Where".to_owned();
        request
            .save(ann.may().unwrap(), Some(id), kept)
            .await
            .unwrap();
        let second = request
            .save(ann.may().unwrap(), None, form("Menu", "menu"))
            .await;
        assert_eq!(second.unwrap_err()[0].code, ProblemCode::HashtagTaken);
        // Another owner may have the same hashtag.
        request
            .save(ben.may().unwrap(), None, form("Menu", "menu"))
            .await
            .unwrap();
        let names = async |caller: &Caller, search: &str, kind| {
            let query = PageQuery {
                search: search.to_owned(),
                filter: InteractiveFilter { kind },
                ..PageQuery::default()
            };
            let page = Interactives::list(&request, caller.may().unwrap(), query)
                .await
                .unwrap();
            page.rows
                .into_iter()
                .map(|row| row.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&ann, "", None).await, ["Where"]);
        assert_eq!(
            names(&ann, "WHAT", Some(InteractiveKind::LocationRequest)).await,
            ["Where"]
        );
        assert!(
            names(&ann, "", Some(InteractiveKind::List))
                .await
                .is_empty()
        );
        let foreign = [
            request.find(ben.may().unwrap(), id).await.err(),
            request.start(ben.may().unwrap(), Some(id)).await.err(),
            Interactives::delete(&request, ben.may().unwrap(), id)
                .await
                .err(),
        ];
        for problem in foreign {
            assert_eq!(problem.unwrap().code, ProblemCode::NotFound);
        }
        let taken = request
            .save(ben.may().unwrap(), Some(id), form("Mine", ""))
            .await;
        assert_eq!(taken.unwrap_err()[0].code, ProblemCode::NotFound);
        Interactives::delete(&request, ann.may().unwrap(), id)
            .await
            .unwrap();
        assert!(names(&ann, "", None).await.is_empty());
    }
}

#[tokio::test]
async fn a_frame_changes_what_is_its_portals_alone() {
    for test in engines().await {
        let request = request_with(&test, Config::for_tests(test.folder())).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let portals = request
            .state
            .store
            .portals(Scope::Owner(ann.user.uuid()))
            .await
            .unwrap();
        let portal = PortalId::new(portals[0].id);
        let framed = Caller {
            framed_in: Some(portal),
            ..ann.clone()
        };
        let shared = request
            .save(ann.may().unwrap(), None, form("Shared", ""))
            .await
            .unwrap();
        let own = request
            .save(framed.may().unwrap(), None, form("Own", ""))
            .await
            .unwrap();
        let found = request.find(ann.may().unwrap(), own).await.unwrap();
        assert!(found.row.portal.is_some(), "{}", test.engine);
        let found = request.find(framed.may().unwrap(), shared).await.unwrap();
        assert!(!found.row.own);
        let refused = Interactives::delete(&request, framed.may().unwrap(), shared).await;
        assert_eq!(refused.unwrap_err().code, ProblemCode::NotAllowed);
        Interactives::delete(&request, framed.may().unwrap(), own)
            .await
            .unwrap();
        // A place that is nobody's is refused at its field.
        let lost = InteractiveForm {
            place: "prt_00000000000000000000000000000000".to_owned(),
            ..form("Lost", "")
        };
        let lost = request
            .save(ann.may().unwrap(), None, lost)
            .await
            .unwrap_err();
        assert_eq!(lost[0].field.as_deref(), Some("place"));
    }
}
