//! What the operator wants while a session is only looked after: it waits, in order, until nothing runs any more.

use super::super::wish::Wish;
use super::Draft;
use crate::run::{Command, Event, Trigger};

impl Draft<'_> {
    /// Whether what runs is nobody's command, but looks after a session.
    pub(super) fn looks_after(&self) -> bool {
        self.run.running.is_some() && self.run.foreground_command().is_none()
    }

    /// Whether a value is given while a run goes on by itself: who fills in several is not stopped by what the first one set
    /// going.
    pub(super) fn gives_while_going(&self, command: &Command) -> bool {
        let goes = self.run.running.as_ref().is_some_and(|running| running.trigger == Trigger::Go);
        goes && matches!(command, Command::Give { .. })
    }

    /// Holds a wish back; one that waits already is not wanted twice.
    pub(super) fn hold(&mut self, wish: Wish) {
        if !self.run.held.contains(&wish) {
            self.event(Event::Held { wish });
        }
    }

    /// Decides what was held back, one after another, until one of them runs.
    pub(super) fn release(&mut self) {
        while self.is_sound()
            && self.run.running.is_none()
            && let Some(wish) = self.run.held.front().cloned()
        {
            self.event(Event::Released {});
            if let Err(refusal) = self.decide(wish.into()) {
                self.refuse(refusal);
            }
        }
    }
}

impl Wish {
    /// What can wait of a command, if anything can.
    pub(super) fn of(command: &Command) -> Option<Self> {
        Some(match command.clone() {
            Command::Check(step) => Self::Check { step },
            Command::CheckAll(steps) => Self::CheckAll { steps },
            Command::Apply { step, confirmed } => Self::Apply { step, confirmed },
            Command::Attest { step, statement, name, note, by, seen } => {
                Self::Attest { step, statement, name, note, by, seen }
            }
            Command::Give { input, typed } => Self::Give { input, typed },
            Command::Reconnect => Self::Reconnect {},
            Command::Go { by } => Self::Go { by },
            Command::BeginHandoff => Self::BeginHandoff {},
            Command::Begin { .. }
            | Command::Resume { .. }
            | Command::WriteFailed
            | Command::WriteRecovered { .. }
            | Command::OpenShell
            | Command::Answer(_)
            | Command::Stop
            | Command::ExtendTimeout
            | Command::AbandonHandoff
            | Command::ConfirmHandoff { .. }
            | Command::ShellOpened(_)
            | Command::ShellEnded(_)
            | Command::Asked { .. }
            | Command::Ended { .. }
            | Command::Fired(_)
            | Command::HandoffWritten(_) => return None,
        })
    }
}

impl From<Wish> for Command {
    fn from(wish: Wish) -> Self {
        match wish {
            Wish::Check { step } => Self::Check(step),
            Wish::CheckAll { steps } => Self::CheckAll(steps),
            Wish::Apply { step, confirmed } => Self::Apply { step, confirmed },
            Wish::Attest { step, statement, name, note, by, seen } => {
                Self::Attest { step, statement, name, note, by, seen }
            }
            Wish::Give { input, typed } => Self::Give { input, typed },
            Wish::Reconnect {} => Self::Reconnect,
            Wish::Go { by } => Self::Go { by },
            Wish::BeginHandoff {} => Self::BeginHandoff,
        }
    }
}
