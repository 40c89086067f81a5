//! Everything below the wizard on a real PowerShell, in one program, which CI builds for Windows as well: what every shell promises, the
//! shell's life and commands, the protocol's client, and the operator's inputs.
//!
//! A test that stands under `cfg(unix)` says why there is nothing like it on Windows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

mod client;
mod contract;
mod inputs;
#[path = "../psrp_peer/peer.rs"]
#[allow(dead_code, reason = "not all of the peer is needed")]
mod peer;
#[path = "../common/processes.rs"]
mod processes;
mod shell;
#[path = "../common/shells.rs"]
mod shells;

use std::path::{Path, PathBuf};

use greenlight::shell::{PowerShell, Program};

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

/// A program made of a script of the system's own shell.
#[cfg(unix)]
fn script_at(folder: &Path, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// A program made of a script of the system's own shell.
#[cfg(windows)]
fn script_at(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name).with_extension("cmd");
    std::fs::write(&path, format!("@echo off\r\n{script}\r\n")).unwrap();
    path
}
