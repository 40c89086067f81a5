//! Everything below the wizard on a real PowerShell, on Windows as well: what every shell promises, the shell's life and
//! commands, the protocol's client, and the operator's inputs.
//!
//! A test that stands under `cfg(unix)` says why there is nothing like it on Windows.

mod client;
mod contract;
mod inputs;
mod shell;

use std::path::PathBuf;

use greenlight::facade::shell::{PowerShell, Program};

/// Where PowerShell is, or a note that the test is skipped.
fn powershell(test: &str) -> Option<PathBuf> {
    let path = std::env::var_os("GREENLIGHT_POWERSHELL");
    if path.is_none() {
        eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
    }
    path.map(PathBuf::from)
}

/// A maker of shells, or a note that the test is skipped.
fn engine(test: &str) -> Option<PowerShell> {
    powershell(test).map(|path| PowerShell::new(Program { path }))
}
