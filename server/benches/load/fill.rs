//! A database as it is after years: rows made by the database itself, many at once.

use crate::product::{Engine, Product};
use sea_orm::ConnectionTrait;

/// Rows written by one statement.
const STEP: u64 = 100_000;

/// Adds messages that were delivered long ago, to the conversations there are.
pub async fn old_messages(
    product: &Product,
    engine: Engine,
    from: u64,
    count: u64,
) -> anyhow::Result<()> {
    add(product, engine, from, count, "delivered", "shown").await
}

/// Adds messages that wait, at the ends of their lines.
pub async fn waiting_messages(
    product: &Product,
    engine: Engine,
    from: u64,
    count: u64,
) -> anyhow::Result<()> {
    add(product, engine, from, count, "waiting", "received").await?;
    let database = product.database().await?;
    // Nothing of it is due while it is looked at how soon the server serves.
    let due = "UPDATE line SET due_at = 4000000000000, \
               head = (SELECT MIN(d.number) FROM delivery d WHERE d.line_id = line.id AND d.state = 'waiting'), \
               next_number = (SELECT MAX(d.number) + 1 FROM delivery d WHERE d.line_id = line.id)";
    database.execute_unprepared(due).await?;
    Ok(database.close().await?)
}

async fn add(
    product: &Product,
    engine: Engine,
    from: u64,
    count: u64,
    state: &str,
    status: &str,
) -> anyhow::Result<()> {
    let database = product.database().await?;
    if engine == Engine::Sqlite {
        // Its indexes are written everywhere at once: in memory, and not in the cache of a few pages that is usual.
        database
            .execute_unprepared("PRAGMA cache_size = -2000000")
            .await?;
    }
    let lines = "CREATE TABLE IF NOT EXISTS load_line AS \
                 SELECT ROW_NUMBER() OVER (ORDER BY l.id) - 1 AS n, l.id AS line_id, l.destination_id, \
                 c.id AS conversation_id, c.phone_id, p.owner_id, l.next_number \
                 FROM line l JOIN delivery d ON d.line_id = l.id AND d.number = 1 \
                 JOIN conversation c ON c.id = d.conversation_id JOIN phone p ON p.id = c.phone_id \
                 WHERE d.direction = 'to_bitrix'";
    database.execute_unprepared(lines).await?;
    database
        .execute_unprepared("CREATE UNIQUE INDEX IF NOT EXISTS load_line_n ON load_line (n)")
        .await?;
    let known = product.number("SELECT COUNT(*) FROM load_line").await?;
    let id = |salt: u32| match engine {
        Engine::Sqlite => {
            format!("unhex(printf('0170{salt:04x}%08x70008000%08x', s.i / 65536, s.i))")
        }
        Engine::Postgres => format!(
            "(lpad('0170{salt:04x}', 8, '0') || lpad(to_hex(s.i / 65536), 8, '0') || '70008000' || lpad(to_hex(s.i), 8, '0'))::uuid"
        ),
    };
    let mut begin = from;
    while begin < from + count {
        let end = (begin + STEP).min(from + count);
        let series = format!(
            "WITH RECURSIVE s(i) AS (SELECT CAST({begin} AS BIGINT) UNION ALL SELECT i + 1 FROM s WHERE i + 1 < {end}) "
        );
        let at = "1600000000000 + s.i * 10";
        let (message, delivery) = (id(1), id(2));
        let join = format!("FROM s JOIN load_line l ON l.n = s.i % {known}");
        for sql in [
            format!(
                "INSERT INTO message (id, owner_id, phone_id, conversation_id, direction, wamid, fingerprint, kind, text, part, \
                 status, status_at, created_at) {series} SELECT {message}, l.owner_id, l.phone_id, l.conversation_id, 'in', \
                 'wamid.old.' || s.i, s.i, 'text', 'A text of a usual length, written long ago, number ' || s.i, 0, \
                 '{status}', {at}, {at} {join}"
            ),
            format!(
                "INSERT INTO delivery (id, owner_id, destination_id, line_id, number, kind, direction, phone_id, conversation_id, \
                 message_id, payload, state, attempts, epoch, created_at, done_at) {series} SELECT {delivery}, l.owner_id, \
                 l.destination_id, l.line_id, 1000000000 + s.i, 'inbound_text', 'to_bitrix', l.phone_id, l.conversation_id, \
                 {message}, '{{\"external_id\":\"wamid.old\",\"text\":\"A text of a usual length, written long ago\",\"at\":1600000000}}', \
                 '{state}', 0, 0, {at}, {at} {join}"
            ),
        ] {
            database.execute_unprepared(&sql).await?;
        }
        begin = end;
    }
    if engine == Engine::Postgres {
        // In years this was done long ago; here it would be done while something is measured.
        for chore in ["VACUUM (ANALYZE)", "CHECKPOINT"] {
            database.execute_unprepared(chore).await?;
        }
    }
    Ok(database.close().await?)
}
