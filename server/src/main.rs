//! The program `thoth`.

use std::process::ExitCode;

fn main() -> ExitCode {
    thoth::cli::main()
}
