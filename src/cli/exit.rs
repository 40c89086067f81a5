//! The exit codes, in one place.

use std::process::ExitCode;

use crate::plain::{Drawing, Out};

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
    /// The same in parts, where below some of them the line of a file is drawn.
    parts: Vec<(String, Option<Drawing>)>,
}

impl Failed {
    /// A failure with its message.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), parts: Vec::new() }
    }

    /// A failure of several messages, below some of which the line of a file is drawn.
    pub(super) fn drawn(exit: Exit, parts: Vec<(String, Option<Drawing>)>) -> Self {
        let messages: Vec<&str> = parts.iter().map(|(message, _)| message.as_str()).collect();
        Self { exit, message: messages.join("\n"), parts }
    }

    /// Tells the operator.
    pub(super) fn tell(&self, out: &mut Out) {
        if self.parts.is_empty() {
            out.text(&format!("greenlight: {}\n", self.message));
        }
        for (place, (message, drawing)) in self.parts.iter().enumerate() {
            let begin = if place == 0 { "greenlight: " } else { "" };
            out.text(&format!("{begin}{message}\n"));
            if let Some(drawing) = drawing {
                out.drawing(drawing);
            }
        }
    }
}

/// What a subcommand comes to.
pub(super) type Done = Result<Exit, Failed>;
