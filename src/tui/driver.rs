//! The wizard behind the screens.

use std::path::Path;

use super::app::Driver;
use crate::journal::JournalError;
use crate::run::{AbandonCause, Command, Moment, Outputs, Run, ShellEnd, Who};
use crate::shell::{Advice, Answer};
use crate::wizard::{OutputBuffer, Trouble, Wizard};

impl Driver for Wizard {
    fn run(&self) -> &Run {
        Self::run(self)
    }

    fn live(&self) -> &OutputBuffer {
        Self::live(self)
    }

    fn outputs(&self) -> &Outputs {
        Self::outputs(self)
    }

    fn now(&self) -> Moment {
        Self::now(self)
    }

    fn tick(&mut self) -> Result<(), Trouble> {
        Self::tick(self)
    }

    fn folder(&self) -> &Path {
        self.path()
    }

    fn head(&self) -> String {
        Self::head(self)
    }

    fn who(&self) -> &Who {
        Self::who(self)
    }

    fn program(&self) -> &str {
        Self::program(self)
    }

    fn shell_end(&self) -> Option<&ShellEnd> {
        self.last_shell_end()
    }

    fn advice(&self) -> &[Advice] {
        Self::advice(self)
    }

    fn halted(&self) -> Option<&JournalError> {
        Self::halted(self)
    }

    fn retry(&mut self) -> Result<(), Trouble> {
        Self::retry(self)
    }

    fn abandoned(&self) -> Option<&AbandonCause> {
        Self::abandoned(self)
    }

    fn command(&mut self, command: Command) -> Result<(), Trouble> {
        Self::command(self, command)
    }

    fn answer(&mut self, answer: Answer) -> Result<(), Trouble> {
        Self::answer(self, answer)
    }

    async fn next(&mut self) -> Result<(), Trouble> {
        Self::next(self).await
    }
}
