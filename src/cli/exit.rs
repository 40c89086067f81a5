//! The exit codes, in one place.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The gate is open, or the subcommand did its work.
    Open,
    /// The gate is locked: a step is not green.
    Locked,
    /// Usage, or a bad checklist or input.
    Usage,
    NoPowerShell,
    /// The run is held by another process.
    Held,
    /// A journal is damaged.
    Damaged,
    /// A run was written by a later greenlight.
    Newer,
    /// Our own fault, or the system's: a disk that is full, a folder that cannot be read.
    Fault,
    /// Interrupted by the operator.
    Interrupted,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Locked => 1,
            Self::Usage => 2,
            Self::NoPowerShell => 3,
            Self::Held => 4,
            Self::Damaged => 5,
            Self::Newer => 6,
            Self::Fault => 70,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a subcommand ended early: a message for the operator and the exit code.
#[derive(Debug)]
pub(super) struct Failed {
    /// How the program ends.
    pub exit: Exit,
    /// What failed, on what, why, and the next move.
    pub message: String,
}

impl Failed {
    /// A failure with its message.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }
}

/// What a subcommand comes to.
pub(super) type Done = Result<Exit, Failed>;
