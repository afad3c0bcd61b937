//! Listening, with the ability to hang up: axum alone cannot drop a connection without an answer.

use crate::state::{Sandbox, Shared};
use axum::Router;
use axum::body::Body;
use http::{Request, Response, StatusCode};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Marks an answer that must not be sent: the connection is dropped instead.
#[derive(Debug, Clone, Copy)]
pub enum HangUp {
    /// Politely: the other side reads an end.
    Close,
    /// With a TCP reset.
    Reset,
}

/// An answer that drops the connection.
pub fn hang_up() -> Response<Body> {
    unsaid(HangUp::Close)
}

/// An answer that resets the connection.
pub fn reset() -> Response<Body> {
    unsaid(HangUp::Reset)
}

fn unsaid(how: HangUp) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response.extensions_mut().insert(how);
    response
}

/// The addresses, for people and for tests.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    pub main: String,
    pub graph: String,
    pub facebook: String,
    pub oauth: String,
    pub portals: Vec<PortalAddress>,
}

/// Where one portal answers.
#[derive(Debug, Clone, Serialize)]
pub struct PortalAddress {
    pub member_id: String,
    pub domain: String,
}

/// Who listens where.
#[derive(Debug, Default)]
pub struct Ports {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    host: String,
    main: String,
    oauth: String,
    portals: BTreeMap<String, Vec<CancellationToken>>,
}

impl Ports {
    fn with<R>(&self, look: impl FnOnce(&mut Inner) -> R) -> R {
        look(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// `http://host:port` of the pages and Graph.
    pub fn main(&self) -> String {
        self.with(|inner| format!("http://{}", inner.main))
    }

    /// `http://host:port` of the OAuth server.
    pub fn oauth(&self) -> String {
        self.with(|inner| format!("http://{}", inner.oauth))
    }
}

impl Sandbox {
    /// All addresses as they are now.
    pub fn addresses(&self) -> Addresses {
        let main = self.ports.main();
        Addresses {
            graph: format!("{main}/graph"),
            facebook: format!("{main}/facebook"),
            main,
            oauth: self.ports.oauth(),
            portals: self.world(|world| {
                let portals = world.portals.iter();
                portals
                    .map(|portal| PortalAddress {
                        member_id: portal.member_id.clone(),
                        domain: portal.domain.clone(),
                    })
                    .collect()
            }),
        }
    }
}

/// Opens the main port, the OAuth server and every portal. Port 0 chooses a free one.
pub async fn start(shared: &Shared, host: &str, main: u16, oauth: u16) -> anyhow::Result<()> {
    let token = CancellationToken::new();
    let at = serve(crate::pages::main_router(shared), host, main, token.clone()).await?;
    let oauth_at = serve(crate::oauth::router(shared), host, oauth, token).await?;
    shared.ports.with(|inner| {
        inner.host = host.to_string();
        inner.main = at.to_string();
        inner.oauth = oauth_at.to_string();
    });
    portals_open(shared).await
}

/// Closes the portals' ports and opens those of the current setup.
pub async fn portals_open(shared: &Shared) -> anyhow::Result<()> {
    shared.ports.with(|inner| {
        for token in std::mem::take(&mut inner.portals).into_values().flatten() {
            token.cancel();
        }
    });
    for portal in shared.setup().portal {
        portal_open(shared, &portal.member_id, portal.port).await?;
    }
    Ok(())
}

/// Opens a port for a portal and makes it the portal's domain; an earlier one answers 302 from then on.
pub async fn portal_open(shared: &Shared, member_id: &str, port: u16) -> anyhow::Result<String> {
    let token = CancellationToken::new();
    let host = shared.ports.with(|inner| inner.host.clone());
    let router = crate::pages::portal_router(shared, member_id);
    let at = serve(router, &host, port, token.clone()).await?;
    // To a browser `localhost` is another site than 127.0.0.1: an app in a portal's frame gets no cookies, as behind
    // a real portal.
    let domain = match at.ip() {
        IpAddr::V4(Ipv4Addr::LOCALHOST) => format!("localhost:{}", at.port()),
        IpAddr::V4(_) | IpAddr::V6(_) => at.to_string(),
    };
    shared.ports.with(|inner| {
        let tokens = inner.portals.entry(member_id.to_string()).or_default();
        tokens.push(token);
    });
    shared.world(|world| {
        if let Some(portal) = world.portal_mut(member_id) {
            let old = std::mem::replace(&mut portal.domain, domain.clone());
            if !old.is_empty() {
                portal.old_domains.push(old);
            }
        }
    });
    Ok(domain)
}

/// Serves a router until the token is cancelled; tells the address.
async fn serve(
    router: Router,
    host: &str,
    port: u16,
    until: CancellationToken,
) -> anyhow::Result<SocketAddr> {
    let listener = bind(host, port).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = until.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else { continue };
            let _ = stream.set_nodelay(true);
            let router = router.clone();
            let until = until.clone();
            tokio::spawn(async move {
                let resets = Arc::new(AtomicBool::new(false));
                // The same socket once more, for when the server has let go of it.
                let twin = stream.as_fd().try_clone_to_owned();
                let service = {
                    let resets = Arc::clone(&resets);
                    hyper::service::service_fn(move |request| {
                        answer(router.clone(), request, Arc::clone(&resets))
                    })
                };
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::select! {
                    () = until.cancelled() => {}
                    // An error here is a hang-up, ours or theirs.
                    _ = connection => {}
                }
                if resets.load(Ordering::SeqCst)
                    && let Ok(twin) = twin
                    && let Ok(twin) = TcpStream::from_std(std::net::TcpStream::from(twin))
                {
                    // The last to let go of the socket decides how it ends.
                    let _ = twin.set_zero_linger();
                }
            });
        }
    });
    Ok(address)
}

async fn bind(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    let mut tries = 0;
    loop {
        match TcpListener::bind((host, port)).await {
            Ok(listener) => return Ok(listener),
            // A port that a moment ago belonged to the world before this one.
            Err(_) if tries < 20 && port != 0 => {
                tries += 1;
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            Err(error) => return Err(anyhow::anyhow!("cannot listen on {host}:{port}: {error}")),
        }
    }
}

async fn answer(
    router: Router,
    request: Request<hyper::body::Incoming>,
    resets: Arc<AtomicBool>,
) -> Result<Response<Body>, std::io::Error> {
    let response = match router.oneshot(request.map(Body::new)).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    match response.extensions().get::<HangUp>() {
        None => return Ok(response),
        Some(HangUp::Close) => {}
        Some(HangUp::Reset) => resets.store(true, Ordering::SeqCst),
    }
    Err(std::io::Error::other("the sandbox hung up"))
}
