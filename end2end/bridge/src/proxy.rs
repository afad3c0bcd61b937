//! A balancer before several nodes: each connection goes to the next node, or to one that answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running balancer; it ends when it is dropped.
pub struct Proxy {
    given: Arc<Vec<AtomicUsize>>,
    work: JoinHandle<()>,
}

impl Proxy {
    /// Listens on `port` and hands connections to `nodes`, ports of this machine, in turn.
    pub async fn start(port: u16, nodes: Vec<u16>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.expect("the port is free");
        let given: Arc<Vec<AtomicUsize>> =
            Arc::new(nodes.iter().map(|_| AtomicUsize::new(0)).collect());
        let count = Arc::clone(&given);
        let work = tokio::spawn(async move {
            let mut turn = 0;
            while let Ok((caller, _)) = listener.accept().await {
                turn += 1;
                tokio::spawn(carry(caller, nodes.clone(), turn, Arc::clone(&count)));
            }
        });
        Self { given, work }
    }

    /// How many connections each node was given.
    pub fn given(&self) -> Vec<usize> {
        let counts = self.given.iter();
        counts.map(|count| count.load(Ordering::SeqCst)).collect()
    }
}

/// Carries bytes both ways. A node that is down is passed over; one that is held takes the connection and is silent.
async fn carry(mut caller: TcpStream, nodes: Vec<u16>, turn: usize, given: Arc<Vec<AtomicUsize>>) {
    for step in 0..nodes.len() {
        let index = (turn + step) % nodes.len();
        let (Some(port), Some(count)) = (nodes.get(index), given.get(index)) else {
            continue;
        };
        if let Ok(mut node) = TcpStream::connect(("127.0.0.1", *port)).await {
            count.fetch_add(1, Ordering::SeqCst);
            // It ends when either side does, however that is.
            let _ = tokio::io::copy_bidirectional(&mut caller, &mut node).await;
            return;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.work.abort();
    }
}
