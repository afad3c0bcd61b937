//! What the server says about itself: numbers, readiness, and lines that lead from a delivery to its receipt.

use super::doors::one_text;
use bridge::{World, on_both_engines, signature, until};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines!(
    a_message_is_seen_in_the_numbers,
    a_failed_try_leads_back_to_its_receipt,
);

const AIGERIM: &str = "+77015550101";

/// What is logged of a try that does not succeed.
const FAILED: &str = "did not simply arrive";

async fn numbers(world: &World) -> String {
    let url = format!("{}/metrics", world.thoth.url);
    let answer = world.http.get(url).send().await;
    let answer = answer.expect("THOTH answers");
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.expect("numbers are text")
}

/// The value of a line of the numbers; none where there is no such line.
fn value(numbers: &str, line: &str) -> Option<f64> {
    let found = numbers.lines().find_map(|told| told.strip_prefix(line));
    found.and_then(|value| value.trim().parse().ok())
}

async fn a_message_is_seen_in_the_numbers(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox.says("aigerim", "roses?").await;
    let chat = sandbox.shown(AIGERIM, &["roses?"]).await;
    sandbox.answers(chat.id, &["yes"]).await;
    sandbox.reached("aigerim", &["yes"]).await;
    world.settled().await;
    let unsigned = format!("{}/api/waba/?api-key=nobody", world.thoth.url);
    let request = world.http.post(unsigned).body(one_text("wamid.x", "no"));
    let request = request.header("x-hub-signature-256", signature("no", b"no"));
    assert_eq!(request.send().await.expect("THOTH answers").status(), 403);
    until("the queues to be looked at and all to be counted", async || {
        let told = numbers(world).await;
        let wanted = [
            ("thoth_receipts_total{source=\"meta\"}", 1.0),
            ("thoth_receipts_total{source=\"bitrix\"}", 1.0),
            ("thoth_refusals_total{door=\"meta\",reason=\"forbidden\"}", 1.0),
            ("thoth_acknowledgement_seconds_count{source=\"meta\"}", 1.0),
            ("thoth_reading_seconds_count{source=\"bitrix\"}", 1.0),
            ("thoth_delivery_seconds_count{direction=\"to_bitrix\"}", 1.0),
            ("thoth_delivery_seconds_count{direction=\"to_whatsapp\"}", 1.0),
            ("thoth_leases_total{change=\"claimed\",of=\"portal\"}", 1.0),
            ("thoth_leases_total{change=\"claimed\",of=\"reader\"}", 1.0),
            ("thoth_database_wait_seconds_count", 1.0),
            ("thoth_database_transaction_seconds_count", 1.0),
            ("thoth_database_commit_seconds_bucket{le=\"+Inf\"}", 1.0),
            ("thoth_queue_deliveries{destination=\"phone\"}", 0.0),
            ("thoth_queue_oldest_seconds{destination=\"portal\"}", 0.0),
            ("thoth_unread_oldest_seconds", 0.0),
            ("thoth_bucket_level{destination=\"portal\"}", 0.0),
            ("thoth_destinations_paused{destination=\"portal\"}", 0.0),
        ];
        for (line, least) in wanted {
            if value(&told, line).is_none_or(|value| value < least) {
                return Err(format!("{line} in {told}"));
            }
        }
        let texts = "thoth_deliveries_total{outcome=\"delivered\",kind=\"outbound_text\",direction=\"to_whatsapp\"}";
        if value(&told, texts) != Some(1.0) {
            return Err(format!("{texts} in {told}"));
        }
        if !told.contains("# HELP thoth_delivery_seconds ") || !told.contains("thoth_build_info{version=") {
            return Err(told);
        }
        Ok(())
    })
    .await;
    until("the sums of this hour", async || {
        let sums = "SELECT series || ' ' || CAST(SUM(amount) AS TEXT) FROM hourly \
             WHERE series IN ('inbound', 'outbound') GROUP BY series ORDER BY series";
        // Once for the owner, once for everybody together.
        match world.database.texts(sums).await.as_slice() {
            [inbound, outbound] if inbound == "inbound 2" && outbound == "outbound 2" => Ok(()),
            others => Err(format!("{others:?}")),
        }
    })
    .await;
}

async fn a_failed_try_leads_back_to_its_receipt(world: &mut World) {
    let failing = json!({ "portal": { "fail_every": 1, "fail_status": 500 } });
    world.sandbox.faults(failing).await;
    world.sandbox.says("aigerim", "roses?").await;
    until("a try to fail", async || {
        let log = world.thoth.log();
        if log.contains(FAILED) {
            Ok(())
        } else {
            Err(log)
        }
    })
    .await;
    world.sandbox.faults_clear().await;
    world.sandbox.shown(AIGERIM, &["roses?"]).await;
    world.settled().await;
    let causes = "SELECT CAST(d.receipt_id AS TEXT) FROM delivery d JOIN receipt r ON r.id = d.receipt_id \
         AND r.received_at = d.receipt_at WHERE d.kind = 'inbound_text'";
    let causes = world.database.texts(causes).await;
    let [receipt] = causes.as_slice() else {
        panic!("{causes:?}");
    };
    let log = world.thoth.log();
    let line = log.lines().find(|line| line.contains(FAILED));
    let line = line.unwrap_or_else(|| panic!("{log}"));
    for field in [
        "delivery=",
        "destination=",
        "outcome=",
        &format!("receipt={receipt}"),
    ] {
        assert!(line.contains(field), "{field} in {line}");
    }
}
