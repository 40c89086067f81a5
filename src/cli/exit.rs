//! The exit codes, in one place.

use std::process::ExitCode;

use crate::plain::{Drawing, Ink, Out};

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
    pub(super) const ALL: [Self; 9] = [
        Self::Open,
        Self::Locked,
        Self::Usage,
        Self::NoPowerShell,
        Self::Held,
        Self::Damaged,
        Self::Newer,
        Self::Fault,
        Self::Interrupted,
    ];

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
    /// The colour of the word that it begins with.
    ink: Ink,
}

impl Failed {
    /// A failure with its message.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), parts: Vec::new(), ink: Ink::default() }
    }

    /// A failure of several messages, below some of which the line of a file is drawn.
    pub(super) fn drawn(exit: Exit, parts: Vec<(String, Option<Drawing>)>) -> Self {
        let messages: Vec<&str> = parts.iter().map(|(message, _)| message.as_str()).collect();
        Self { exit, message: messages.join("\n"), parts, ink: Ink::default() }
    }

    pub(super) fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// Tells the operator.
    pub(super) fn tell(&self, out: &mut Out) {
        out.inked("greenlight:", self.ink);
        out.text(" ");
        if self.parts.is_empty() {
            out.text(&format!("{}\n", self.message));
        }
        for (message, drawing) in &self.parts {
            out.text(&format!("{message}\n"));
            if let Some(drawing) = drawing {
                out.drawing(drawing);
            }
        }
    }
}

/// What a subcommand comes to.
pub(super) type Done = Result<Exit, Failed>;
