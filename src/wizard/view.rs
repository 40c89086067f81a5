//! What may be seen of a wizard.

use std::path::Path;

use super::{OutputBuffer, Wizard};
use crate::journal::Folder;
use crate::run::{AbandonCause, Moment, Outputs, Run, ShellEnd, Who};
use crate::shell::Advice;

impl Wizard {
    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// The output of the last command.
    pub const fn live(&self) -> &OutputBuffer {
        &self.live
    }

    /// Where the output of each command is.
    pub const fn outputs(&self) -> &Outputs {
        &self.outputs
    }

    /// The moment as of which the run is to be read: that of the last [`Self::tick`] or command.
    pub const fn now(&self) -> Moment {
        self.seen
    }

    /// Where the run's files are.
    pub fn folder(&self) -> &Folder {
        self.journal.folder()
    }

    /// The folder's path, as a screen shows it.
    pub fn path(&self) -> &Path {
        self.journal.folder().path()
    }

    /// The short code of the journal's head.
    pub fn head(&self) -> String {
        self.journal.head().code().to_string()
    }

    /// Who is at the keyboard.
    pub const fn who(&self) -> &Who {
        &self.who
    }

    /// The PowerShell that is or would be started; empty in a rehearsal.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// What a rehearsal says to try.
    pub fn advice(&self) -> &[Advice] {
        self.shell.advice()
    }

    /// See [`Run::last_shell_end`].
    pub const fn last_shell_end(&self) -> Option<&ShellEnd> {
        self.run.last_shell_end()
    }

    /// See [`Run::abandoned`].
    pub const fn abandoned(&self) -> Option<&AbandonCause> {
        self.run.abandoned()
    }
}
