//! Counters, for whoever watches the server.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts counting. Once per process; a second call changes nothing.
pub fn numbers_start() {
    match PrometheusBuilder::new().install_recorder() {
        Ok(handle) => {
            // Two starts at once cannot be: the recorder is installed once.
            let _ = HANDLE.set(handle);
        }
        Err(error) => tracing::debug!(%error, "Counting was started before"),
    }
}

/// All counters in Prometheus' text form; empty before counting was started.
pub fn numbers_text() -> String {
    HANDLE
        .get()
        .map(PrometheusHandle::render)
        .unwrap_or_default()
}

/// A stranger's word as a label: one we know, or `other`, so that nobody can fill the memory with words.
pub fn label_of(word: &str, known: &'static [&'static str]) -> &'static str {
    known
        .iter()
        .find(|one| **one == word)
        .copied()
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::label_of;

    #[test]
    fn a_strange_word_is_other() {
        assert_eq!(label_of("flows", &["calls", "flows"]), "flows");
        assert_eq!(label_of("x", &["calls", "flows"]), "other");
    }
}
