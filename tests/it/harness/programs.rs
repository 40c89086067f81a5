//! Programs that a test writes and then starts.
//!
//! On Linux what is open for writing cannot be started, and what another test starts meanwhile has for a moment all that this
//! process has open. So such a file is written by a process of its own.

use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// A program made of a script of the system's own shell.
#[cfg(unix)]
pub fn script_at(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name);
    let mut install = Command::new("install");
    let mut install =
        install.args(["-m", "755", "/dev/stdin"]).arg(&path).stdin(Stdio::piped()).spawn().unwrap();
    writeln!(install.stdin.take().unwrap(), "#!/bin/sh\n{script}").unwrap();
    assert!(install.wait().unwrap().success());
    path
}

/// A program made of a script of the system's own shell.
#[cfg(windows)]
pub fn script_at(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name).with_extension("cmd");
    std::fs::write(&path, format!("@echo off\r\n{script}\r\n")).unwrap();
    path
}

/// Another file of the same program.
#[cfg(unix)]
pub fn copy(program: &Path, to: &Path) {
    assert!(Command::new("cp").args([program, to]).status().unwrap().success());
}
