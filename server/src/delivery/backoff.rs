//! How long to wait before the next try: pure, with jitter given from outside.

/// The longest pause between two tries.
const CAP: i64 = 5 * 60 * 1000;

/// 1, 2, 4, 8 ... seconds up to five minutes, give or take a fifth, in milliseconds.
/// `tries` counts from one; `jitter` is a number from 0 to 1.
pub fn backoff(tries: i32, jitter: f64) -> i64 {
    let doublings = tries.clamp(1, 20) - 1;
    let base = 1000_i64.saturating_mul(1 << doublings).min(CAP);
    let spread = base as f64 * 0.2;
    base + (spread * (jitter.clamp(0.0, 1.0) * 2.0 - 1.0)) as i64
}

/// [`backoff`] with jitter of its own.
pub fn backoff_jittered(tries: i32) -> i64 {
    backoff(
        tries,
        f64::from(rand::random::<u32>()) / f64::from(u32::MAX),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_doubles_from_a_second_to_five_minutes() {
        assert_eq!(
            [1, 2, 3, 4, 9, 10, 99].map(|tries| backoff(tries, 0.5)),
            [1000, 2000, 4000, 8000, 256_000, 300_000, 300_000]
        );
    }

    proptest! {
        #[test]
        fn it_stays_within_a_fifth(tries in -5..1000, jitter in -1.0_f64..2.0) {
            let plain = backoff(tries, 0.5);
            let wait = backoff(tries, jitter);
            prop_assert!((wait - plain).abs() <= plain / 5 && wait > 0);
        }
    }
}
