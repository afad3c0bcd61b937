//! Which index answers, where another would answer as well and go through far more.

use super::testing::{TestStore, engines};

/// The open of a line, as its head is found.
fn of_line() -> String {
    let open = super::outbox::open_of_line("");
    format!(
        "SELECT MIN(number) FROM delivery WHERE line_id = (SELECT id FROM line LIMIT 1) AND {open}"
    )
}

/// Open deliveries whose ids are known, as a courier changes them.
const BY_ID: &str = "SELECT id FROM delivery WHERE id IN (SELECT id FROM message) AND state IN ('waiting', 'sending', 'unknown')";

/// The steps of the plan.
async fn plan(test: &TestStore, sql: &str) -> String {
    let (explain, column) = match test.engine {
        "sqlite" => ("EXPLAIN QUERY PLAN", "detail"),
        _ => ("EXPLAIN", "QUERY PLAN"),
    };
    let txn = test.store.begin().await.unwrap();
    if test.engine == "postgres" {
        // An index that would do is taken, however small the table is.
        txn.run("SET LOCAL enable_seqscan TO OFF", [])
            .await
            .unwrap();
    }
    let rows = txn.rows(&format!("{explain} {sql}"), Vec::new()).await;
    let rows = rows.unwrap();
    let steps = rows.iter().map(|row| row.try_get("", column).unwrap());
    steps.collect::<Vec<String>>().join("\n")
}

/// Were the right ones gone, the indexes of what is in trouble still would not do: so they are never taken for them,
/// whatever the statistics say.
#[tokio::test]
async fn the_open_of_a_line_are_not_searched_among_all_that_is_in_trouble() {
    for test in engines().await {
        if test.engine == "sqlite" {
            let steps = plan(&test, &of_line()).await;
            assert!(steps.contains("ix_delivery_open"), "{steps}");
        }
        test.run("DROP INDEX ix_delivery_open").await;
        test.run("DROP INDEX uq_delivery_number").await;
        let steps = plan(&test, &of_line()).await;
        assert!(!steps.contains("trouble"), "{steps}");
        let listed = format!(
            "SELECT id FROM delivery WHERE {} ORDER BY created_at LIMIT 50",
            super::views::query::in_trouble("")
        );
        let steps = plan(&test, &listed).await;
        assert!(steps.contains("ix_delivery_trouble_all"), "{steps}");
    }
}

/// Nor is what is known by its id searched among all that is open, or dead.
#[tokio::test]
async fn a_delivery_that_is_known_is_found_by_its_id() {
    for test in engines().await {
        let steps = plan(&test, BY_ID).await;
        assert!(!steps.contains("ix_delivery_open"), "{steps}");
        let one = "SELECT id FROM delivery WHERE id IS NOT NULL AND state = 'sending'";
        let steps = plan(&test, one).await;
        assert!(!steps.contains("ix_delivery_sending"), "{steps}");
        let dead = super::dead_letters::is_dead("");
        let one = format!("SELECT id FROM delivery WHERE id IS NOT NULL AND {dead}");
        let steps = plan(&test, &one).await;
        assert!(!steps.contains("ix_delivery_dead"), "{steps}");
    }
}
