//! What to do about an error: the table of the contract as data.

use std::time::Duration;

use super::GraphError;

/// What an error means for the message or call that met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Never again: the operator is told.
    Permanent,
    /// Again with a growing delay.
    Backoff,
    /// Once more after this wait.
    Wait(Duration),
    /// Too many messages to one customer: wait [`pair_wait`] for that customer.
    PairRate,
    /// Nothing of this connection works until an admin acts.
    Stop,
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Codes whose verdict is not [`Verdict::Permanent`]; ranges include both ends.
const TABLE: &[(i64, i64, Verdict)] = &[
    (0, 0, Verdict::Stop),
    (1, 2, Verdict::Backoff),
    (3, 3, Verdict::Stop),
    (4, 4, Verdict::Backoff),
    (10, 10, Verdict::Stop),
    (17, 17, Verdict::Backoff),
    (32, 32, Verdict::Backoff),
    (33, 33, Verdict::Stop),
    (102, 102, Verdict::Stop),
    (104, 104, Verdict::Stop),
    (190, 190, Verdict::Stop),
    (200, 299, Verdict::Stop),
    (341, 341, Verdict::Backoff),
    (368, 368, Verdict::Stop),
    (613, 613, Verdict::Backoff),
    (80_007, 80_007, Verdict::Backoff),
    (130_429, 130_429, Verdict::Backoff),
    (131_000, 131_000, Verdict::Backoff),
    (131_005, 131_005, Verdict::Stop),
    (131_016, 131_016, Verdict::Backoff),
    (131_031, 131_031, Verdict::Stop),
    (131_037, 131_037, Verdict::Stop),
    (131_042, 131_042, Verdict::Stop),
    (131_044, 131_045, Verdict::Stop),
    (131_056, 131_056, Verdict::PairRate),
    (131_057, 131_057, Verdict::Wait(Duration::from_secs(MINUTE))),
    (132_069, 132_069, Verdict::Wait(Duration::from_secs(HOUR))),
    (
        133_000,
        133_000,
        Verdict::Wait(Duration::from_secs(5 * MINUTE)),
    ),
    (133_004, 133_004, Verdict::Backoff),
    (133_008, 133_009, Verdict::Wait(Duration::from_secs(HOUR))),
    (133_010, 133_010, Verdict::Stop),
    (
        133_015,
        133_015,
        Verdict::Wait(Duration::from_secs(5 * MINUTE)),
    ),
    (
        133_016,
        133_016,
        Verdict::Wait(Duration::from_secs(72 * HOUR)),
    ),
    (134_011, 134_011, Verdict::Stop),
    (
        134_101,
        134_101,
        Verdict::Wait(Duration::from_secs(10 * MINUTE)),
    ),
    (138_002, 138_002, Verdict::Wait(Duration::from_secs(30))),
    (138_004, 138_005, Verdict::Backoff),
    (139_102, 139_103, Verdict::Backoff),
    (
        2_494_100,
        2_494_100,
        Verdict::Wait(Duration::from_secs(MINUTE)),
    ),
];

/// The verdict on an error. A code Meta did not tell us about is tried again when Meta says it is transient
/// or its servers failed (5xx, 429), and given up otherwise.
///
/// Codes of the calling room that only speak of calls, and all others the contract marks "do not retry",
/// are permanent by not standing in the table.
pub fn verdict(error: &GraphError) -> Verdict {
    let known = error.code.and_then(|code| {
        TABLE
            .iter()
            .find(|(from, to, _)| (*from..=*to).contains(&code))
            .map(|(_, _, verdict)| *verdict)
    });
    let servers_fault =
        error.transient || error.http.is_some_and(|http| http >= 500 || http == 429);
    match known {
        Some(verdict) => verdict,
        None if servers_fault && !error.code.is_some_and(is_documented_permanent) => {
            Verdict::Backoff
        }
        None => Verdict::Permanent,
    }
}

/// Codes Meta answers with a 5xx although trying again cannot help.
fn is_documented_permanent(code: i64) -> bool {
    matches!(code, 131_008 | 131_009 | 131_026 | 131_047..=131_053 | 132_000..=132_018 | 134_102)
}

/// The wait before attempt `attempt` + 1 to a customer that was written to too fast: 4^X seconds, an hour at most.
pub fn pair_wait(attempt: u32) -> Duration {
    Duration::from_secs(4u64.saturating_pow(attempt).min(HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: i64) -> Verdict {
        verdict(&GraphError {
            code: Some(code),
            http: Some(400),
            ..GraphError::default()
        })
    }

    #[test]
    fn the_codes_mean_what_the_contract_says() {
        for code in [
            0, 3, 10, 33, 102, 190, 200, 299, 368, 131_005, 131_031, 131_042, 133_010,
        ] {
            assert_eq!(of(code), Verdict::Stop, "{code}");
        }
        for code in [
            1, 2, 4, 17, 32, 341, 613, 80_007, 130_429, 131_000, 131_016, 133_004,
        ] {
            assert_eq!(of(code), Verdict::Backoff, "{code}");
        }
        for code in [
            100, 130_472, 131_008, 131_026, 131_047, 131_048, 131_051, 132_001, 999_999,
        ] {
            assert_eq!(of(code), Verdict::Permanent, "{code}");
        }
        assert_eq!(of(131_056), Verdict::PairRate);
        assert_eq!(of(134_101), Verdict::Wait(Duration::from_secs(600)));
    }

    #[test]
    fn an_unknown_code_is_judged_by_whose_fault_it_is() {
        let unknown = |http, transient| GraphError {
            code: Some(77),
            http,
            transient,
            ..GraphError::default()
        };
        assert_eq!(verdict(&unknown(Some(500), false)), Verdict::Backoff);
        assert_eq!(verdict(&unknown(None, true)), Verdict::Backoff);
        assert_eq!(verdict(&unknown(Some(400), false)), Verdict::Permanent);
        assert_eq!(verdict(&GraphError::of_status(429)), Verdict::Backoff);
        let closed = GraphError {
            code: Some(131_047),
            http: Some(500),
            ..GraphError::default()
        };
        assert_eq!(verdict(&closed), Verdict::Permanent);
    }

    #[test]
    fn the_wait_per_customer_grows_and_ends() {
        assert_eq!(pair_wait(0), Duration::from_secs(1));
        assert_eq!(pair_wait(3), Duration::from_secs(64));
        assert_eq!(pair_wait(u32::MAX), Duration::from_secs(3600));
    }

    #[test]
    fn the_table_is_in_order_and_no_code_stands_twice() {
        assert!(TABLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(TABLE.iter().all(|(from, to, _)| from <= to));
    }
}
