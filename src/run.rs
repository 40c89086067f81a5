//! What every kind of run needs, and below it each kind as a module: `checklist`, the state machine of one run of a checklist.
//!
//! Commands in, events and effects out: [`Run::decide`] says what a command leads to and has each event written down before
//! [`Run::evolve`] folds it into the state; nothing else changes a run, and no effect starts before. Pure: no I/O of its own, no
//! async, no clock, no randomness, no terminal; the moment of everything is given.

use std::num::NonZeroU32;

use serde::{Deserialize, Deserializer, Serialize};

use crate::checklist::Sha;

mod checklist;
mod clock;
pub(crate) mod prompt;
pub(crate) mod value;
pub(crate) mod verdict;

pub(crate) use checklist::FailedRows;
pub use checklist::{
    AbandonCause, AgainCause, Applicability, Applies, ApplyGivenUp, Assessment, CONFIRM_WITHIN_MS,
    CheckRecord, Command, CommandOutput, Confirmed, Count, Decision, Doubt, Effect, Event, Expiry, GoEnd,
    Going, HandoffFault, HandoffStage, Heading, HeldBy, KnownSubject, NextAction, Outputs, Pace, Refusal,
    Run, ShellState, StaleCause, Stamped, StatusReason, StepApplies, StepState, StepStatus, Timer, Unvouched,
    WaitEnd, WaitProgress, WhyNot, Wish,
};
pub(crate) use checklist::{LastApply, Lost, Reason, Running, gate};
pub use prompt::{Prompt, PromptReply};
pub use verdict::{
    Coverage, Fact, FailingRow, Failure, Finding, FoundSubject, Judge, Judged, KeptValue, KeptValues,
    MissingName, MoreErrors, OutcomeEnd, ToCover, Verdict, VerdictReason,
};

/// The format of the records that this greenlight writes; it reads this one and those before it.
pub(crate) const FORMAT: u32 = 2;

/// A format that this greenlight reads: a later number is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Format(u32);

impl Format {
    /// The one that is written.
    pub(crate) const WRITTEN: Self = Self(FORMAT);
}

impl TryFrom<u32> for Format {
    type Error = String;

    fn try_from(format: u32) -> Result<Self, Self::Error> {
        if (1..=FORMAT).contains(&format) { Ok(Self(format)) } else { Err(format!("format {format}")) }
    }
}

/// What a run is of; a header that names none was written when there was one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// Its steps, the gate behind them, the handoff behind that.
    #[default]
    Checklist,
}

/// What follows the tag of a word that has no fields. Serde would pass over any that a later greenlight gave it.
fn no_fields<'de, D: Deserializer<'de>>(rest: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}
    Nothing::deserialize(rest).map(|Nothing {}| ())
}

/// When something happened, by both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Wall clock: milliseconds since the Unix epoch, UTC.
    pub wall: i64,
    /// Monotonic clock: milliseconds since this process opened the run.
    pub mono: u64,
}

/// Who is at the keyboard, and where: as the system has it, whatever the environment says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// The account, with its domain where it has one.
    pub user: String,
    pub host: String,
    /// The account's security identifier, on Windows; from format 2 on, as what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Whether the process runs as administrator, on Windows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elevated: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Build {
    pub version: String,
    /// SHA-256 of the program's file, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha>,
}

/// The file of a PowerShell's engine, as it was when it was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineFile {
    pub file: String,
    pub sha256: Sha,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Commands run in PowerShell.
    Live,
    /// Answers come from a scenario of this name; such a run never opens a live gate.
    Rehearsal(String),
}

/// The number of one command's execution in a run, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempt(pub NonZeroU32);

/// The number of a shell's life in a run, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(pub NonZeroU32);

/// The number of a prompt in its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Call(pub i64);

/// What a command is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To find out whether the state holds.
    Check,
    /// To make it hold.
    Apply,
}

/// On whose wish a command runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// The operator asked for it.
    #[default]
    Asked,
    /// A session is looked after while nothing else runs.
    KeepAlive,
    /// The operator confirmed an apply, and what it rests on is looked at first; from format 2 on.
    BeforeApply,
    /// A step that was applied is checked again until it is green.
    Poll,
    /// The operator asked to have the session back: what changes only the session is applied where its check fails.
    Reconnect,
    /// The operator has the run go on by itself; from format 2 on.
    Go,
}

impl Trigger {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's `skip_serializing_if` gives a reference")]
    pub(crate) const fn is_asked(&self) -> bool {
        matches!(self, Self::Asked)
    }

    /// Whether the operator waits for it: a session that is only looked after is nobody's business.
    pub(crate) const fn is_in_front(self) -> bool {
        match self {
            Self::Asked | Self::BeforeApply | Self::Reconnect | Self::Go => true,
            Self::KeepAlive | Self::Poll => false,
        }
    }
}

/// What the shell says of itself when it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The program, as found.
    pub program: String,
    /// Its version, as it gives it.
    pub version: String,
    /// `Desktop`, `Core`, or empty where it does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub edition: String,
    /// What runs the commands: `System.Management.Automation.dll` beside a pwsh, else the program itself; from format 2 on, and
    /// only where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<EngineFile>,
}

/// How a shell's process went. What that means for the session is for the run to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShellGone {
    /// It was told to: closed, killed, or let go.
    AsAsked,
    /// It ended by itself.
    Died {
        /// What is known: exit code, last words.
        detail: String,
    },
    /// It could not be started, or never became ready.
    StartFailed { detail: String },
}

/// Why a shell is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "why", rename_all = "kebab-case")]
pub enum ShellEnd {
    #[serde(deserialize_with = "no_fields")]
    Closed,
    /// We ended it because a stop was not obeyed in time.
    #[serde(deserialize_with = "no_fields")]
    Killed,
    /// It ended by itself.
    Died {
        /// What is known: exit code, last words.
        detail: String,
    },
    /// It could not be started, or never became ready.
    #[serde(rename = "never-came")]
    StartFailed { detail: String },
}

/// Why a running command is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopCause {
    Operator,
    /// The step's timeout passed.
    Timeout,
}

/// How an apply ended. It never makes a step green by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApplyEnd {
    /// It ran to its end without an error record.
    Done,
    /// It wrote an error or threw.
    Failed,
    /// It was stopped, timed out or cut off: what it did is unknown.
    Interrupted,
}

/// The file in the run's folder that holds a command's output, and its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// The name inside the run's folder, with `/`.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: Sha,
    /// Its length in bytes.
    pub bytes: u64,
    /// What is not in it, because a transcript has a limit; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// How much came after a transcript had reached its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    pub lines: u64,
    /// Bytes of their text, as UTF-8.
    pub bytes: u64,
}
