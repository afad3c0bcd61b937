//! Real HTTP servers for tests, in this process, on a port of their own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Client, client};

/// A client that may call this machine.
pub(crate) fn local_client() -> Client {
    install_crypto();
    client(true).unwrap()
}

/// Installs ring; the second call changes nothing.
pub(crate) fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What a caller sent.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// Path and query.
    pub(crate) path: String,
    /// `Authorization`, or nothing.
    pub(crate) authorization: String,
    /// All headers.
    pub(crate) headers: http::HeaderMap,
    /// `GET`, `POST` and others.
    pub(crate) method: http::Method,
    /// The body.
    pub(crate) body: String,
}

impl Heard {
    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Gives the answer to one call.
pub(crate) type Answerer = dyn Fn(&Heard) -> Response + Send + Sync;

/// A server that remembers what it heard. It stops when dropped.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Desk {
    heard: Arc<Mutex<Vec<Heard>>>,
    answer: Arc<Answerer>,
}

impl Server {
    /// Starts a server that answers every call with this function.
    pub(crate) async fn start(answer: impl Fn(&Heard) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let desk = Desk {
            heard: heard.clone(),
            answer: Arc::new(answer),
        };
        let app = Router::new().fallback(listen).with_state(desk);
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            address,
            heard,
            task,
        }
    }

    /// `http://127.0.0.1:port`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything heard so far, in order.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let authorization = parts
        .headers
        .get("authorization")
        .map(|found| found.to_str().unwrap().to_owned());
    let heard = Heard {
        path: parts.uri.to_string(),
        authorization: authorization.unwrap_or_default(),
        headers: parts.headers,
        method: parts.method,
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    let answer = (desk.answer)(&heard);
    desk.heard.lock().unwrap().push(heard);
    answer
}

/// An answer with JSON in it.
pub(crate) fn json_answer(status: u16, body: serde_json::Value) -> Response {
    let builder = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    builder.body(body.to_string().into()).unwrap()
}

/// An answer with any text in it.
pub(crate) fn text_answer(status: u16, body: &'static str) -> Response {
    Response::builder()
        .status(status)
        .body(body.into())
        .unwrap()
}

/// Takes connections, reads what comes and closes them without an answer.
pub(crate) async fn silent_server() -> (SocketAddr, JoinHandle<()>) {
    use tokio::io::AsyncReadExt;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0u8; 4096];
            let _ = stream.read(&mut buffer).await;
        }
    });
    (address, task)
}

/// A port where nobody listens.
pub(crate) async fn deaf_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}
