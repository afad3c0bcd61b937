//! The program `thoth`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Bodies, rows and answers are many small pieces that one thread makes and another lets go: the system's own
/// allocator spends an eighth of a busy server's time on them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    thoth::cli::main()
}
