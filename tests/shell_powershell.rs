//! The PowerShell shell against the real engine, and against programs that are none.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

#[path = "shell_powershell/commands.rs"]
mod commands;
#[path = "shell_powershell/life.rs"]
mod life;
#[path = "shell_powershell/procedure.rs"]
mod procedure;
#[path = "common/shells.rs"]
mod shells;

use std::path::PathBuf;

use greenlight::shell::{PowerShell, Program};

/// The engine, or a note that the test is skipped.
fn engine(test: &str) -> Option<PowerShell> {
    let path = std::env::var_os("GREENLIGHT_POWERSHELL").map(PathBuf::from);
    if path.is_none() {
        eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
    }
    path.map(|path| PowerShell::new(Program { path }))
}
