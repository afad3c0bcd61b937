//! Nothing lost, nothing doubled, order kept: talks both ways while everything that can go wrong does.
//!
//! Every test prints its seed (`THOTH_SEED` repeats one) and ends with the same check, `Load::check`. They are short, for
//! every change; with `THOTH_SOAK=1` the same are run in full, for half an hour.

mod disk;
mod kills;
mod nodes;
mod outage;
mod pace;
mod portals;
mod redelivery;
mod weather;
