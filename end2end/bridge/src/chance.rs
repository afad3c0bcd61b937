//! Chance that can be repeated, and how much of a test is run.

use rand::SeedableRng;
use rand::rngs::StdRng;

/// A source of chance. Its seed is printed, and `THOTH_SEED` repeats one.
pub fn chance(test: &str) -> StdRng {
    let given = std::env::var("THOTH_SEED").ok();
    let given = given.map(|seed| seed.parse().expect("THOTH_SEED is a number"));
    let seed: u64 = given.unwrap_or_else(rand::random);
    eprintln!("THOTH_SEED={seed} repeats {test}");
    StdRng::seed_from_u64(seed)
}

/// Tests run in full, for half an hour, and not in the few minutes that every change is worth.
pub fn is_soak() -> bool {
    std::env::var_os("THOTH_SOAK").is_some_and(|soak| !soak.is_empty())
}

/// One value for the few minutes, another for a full run.
pub fn short_or_full<T>(short: T, full: T) -> T {
    if is_soak() { full } else { short }
}
