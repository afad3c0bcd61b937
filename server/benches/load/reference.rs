//! The least a durable endpoint can do: verify the HMAC, append the body to a file, one fdatasync for all that came
//! meanwhile, answer 200. A process of its own, as THOTH is one.

use crate::facts::APP_SECRET;
use crate::product::free_port;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

type Waiting = (Bytes, oneshot::Sender<bool>);

/// Serves on this port until it is killed.
pub async fn serve(port: u16, file: &Path) -> anyhow::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(file)?;
    let (queue, waiting) = mpsc::channel(1024);
    std::thread::spawn(move || append_all(file, waiting));
    let router = Router::new()
        .route("/api/waba/", post(receive))
        .with_state(queue);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, router).await?)
}

async fn receive(
    State(queue): State<mpsc::Sender<Waiting>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    if !is_signed(&headers, &body) {
        return StatusCode::FORBIDDEN;
    }
    let (answer, answered) = oneshot::channel();
    if queue.send((body, answer)).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match answered.await {
        Ok(true) => StatusCode::OK,
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn is_signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let told = headers
        .get("x-hub-signature-256")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("sha256="))
        .and_then(|value| hex::decode(value).ok());
    let (Some(told), Ok(mut mac)) = (told, Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()))
    else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&told).is_ok()
}

fn append_all(mut file: File, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(128);
    while waiting.blocking_recv_many(&mut group, 128) > 0 {
        let written = group
            .iter()
            .try_for_each(|(body, _)| file.write_all(body))
            .and_then(|()| file.sync_data())
            .is_ok();
        for (_, answer) in group.drain(..) {
            // Who went away has no use for the answer.
            let _ = answer.send(written);
        }
    }
}

/// The reference as a process.
pub struct Reference {
    /// Where it listens.
    pub port: u16,
    child: Child,
}

impl Reference {
    /// Starts it; answers when it listens.
    pub async fn start(file: &Path) -> anyhow::Result<Self> {
        let port = free_port()?;
        let child = Command::new(std::env::current_exe()?)
            .args(["reference", &port.to_string()])
            .arg(file)
            .spawn()?;
        let reference = Self { port, child };
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(reference)
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
