//! Numbers for whoever watches the server, in Prometheus' form.

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Bounds of what is measured in seconds: from a commit on a good disk to a delivery that waited for an hour.
const SECONDS: [f64; 18] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
    60.0, 300.0, 3600.0,
];

/// Declares the numbers: what each is called and what it means.
macro_rules! numbers {
    ($($kind:ident $constant:ident = $name:literal, $help:literal;)+) => {
        /// What the numbers are called.
        pub mod name {
            $(#[doc = $help] pub const $constant: &str = $name;)+
            /// All of them.
            #[cfg(test)]
            pub const ALL: &[&str] = &[$($name),+];
        }

        fn describe() {
            $(metrics::$kind!(name::$constant, $help);)+
        }
    };
}

numbers! {
    describe_gauge BUILD = "thoth_build_info", "Always 1; the label says which version runs.";
    describe_counter RECEIPTS = "thoth_receipts_total", "Receipts made durable and answered, by source.";
    describe_counter REFUSALS = "thoth_refusals_total", "Requests that a door refused, by door and reason.";
    describe_counter DUPLICATES = "thoth_duplicates_total", "Messages and events that had come before, by source.";
    describe_counter DELIVERIES = "thoth_deliveries_total", "Deliveries that ended, by outcome, kind and direction; failed_late was delivered before.";
    describe_counter ATTEMPTS = "thoth_attempts_total", "Calls made for deliveries, by outcome and direction.";
    describe_counter LEASES = "thoth_leases_total", "Changes of leases by this node: claimed, released, lost to another node, or left when the database did not answer.";
    describe_gauge QUEUE = "thoth_queue_deliveries", "Deliveries that wait or are on their way, by kind of destination.";
    describe_gauge QUEUE_OLDEST = "thoth_queue_oldest_seconds", "Age of the oldest delivery at the head of a conversation, by kind of destination; 0 when none waits.";
    describe_gauge UNREAD_OLDEST = "thoth_unread_oldest_seconds", "Age of the oldest receipt that is still to be read; 0 when there is none.";
    describe_gauge BUCKET = "thoth_bucket_level", "The fullest pace bucket, from 0 to 1, by kind of destination; 0 while none counts.";
    describe_gauge PAUSED = "thoth_destinations_paused", "Destinations that are paused now, by kind.";
    describe_histogram ACKNOWLEDGEMENT = "thoth_acknowledgement_seconds", "From the whole body's arrival at a door to its answer, the disk included, by source.";
    describe_histogram READING = "thoth_reading_seconds", "From a receipt's arrival until it was understood, by source.";
    describe_histogram DELIVERY = "thoth_delivery_seconds", "From a receipt's arrival until what it caused was delivered, by direction.";
    describe_histogram DATABASE_WAIT = "thoth_database_wait_seconds", "How long writers wait for their transaction to begin.";
    describe_histogram DATABASE_TRANSACTION = "thoth_database_transaction_seconds", "How long writing transactions take, from their beginning until they are durable.";
    describe_histogram DATABASE_COMMIT = "thoth_database_commit_seconds", "How long commits take, the disk included.";
    describe_counter RESTARTS = "thoth_worker_restarts_total", "Workers that fell over and started anew, by worker.";
    describe_counter INSTALLS = "thoth_installs_total", "Installations of the app that were brought to a door, by source.";
    describe_counter PAGES_LATE = "thoth_pages_late_total", "Pages that did not come in time and were rendered again.";
    describe_counter ODDITIES = "thoth_webhook_oddities_total", "Webhooks that held something unexpected and were read all the same.";
    describe_counter FIELDS = "thoth_webhook_fields_kept_total", "Fields of webhooks that are kept and not acted upon, by field.";
    describe_counter TEMPLATES = "thoth_template_events_total", "What Meta told of templates, by field and event.";
    describe_counter EVENTS = "thoth_events_kept_total", "Events of Bitrix24 that are kept and not acted upon, by event.";
}

/// Starts counting. Once per process; a second call changes nothing.
pub fn numbers_start() {
    match start() {
        Ok(handle) => {
            // Two starts at once cannot be: the recorder is installed once.
            let _ = HANDLE.set(handle);
            describe();
            metrics::gauge!(name::BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        }
        Err(error) => tracing::debug!(%error, "Counting was started before"),
    }
}

fn start() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .install_recorder()
}

/// All numbers in Prometheus' text form; empty before counting was started.
pub fn numbers_text() -> String {
    HANDLE
        .get()
        .map(PrometheusHandle::render)
        .unwrap_or_default()
}

/// Sums up what was measured since: left undone, every measurement stays in memory until somebody asks.
pub fn numbers_settle() {
    if let Some(handle) = HANDLE.get() {
        handle.run_upkeep();
    }
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
    use super::{label_of, name};

    #[test]
    fn a_strange_word_is_other() {
        assert_eq!(label_of("flows", &["calls", "flows"]), "flows");
        assert_eq!(label_of("x", &["calls", "flows"]), "other");
    }

    #[test]
    fn every_number_stands_in_the_documentation() {
        let documented = include_str!("../../../docs/operations.md");
        for name in name::ALL {
            assert!(documented.contains(&format!("`{name}`")), "{name}");
        }
    }
}
