//! What a page in a portal's frame reaches of its owner's.

use super::Request;
use super::testing::{request_at, shop};
use super::tests::caller;
use crate::store::Scope;
use crate::store::entities::{phone, waba};
use crate::store::testing::{TestStore, engines};
use app::backend::{Phones, PortalForm, Portals, Wabas};
use app::model::{
    Caller, PageQuery, PhoneId, PortalId, Problem, ProblemCode, Role, WabaForm, WabaId,
};
use uuid::Uuid;

/// Ann's things: portal, WABA and phone as set up, a second of each in another portal, and a free phone.
struct Stage {
    request: Request,
    framed: Caller,
    other: (PortalId, WabaId, PhoneId),
    own: (PortalId, WabaId, PhoneId),
    free: PhoneId,
}

async fn stage(test: &TestStore) -> Stage {
    let request = request_at(test, "http://127.0.0.1:9").await.request;
    let store = &request.state.store;
    let ann = caller(&request, "ann@example.com", Role::User).await;
    let owner = Scope::Owner(ann.user.uuid());
    let portal = store.portals(owner).await.unwrap().remove(0);
    let waba = store.wabas(owner).await.unwrap().remove(0);
    let phone = store.phones(owner).await.unwrap().remove(0);
    let second = shop(&request.state, "local.second", "right").await;
    let sealed = |place| {
        let words = secrecy::SecretString::from("words");
        request.state.vault.seal(place, Uuid::from_u128(5), &words)
    };
    let second_waba = waba::Model {
        id: Uuid::from_u128(5),
        waba_id: "101".to_owned(),
        verify_token: sealed(crate::vault::Place::WabaVerifyToken),
        ..waba.clone()
    };
    let of = |id: u128, waba: &waba::Model, portal: Option<Uuid>| phone::Model {
        id: Uuid::from_u128(id),
        waba_id: waba.id,
        portal_id: portal,
        phone: format!("7727200{id:04}"),
        phone_id: format!("777{id}"),
        line_id: None,
        connector: None,
        ..phone.clone()
    };
    let (second_phone, free) = (of(6, &second_waba, Some(second.id)), of(7, &waba, None));
    let txn = store.begin().await.unwrap();
    txn.waba_insert_in_txn(second_waba.clone()).await.unwrap();
    txn.phone_insert_in_txn(second_phone.clone()).await.unwrap();
    txn.phone_insert_in_txn(free.clone()).await.unwrap();
    txn.commit().await.unwrap();
    let own = PortalId::new(portal.id);
    Stage {
        framed: Caller {
            framed_in: Some(own),
            ..ann
        },
        other: (
            PortalId::new(second.id),
            WabaId::new(second_waba.id),
            PhoneId::new(second_phone.id),
        ),
        own: (own, WabaId::new(waba.id), PhoneId::new(phone.id)),
        free: PhoneId::new(free.id),
        request,
    }
}

fn missing<T>(answer: Result<T, Problem>) -> bool {
    answer.is_err_and(|problem| problem.code == ProblemCode::NotFound)
}

#[tokio::test]
async fn a_frame_lists_its_own_portal_only() {
    for test in engines().await {
        let stage = stage(&test).await;
        let (request, framed) = (&stage.request, &stage.framed);
        let phones = Phones::list(request, framed.may().unwrap(), PageQuery::default());
        let phones: Vec<PhoneId> = phones
            .await
            .unwrap()
            .rows
            .iter()
            .map(|row| row.id)
            .collect();
        assert_eq!(phones.len(), 2, "{}", test.engine);
        assert!(phones.contains(&stage.own.2) && phones.contains(&stage.free));
        let portals = Portals::list(request, framed.may().unwrap(), PageQuery::default());
        let portals = portals.await.unwrap();
        assert_eq!((portals.total, portals.rows[0].id), (1, stage.own.0));
        let wabas = Wabas::list(request, framed.may().unwrap(), PageQuery::default());
        let wabas = wabas.await.unwrap();
        assert_eq!((wabas.total, wabas.rows[0].id), (1, stage.own.1));
        let choices = request.choices(framed.may().unwrap()).await.unwrap();
        assert_eq!((choices.portals.len(), choices.wabas.len()), (1, 1));
    }
}

#[tokio::test]
async fn what_is_in_another_portal_is_not_found_through_a_frame() {
    for test in engines().await {
        let stage = stage(&test).await;
        let (request, framed) = (&stage.request, &stage.framed);
        let (portal, waba, phone) = stage.other;
        assert!(missing(
            Portals::find(request, framed.may().unwrap(), portal).await
        ));
        assert!(missing(
            Portals::check(request, framed.may().unwrap(), portal).await
        ));
        assert!(missing(
            Wabas::find(request, framed.may().unwrap(), waba).await
        ));
        assert!(missing(
            Wabas::delete(request, framed.may().unwrap(), waba).await
        ));
        let edit = request.edit(framed.may().unwrap(), waba, WabaForm::default());
        assert!(missing(edit.await), "{}", test.engine);
        assert!(missing(
            Phones::find(request, framed.may().unwrap(), phone).await
        ));
        assert!(missing(
            Phones::delete(request, framed.may().unwrap(), phone).await
        ));
        assert!(missing(
            request.link(framed.may().unwrap(), phone, None).await
        ));
        Portals::find(request, framed.may().unwrap(), stage.own.0)
            .await
            .unwrap();
        Phones::find(request, framed.may().unwrap(), stage.free)
            .await
            .unwrap();
        Phones::find(request, framed.may().unwrap(), stage.own.2)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_frame_adds_and_deletes_no_portal() {
    let test = engines().await.remove(0);
    let stage = stage(&test).await;
    let (request, framed) = (&stage.request, &stage.framed);
    let form = PortalForm {
        name: "Mine".to_owned(),
        client_id: String::new(),
        client_secret: String::new(),
        country: String::new(),
        owner: String::new(),
        caller: framed.user,
    };
    let added = Portals::save(request, framed.may().unwrap(), None, form).await;
    assert_eq!(added.unwrap_err().code, ProblemCode::NotAllowed);
    assert!(framed.may::<app::model::change::PortalList>().is_err());
}
