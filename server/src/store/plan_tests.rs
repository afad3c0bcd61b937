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
    let steps = explained(test, &format!("{explain} {sql}"), column).await;
    steps.join("\n")
}

async fn explained(test: &TestStore, sql: &str, column: &str) -> Vec<String> {
    let txn = test.store.begin().await.unwrap();
    if test.engine == "postgres" {
        // An index that would do is taken, however small the table is.
        txn.run("SET LOCAL enable_seqscan TO OFF", [])
            .await
            .unwrap();
    }
    let rows = txn.rows(sql, Vec::new()).await.unwrap();
    let steps = rows.iter().map(|row| row.try_get("", column).unwrap());
    steps.collect()
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

/// A message whose id is known, ours or Meta's or a portal's, is not searched among all that its phone or its portal ever
/// sent; those are counted from an index of their own.
#[tokio::test]
async fn a_message_is_found_by_an_id_and_counted_by_its_phone() {
    for test in engines().await {
        for index in ["uq_message_wamid", "ix_message_failed"] {
            test.run(&format!("DROP INDEX {index}")).await;
        }
        let known = [
            "phone_id = (SELECT id FROM phone LIMIT 1) AND direction = 'out' AND wamid = 'w'",
            "portal_id = (SELECT id FROM portal LIMIT 1) AND id IS NOT NULL",
            "portal_id IS NOT NULL AND id IS NOT NULL",
        ];
        for condition in known {
            let steps = plan(
                &test,
                &format!("SELECT text FROM message WHERE {condition}"),
            )
            .await;
            let wrong = ["ix_message_phone", "uq_message_im", "uq_message_sms"];
            let taken = wrong.iter().find(|index| steps.contains(**index));
            assert_eq!(taken, None, "{steps}");
        }
        let counted = counted_since_5();
        let asked = [
            (&*counted, "ix_message_phone"),
            (
                "SELECT id FROM message WHERE portal_id = (SELECT id FROM portal LIMIT 1) AND im_message_id = '5'",
                "uq_message_im",
            ),
            (
                "SELECT id FROM message WHERE portal_id = (SELECT id FROM portal LIMIT 1) AND sms_id = '5'",
                "uq_message_sms",
            ),
        ];
        for (question, right) in asked {
            let steps = plan(&test, question).await;
            assert!(steps.contains(right), "{steps}");
        }
    }
}

/// The messages of a day are counted from its beginning on, and not from the first that there ever was.
#[tokio::test]
async fn a_day_is_counted_from_its_beginning() {
    for test in engines().await {
        let counted = counted_since_5();
        if test.engine == "sqlite" {
            // The steps of a plan do not tell which bound it begins at.
            let mut steps = explained(&test, &format!("EXPLAIN {counted}"), "opcode").await;
            steps.retain(|step| step.starts_with("Seek"));
            assert_eq!(steps, ["SeekGE"]);
        } else {
            test.run("DROP INDEX uq_message_wamid").await;
            let steps = plan(&test, &counted).await;
            let found = steps.lines().find(|step| step.contains("Index Cond"));
            assert!(
                found.is_some_and(|step| step.contains("created_at >= ")),
                "{steps}"
            );
        }
    }
}

/// An overview's count of answers.
fn counted_since_5() -> String {
    let since = super::views::overview::SAID_SINCE
        .replacen('?', "'out'", 1)
        .replacen('?', "5", 1);
    format!("SELECT COUNT(*) FROM phone p CROSS JOIN message m WHERE {since}")
}
