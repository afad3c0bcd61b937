//! The engine's states written down, and held against the real functions on every engine at hand.
//!
//! `reference` says what must be true after each step: two nodes claim, send, land and die in any order, statuses tell
//! of sends before their answers, and time passes. `machine` does the same with the store and compares.

mod machine;
mod reference;

use machine::{Bench, Machine, with_bench};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use reference::Reference;

/// Steps of one case.
const STEPS: std::ops::Range<usize> = 1..60;

#[test]
fn the_engine_does_what_its_states_say() {
    let seed = std::env::var("THOTH_SEED").ok();
    let seed = seed.map(|seed| seed.parse().unwrap());
    let seed: u64 = seed.unwrap_or_else(rand::random);
    eprintln!("THOTH_SEED={seed} repeats the_engine_does_what_its_states_say");
    let cases = if std::env::var_os("THOTH_SOAK").is_some() {
        1000
    } else {
        32
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    for bench in Bench::all() {
        let config = Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let engine = bench.engine();
        let ran = with_bench(bench, || {
            let steps = Reference::sequential_strategy(STEPS);
            let ran = runner.run(&steps, |(initial, transitions, seen)| {
                Machine::test_sequential(config.clone(), initial, transitions, seen);
                Ok(())
            });
            ran.map_err(|error| error.to_string())
        });
        if let Err(error) = ran {
            panic!("{engine}: {error}");
        }
    }
}
