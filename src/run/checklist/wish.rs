//! What an operator may want at any time, as the journal keeps it while it waits. Names and fields are its format.

use serde::{Deserialize, Serialize};

use crate::checklist::{InputId, StepId};
use crate::run::{FoundSubject, Who};

/// What the operator wants, once nothing runs any more. Nothing in it is secret: inputs and statements are records anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "want", rename_all = "kebab-case")]
pub enum Wish {
    Check {
        step: StepId,
    },
    CheckAll {
        steps: Vec<StepId>,
    },
    Apply {
        step: StepId,
        confirmed: Confirmed,
    },
    Attest {
        step: StepId,
        statement: String,
        name: String,
        note: String,
        by: Who,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        seen: Vec<FoundSubject>,
    },
    Give {
        input: InputId,
        typed: Vec<String>,
    },
    Reconnect {},
    Go {
        by: Who,
    },
    BeginHandoff {},
}

impl Wish {
    /// Whether it is one for this step.
    pub(super) fn is_of(&self, id: &StepId) -> bool {
        match self {
            Self::Check { step } | Self::Apply { step, .. } | Self::Attest { step, .. } => step == id,
            Self::CheckAll { steps } => steps.contains(id),
            Self::Give { .. } | Self::Reconnect {} | Self::Go { .. } | Self::BeginHandoff {} => false,
        }
    }
}

/// Whether a change was confirmed by the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Confirmed {
    /// They were told what it changes, and typed the word that says yes; enough where nothing is known of whose it is.
    Yes,
    /// They typed the name of what it changes; from format 2 on.
    Named {
        typed: String,
        /// The id of what they were shown.
        id: String,
    },
    /// They were not asked; enough where only the session changes.
    NotAsked,
}

impl Confirmed {
    /// What was typed to confirm: the name of what is changed, or the word for it where nobody says what that is.
    pub(crate) fn by(subject: Option<&FoundSubject>, typed: &str, word: &str) -> Option<Self> {
        match subject {
            Some(subject) if subject.is_named(typed) => {
                Some(Self::Named { typed: typed.to_owned(), id: subject.id.clone() })
            }
            None if typed.trim() == word => Some(Self::Yes),
            Some(_) | None => None,
        }
    }
}
