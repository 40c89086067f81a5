//! A shell that runs a PowerShell process and speaks PSRP with it over its standard input and output.
//!
//! Owns the process, its pipes and the session; finds the program. One process lives as long as the shell, so what a
//! command leaves in the session (`$cred`, imported commands) is there for the next. Nothing of ours runs inside it but
//! assignments to variables, which are read back. Never writes a secret anywhere but into the protocol, never shows
//! its own console, and never leaves the process or its children behind.

use std::time::Duration;

use tokio::sync::mpsc;

use super::{CHANNEL, Program, Request, Shell, ShellEvent};

mod bind;
mod command;
mod convert;
mod engine;
mod events;
mod locate;
mod module_path;
mod noise;
mod process;
mod prompts;
mod session;

pub(crate) use locate::NoPowerShell;
pub use locate::locate;
pub(crate) use module_path::ModulePath;

/// How long PowerShell may take to become ready: on a busy server the first start takes minutes.
const PATIENCE: Duration = Duration::from_secs(if cfg!(windows) { 180 } else { 60 });

/// Makes shells of one program.
#[derive(Clone, Debug)]
pub struct PowerShell {
    program: Program,
    patience: Duration,
}

impl PowerShell {
    /// Makes shells of `program`, which [`locate()`] has found.
    pub fn new(program: Program) -> Self {
        Self { program, patience: PATIENCE }
    }

    /// What the program is given in place of the inherited `PSModulePath`; nothing where that stays as it is.
    pub fn module_path(&self) -> Option<ModulePath> {
        module_path::instead(&self.program.path)
    }

    /// Gives the program another time to become ready.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

/// An object that a command put out as a check's expectations see it.
pub fn neutral(value: &crate::psrp::PsValue) -> crate::run::value::Value {
    convert::from_psrp(value).value
}

impl Shell for PowerShell {
    fn open(&self, reports: mpsc::Sender<ShellEvent>) -> mpsc::Sender<Request> {
        let (sender, requests) = mpsc::channel(CHANNEL);
        tokio::spawn(session::run(self.program.clone(), self.patience, requests, reports));
        sender
    }

    fn program(&self) -> String {
        self.program.path.display().to_string()
    }
}
