//! How a step stands, in words for programs.

use serde::Serialize;

use crate::checklist::StepKind;
use crate::run::{Assessment, StepStatus};

/// What counts now of a step. A green that no longer counts is undetermined, never green.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepVerdict {
    Green,
    Red,
    /// It is not known.
    Undetermined,
    Interrupted,
    /// It was never checked or stated.
    NotRun,
    /// Its condition is not met: it is not asked for.
    DoesNotApply,
}

impl StepVerdict {
    /// The word for programs, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Red => "red",
            Self::Undetermined => "undetermined",
            Self::Interrupted => "interrupted",
            Self::NotRun => "not-run",
            Self::DoesNotApply => "does-not-apply",
        }
    }
}

impl From<&Assessment<'_>> for StepVerdict {
    fn from(assessment: &Assessment<'_>) -> Self {
        match assessment.status {
            StepStatus::Green => Self::Green,
            StepStatus::Red => Self::Red,
            StepStatus::Interrupted => Self::Interrupted,
            StepStatus::NotRun => Self::NotRun,
            StepStatus::DoesNotApply => Self::DoesNotApply,
            StepStatus::ToDo | StepStatus::Waiting if assessment.found.is_none() => Self::NotRun,
            // What was found missing and is only to do is not wrong: whether it will hold is not known.
            StepStatus::ToDo
            | StepStatus::Waiting
            | StepStatus::Undetermined
            | StepStatus::Stale(_)
            | StepStatus::Polling
            | StepStatus::Running(_) => Self::Undetermined,
        }
    }
}

/// How a step stands, in a word for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepStatusWord {
    NotRun,
    Waiting,
    ToDo,
    Running,
    DoesNotApply,
    /// It is checked again and again after its apply.
    Polling,
    Green,
    Stale,
    Red,
    Undetermined,
    Interrupted,
}

impl From<&StepStatus> for StepStatusWord {
    fn from(status: &StepStatus) -> Self {
        match status {
            StepStatus::NotRun => Self::NotRun,
            StepStatus::Waiting => Self::Waiting,
            StepStatus::ToDo => Self::ToDo,
            StepStatus::Running(_) => Self::Running,
            StepStatus::DoesNotApply => Self::DoesNotApply,
            StepStatus::Polling => Self::Polling,
            StepStatus::Green => Self::Green,
            StepStatus::Stale(_) => Self::Stale,
            StepStatus::Red => Self::Red,
            StepStatus::Undetermined => Self::Undetermined,
            StepStatus::Interrupted => Self::Interrupted,
        }
    }
}

/// What the verdict of a step rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// What a command found.
    Measurement,
    /// What a person stated.
    Statement,
}

impl Basis {
    /// The word for programs, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measurement => "measurement",
            Self::Statement => "statement",
        }
    }
}

impl From<&StepKind> for Basis {
    fn from(kind: &StepKind) -> Self {
        match kind {
            StepKind::Measured { .. } => Self::Measurement,
            StepKind::Attested { .. } => Self::Statement,
        }
    }
}
