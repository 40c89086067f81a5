//! What drives the run behind the screens: the wizard.

use std::future::Future;
use std::path::Path;

use crate::journal::JournalError;
use crate::run::{AbandonCause, Command, Moment, Outputs, Run, ShellEnd, Who};
use crate::shell::{Advice, Answer};
use crate::wizard::{OutputBuffer, Trouble, Wizard};

/// What the screens ask of it.
pub trait Driver {
    fn run(&self) -> &Run;
    /// The output of the last command.
    fn live(&self) -> &OutputBuffer;
    /// Where the output of each command is.
    fn outputs(&self) -> &Outputs;
    /// The moment as of which the run is shown.
    fn now(&self) -> Moment;
    /// Looks at the clocks, before the run is shown or a key is taken.
    ///
    /// # Errors
    /// The run stands still.
    fn tick(&mut self) -> Result<(), Trouble> {
        Ok(())
    }
    fn folder(&self) -> &Path;
    /// The journal's head code.
    fn head(&self) -> String;
    /// Who is at the keyboard.
    fn who(&self) -> &Who;
    /// The PowerShell that is or would be started; empty in a rehearsal.
    fn program(&self) -> &str;
    /// Why there is no shell any more, if there was one.
    fn shell_end(&self) -> Option<&ShellEnd> {
        None
    }
    /// The user name that was given last for what asks now.
    fn last_user(&self) -> Option<&str> {
        None
    }
    /// What a rehearsal says to try.
    fn advice(&self) -> &[Advice] {
        &[]
    }
    /// Of a run that is only looked at, what is said of that: nothing can be done in it.
    fn looking(&self) -> Option<&str> {
        None
    }
    /// Why the run stands still, if it does.
    fn halted(&self) -> Option<&JournalError> {
        None
    }
    /// Tries to go on after [`Self::halted`].
    ///
    /// # Errors
    /// Why it still stands still.
    fn retry(&mut self) -> Result<(), Trouble> {
        Ok(())
    }
    /// Why the last handoff was given up, if one was.
    fn abandoned(&self) -> Option<&AbandonCause> {
        None
    }
    /// Does what the operator wants.
    ///
    /// # Errors
    /// The refusal, or that the run stands still.
    fn command(&mut self, command: Command) -> Result<(), Trouble>;
    /// Answers the pending question.
    ///
    /// # Errors
    /// The refusal, or that the run stands still.
    fn answer(&mut self, answer: Answer) -> Result<(), Trouble>;
    /// Waits for news from the shell or a timer and takes them in. Dropping it before it is ready loses nothing.
    ///
    /// # Errors
    /// The run stands still; a refusal is shown like any other.
    fn next(&mut self) -> impl Future<Output = Result<(), Trouble>>;
}

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

    fn last_user(&self) -> Option<&str> {
        Self::last_user(self)
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
