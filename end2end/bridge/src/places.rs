//! Where the programs are and which ports are free.

use std::collections::HashSet;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The program `name`: where `variable` says, else beside the folder of the test itself.
pub fn binary(name: &str, variable: &str) -> PathBuf {
    if let Some(path) = std::env::var_os(variable) {
        return path.into();
    }
    let test = std::env::current_exe().expect("a test knows where it is");
    // target/debug/deps/bridge-0123 and target/debug/thoth
    let path = test
        .ancestors()
        .nth(2)
        .expect("a test lies two folders deep")
        .join(name);
    assert!(
        path.exists(),
        "{} is not there: build it with `cargo build -p thoth -p thoth-sandbox`, or set {variable}",
        path.display()
    );
    path
}

/// A port nobody listens on. Below the range from which the system takes ports for calls going
/// out, so that it stays free while THOTH is down.
pub fn port() -> u16 {
    static GIVEN: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let port = rand::random_range(10_240..32_000);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() && given.insert(port) {
            return port;
        }
    }
}
