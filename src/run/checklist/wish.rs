//! What an operator may want at any time, as the journal keeps it while it waits. Names and fields are its format.

use serde::{Deserialize, Serialize};

use super::command::{Command, Confirmed};
use crate::checklist::{InputId, StepId};
use crate::run::Who;

/// What the operator wants, once nothing runs any more. Nothing in it is secret: inputs and statements are records anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "want", rename_all = "kebab-case")]
pub enum Wish {
    Check { step: StepId },
    CheckAll { steps: Vec<StepId> },
    Apply { step: StepId, confirmed: Confirmed },
    Attest { step: StepId, statement: String, name: String, note: String, by: Who },
    Give { input: InputId, typed: Vec<String> },
    Reconnect {},
    BeginHandoff {},
}

impl Wish {
    /// What can wait of a command, if anything can.
    pub(super) fn of(command: &Command) -> Option<Self> {
        Some(match command.clone() {
            Command::Check(step) => Self::Check { step },
            Command::CheckAll(steps) => Self::CheckAll { steps },
            Command::Apply { step, confirmed } => Self::Apply { step, confirmed },
            Command::Attest { step, statement, name, note, by } => {
                Self::Attest { step, statement, name, note, by }
            }
            Command::Give { input, typed } => Self::Give { input, typed },
            Command::Reconnect => Self::Reconnect {},
            Command::BeginHandoff => Self::BeginHandoff {},
            Command::Begin { .. }
            | Command::Resume { .. }
            | Command::WriteFailed
            | Command::WriteRecovered { .. }
            | Command::OpenShell
            | Command::Answer(_)
            | Command::Stop
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
            Wish::Attest { step, statement, name, note, by } => {
                Self::Attest { step, statement, name, note, by }
            }
            Wish::Give { input, typed } => Self::Give { input, typed },
            Wish::Reconnect {} => Self::Reconnect,
            Wish::BeginHandoff {} => Self::BeginHandoff,
        }
    }
}
