use std::{sync::Arc, time::Duration};

use app::{
    backend::{Accounts, Backend, Deliveries, Exchange, Overviews, Phones},
    model::{
        Caller, DeliveryDetail, DeliveryFilter, DeliveryId, DeliveryRow, Overview, Page, PageQuery,
        Permit, PhoneFilter, PhoneRow, Problem, ProblemCode, Role, UserId, see,
    },
};
use async_trait::async_trait;
use uuid::Uuid;

use crate::{data, exchange::Http, nothing::Nothing};

const PASSWORD: &str = "thoth thoth thoth";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scene {
    Full,
    Empty,
    Error,
    Slow,
}

/// The backend of one request: the cookies choose the scene and the visitor.
pub fn make() -> Backend {
    let exchange = Arc::new(Http::new());
    let in_cookie = |name: &str| {
        let header = exchange.header("cookie")?;
        header.split(';').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key.trim() == name).then(|| value.trim().to_owned())
        })
    };
    let scene = match in_cookie("preview").as_deref() {
        Some("empty") => Scene::Empty,
        Some("error") => Scene::Error,
        Some("slow") => Scene::Slow,
        _ => Scene::Full,
    };
    let visitor = in_cookie("preview_visitor");
    let fake = Arc::new(Fake {
        scene,
        visitor,
        exchange: exchange.clone(),
    });
    Backend {
        accounts: fake.clone(),
        overviews: fake.clone(),
        wabas: Arc::new(Nothing),
        meta_apps: Arc::new(Nothing),
        phones: fake.clone(),
        deliveries: fake,
        exchange,
    }
}

struct Fake {
    scene: Scene,
    visitor: Option<String>,
    exchange: Arc<Http>,
}

impl Fake {
    async fn play(&self) -> Result<(), Problem> {
        match self.scene {
            Scene::Full | Scene::Empty => Ok(()),
            Scene::Slow => {
                tokio::time::sleep(Duration::from_secs(3)).await;
                Ok(())
            }
            Scene::Error => Err(Problem::new(ProblemCode::StoreUnavailable).request("01JD2Q7F9K")),
        }
    }

    fn enter(&self, email: &str) -> Caller {
        self.exchange
            .cookie(&format!("preview_visitor={email}; Path=/; HttpOnly"));
        caller(email)
    }
}

fn caller(email: &str) -> Caller {
    Caller {
        user: UserId::new(Uuid::from_u128(1)),
        email: email.to_owned(),
        role: Role::Admin,
    }
}

#[async_trait]
impl Accounts for Fake {
    async fn sign_in(&self, email: &str, password: &str) -> Result<Caller, Problem> {
        match password {
            PASSWORD => Ok(self.enter(email)),
            "often" => Err(Problem::new(ProblemCode::TooManyAttempts).arg("minutes", 5)),
            _ => Err(Problem::new(ProblemCode::WrongCredentials)),
        }
    }

    async fn sign_out(&self) -> Result<(), Problem> {
        self.exchange.cookie("preview_visitor=; Path=/; Max-Age=0");
        Ok(())
    }

    async fn caller(&self) -> Result<Option<Caller>, Problem> {
        Ok(self
            .visitor
            .as_deref()
            .filter(|email| !email.is_empty())
            .map(caller))
    }

    async fn setup_pending(&self, token: &str) -> Result<bool, Problem> {
        Ok(token == "good")
    }

    async fn setup_first_admin(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> Result<Caller, Problem> {
        if token != "good" {
            Err(Problem::new(ProblemCode::SetupOver))
        } else if !email.contains('@') {
            Err(Problem::new(ProblemCode::EmailInvalid).at("email"))
        } else if password.chars().count() < 12 {
            Err(Problem::new(ProblemCode::PasswordShort)
                .at("password")
                .arg("least", 12))
        } else {
            Ok(self.enter(email))
        }
    }
}

#[async_trait]
impl Overviews for Fake {
    async fn read(&self, _: Permit<see::Overview>) -> Result<Overview, Problem> {
        self.play().await?;
        Ok(if self.scene == Scene::Empty {
            data::no_overview()
        } else {
            data::overview()
        })
    }
}

#[async_trait]
impl Phones for Fake {
    async fn list(
        &self,
        _: Permit<see::Phones>,
        query: PageQuery<PhoneFilter>,
    ) -> Result<Page<PhoneRow>, Problem> {
        self.play().await?;
        let all = if self.scene == Scene::Empty {
            Vec::new()
        } else {
            data::phones()
        };
        let fits = |phone: &PhoneRow| data::phone_fits(phone, &query);
        Ok(page(all, fits, query.page, query.rows()))
    }
}

#[async_trait]
impl Deliveries for Fake {
    async fn list(
        &self,
        _: Permit<see::Deliveries>,
        query: PageQuery<DeliveryFilter>,
    ) -> Result<Page<DeliveryRow>, Problem> {
        self.play().await?;
        let all = if self.scene == Scene::Empty {
            Vec::new()
        } else {
            data::deliveries()
        };
        let fits = |delivery: &DeliveryRow| data::delivery_fits(delivery, &query);
        Ok(page(all, fits, query.page, query.rows()))
    }

    async fn find(
        &self,
        _: Permit<see::Deliveries>,
        id: DeliveryId,
    ) -> Result<DeliveryDetail, Problem> {
        self.play().await?;
        let found = data::deliveries()
            .into_iter()
            .find(|delivery| delivery.id == id);
        found
            .map(data::detail)
            .ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }
}

fn page<T>(all: Vec<T>, fits: impl Fn(&T) -> bool, page: u32, per_page: u32) -> Page<T> {
    let nothing_at_all = all.is_empty();
    let fitting: Vec<T> = all.into_iter().filter(fits).collect();
    let total = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
    let rows = fitting
        .into_iter()
        .skip(((page - 1) * per_page) as usize)
        .take(per_page as usize)
        .collect();
    Page {
        rows,
        page,
        per_page,
        total,
        nothing_at_all,
    }
}
