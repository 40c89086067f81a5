//! The state machine of one run: commands in, events and effects out.
//!
//! [`Run::decide`] says what a command leads to, [`Run::evolve`] folds an event into the state; nothing else changes a
//! run. Events are journalled before anything is drawn from them and before any effect starts. Pure: no I/O, no async,
//! no clock, no randomness, no terminal; the moment of everything is given.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::checklist::{ChecklistId, InputId, InputProblem, InputValue, Sha, StepId};

mod clock;
mod decide;
mod evolve;
pub mod gate;
mod life;
pub mod prompt;
mod state;
pub mod value;
pub mod verdict;

pub use gate::{Gate, Reason};
pub use life::Lost;
pub use prompt::{Given, Prompt};
pub use state::{
    Asking, Found, HandoffStage, LastApply, Run, Running, ShellState, StaleCause, Standing, Statement,
    StepState,
};
pub use verdict::{Fact, Failure, Finding, Outcome, OutcomeEnd, Verdict, VerdictReason};

/// When something happened, by both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Wall clock: milliseconds since the Unix epoch, UTC.
    pub wall: i64,
    /// Monotonic clock: milliseconds since this process opened the run.
    pub mono: u64,
}

/// Who is at the keyboard, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The account, with its domain where it has one.
    pub user: String,
    /// The computer.
    pub host: String,
}

/// Live, or practice.
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
pub enum Errand {
    /// The operator asked for it.
    #[default]
    Asked,
    /// A session is looked after while nothing else runs.
    KeepAlive,
    /// The operator asked to have the session back: what changes only the session is applied where its check fails.
    Reconnect,
}

impl Errand {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's `skip_serializing_if` gives a reference")]
    const fn is_asked(&self) -> bool {
        matches!(self, Self::Asked)
    }
}

/// What the shell says of itself when it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The program, as found.
    pub program: String,
    /// Its version, as it gives it.
    pub version: String,
    /// `Desktop`, `Core`, or empty where it does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub edition: String,
}

/// Why a shell is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum ShellEnd {
    /// We closed it.
    Closed,
    /// We ended it because a stop was not obeyed in time.
    Killed,
    /// It ended by itself.
    Died {
        /// What is known: exit code, last words.
        detail: String,
    },
    /// It could not be started, or never became ready.
    NeverCame {
        /// What is known.
        detail: String,
    },
}

/// Why a running command is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopCause {
    /// The operator asked.
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
pub struct FileDigest {
    /// The name inside the run's folder, with `/`.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: Sha,
    /// Its length in bytes.
    pub bytes: u64,
}

/// What happened. The journal holds these and nothing else; names and fields are its format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// The run began.
    Begun {
        /// Which checklist.
        checklist: ChecklistId,
        /// Its version.
        version: String,
        /// The digest of its file.
        sha256: Sha,
        /// Live or rehearsal.
        mode: Mode,
        /// Who began it.
        by: Who,
        /// The version of greenlight.
        greenlight: String,
    },
    /// A process opened the run again: every session is gone, and what ran then is interrupted.
    Resumed {
        /// Who resumed it.
        by: Who,
        /// The version of greenlight.
        greenlight: String,
    },
    /// The journal's last record had been cut off while it was written: it is kept in this file, and is no part of the run.
    SetAside {
        /// Where it is.
        torn: FileDigest,
    },
    /// A record could not be written; nothing went on until this one could.
    StoodStill {
        /// What failed.
        why: String,
    },
    /// The operator gave an input a value.
    InputGiven {
        /// Which.
        input: InputId,
        /// The value.
        value: InputValue,
    },
    /// The shell is being started.
    ShellStarting {
        /// Its number.
        session: Session,
    },
    /// The shell is ready.
    ShellOpened {
        /// Its number.
        session: Session,
        /// What it says of itself.
        about: About,
    },
    /// The shell is gone, with all that lived in it; what ran is interrupted.
    ShellEnded {
        /// Its number.
        session: Session,
        /// Why.
        end: ShellEnd,
    },
    /// Checks that will run one after another.
    Queued {
        /// In this order.
        steps: Vec<StepId>,
        /// On whose wish.
        #[serde(default, skip_serializing_if = "Errand::is_asked")]
        errand: Errand,
    },
    /// The intent to run a command: on disk before the shell sees it.
    Started {
        /// Its number.
        attempt: Attempt,
        /// The step it belongs to.
        step: StepId,
        /// Check or apply.
        purpose: Purpose,
        /// The text, letter for letter.
        command: String,
        /// The shell that it runs in.
        session: Session,
        /// On whose wish.
        #[serde(default, skip_serializing_if = "Errand::is_asked")]
        errand: Errand,
    },
    /// The running command asks something.
    Asked {
        /// Which command.
        attempt: Attempt,
        /// Which question.
        call: Call,
        /// What is asked.
        prompt: Prompt,
    },
    /// The question was answered; what was answered is not kept.
    Answered {
        /// Which command.
        attempt: Attempt,
        /// Which question.
        call: Call,
        /// Given, or declined.
        given: Given,
    },
    /// A stop was asked for.
    StopAsked {
        /// Which command.
        attempt: Attempt,
        /// By whom.
        cause: StopCause,
    },
    /// A check ended.
    Checked {
        /// Which command.
        attempt: Attempt,
        /// What it found.
        finding: Finding,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
    /// An apply ended.
    Applied {
        /// Which command.
        attempt: Attempt,
        /// How.
        end: ApplyEnd,
        /// Its first errors.
        failures: Vec<Failure>,
        /// The step's remedies that fit, by position.
        remedies: Vec<usize>,
        /// What it asked and nobody answered: the step is then undetermined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unanswered: Option<String>,
        /// How long it took, milliseconds.
        elapsed_ms: u64,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
    /// A named person stated that a step holds.
    Attested {
        /// Which step.
        step: StepId,
        /// The statement, word for word as it was shown.
        statement: String,
        /// The person.
        name: String,
        /// What they added.
        note: String,
        /// At whose keyboard.
        by: Who,
    },
    /// The handoff began: every measured step is checked again.
    HandoffBegun {
        /// In this order.
        steps: Vec<StepId>,
    },
    /// The handoff was given up.
    HandoffAbandoned {
        /// Why.
        why: AbandonCause,
    },
    /// The operator typed the confirmation while the gate was open.
    HandoffConfirmed {
        /// Who.
        by: Who,
    },
    /// The handoff is written; nothing is added to this run any more.
    Sealed {
        /// What was written.
        files: Vec<FileDigest>,
    },
}

/// Why a handoff was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum AbandonCause {
    /// The operator turned back.
    Operator,
    /// A step was not green any more.
    NotGreen,
    /// The files could not be written.
    WriteFailed {
        /// What failed.
        detail: String,
    },
}

/// An event with the moment it happened at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stamped {
    /// When.
    pub at: Moment,
    /// What.
    pub event: Event,
}

/// What somebody or something wants of the run.
#[derive(Clone, Debug)]
pub enum Command {
    // From the process that opens the run.
    /// Open the journal of an earlier process again.
    Resume {
        /// Who does.
        by: Who,
        /// The version of greenlight.
        greenlight: String,
    },
    // From the operator.
    /// Start the shell, or start it again.
    OpenShell,
    /// Have the session back: start the shell if there is none, then check what lived in the session, apply what
    /// changes only the session where its check fails, and check again what rested on it.
    Reconnect,
    /// Give an input its value.
    Give {
        /// Which.
        input: InputId,
        /// What was typed.
        typed: Vec<String>,
    },
    /// Check a step.
    Check(StepId),
    /// Check these, one after another, as far as what they need is green.
    CheckAll(Vec<StepId>),
    /// Run a step's apply.
    Apply {
        /// Which step.
        step: StepId,
        /// Whether the operator was shown what it changes and said yes.
        confirmed: Confirmed,
    },
    /// State that a step holds.
    Attest {
        /// Which step.
        step: StepId,
        /// The statement as it was shown.
        statement: String,
        /// The person's name.
        name: String,
        /// What they add.
        note: String,
        /// At whose keyboard.
        by: Who,
    },
    /// Answer the pending prompt; the answer itself stays with the caller.
    Answer(Given),
    /// Stop the running command.
    Stop,
    /// Begin the handoff.
    BeginHandoff,
    /// Give it up.
    AbandonHandoff,
    /// Confirm it.
    ConfirmHandoff {
        /// What was typed.
        typed: String,
        /// Who typed it.
        by: Who,
    },
    // From the shell and from timers.
    /// The shell is ready.
    ShellOpened(About),
    /// The shell is gone.
    ShellEnded(ShellEnd),
    /// The running command asks.
    Asked {
        /// Which command.
        attempt: Attempt,
        /// Which question.
        call: Call,
        /// What.
        prompt: Prompt,
    },
    /// The running command ended.
    Ended {
        /// Which command.
        attempt: Attempt,
        /// With what.
        outcome: Outcome,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
    /// A timer fired.
    Fired(Timer),
    /// The handoff's files are written, or could not be.
    HandoffWritten(Result<Vec<FileDigest>, String>),
}

/// Whether a change was confirmed by the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// They were told what it changes, and said yes.
    Yes,
    /// They were not asked; enough where only the session changes.
    NotAsked,
}

/// A timer; one that fires for an attempt that is over is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The step's timeout.
    Timeout(Attempt),
    /// The time that a stopped command has before its process is ended.
    Grace(Attempt),
    /// A session is to be looked after; starting it again puts the earlier one off.
    KeepAlive,
}

/// What to do, after the events are on disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Start the shell.
    OpenShell(Session),
    /// Run a command.
    Run {
        /// Its number.
        attempt: Attempt,
        /// The step.
        step: StepId,
        /// The text.
        command: String,
        /// The variables to bind before it: name and value.
        variables: Vec<(String, value::Value)>,
    },
    /// Deliver the answer that the caller holds.
    Reply {
        /// Which question.
        call: Call,
        /// Given, or declined.
        given: Given,
    },
    /// Ask the shell to stop the running command.
    StopPipeline,
    /// End the shell's process and its children.
    KillShell,
    /// Fire this timer after so many milliseconds.
    StartTimer(Timer, u64),
    /// Write the handoff's files.
    WriteHandoff,
    /// Close the shell in peace.
    CloseShell,
}

/// What a command leads to: events first, then effects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// To be journalled and folded, in order.
    pub events: Vec<Event>,
    /// To be done after that.
    pub effects: Vec<Effect>,
}

/// Why a command is refused. Nothing has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The run is handed off.
    Sealed,
    /// A command is running, or a handoff is under way.
    Busy,
    /// A step that this one needs is not green.
    NeedsFirst(StepId),
    /// An input that it uses has no value.
    InputMissing(InputId),
    /// A value does not fit.
    InputInvalid {
        /// Which input.
        input: InputId,
        /// Why.
        why: InputProblem,
    },
    /// No step or input of that name.
    Unknown(String),
    /// The step has no apply.
    NoApply,
    /// It changes more than the session and was not confirmed.
    Unconfirmed,
    /// An attestation cannot be checked, a measurement cannot be attested.
    WrongKind,
    /// An attestation needs a name.
    Nameless,
    /// The gate is locked.
    Locked(Vec<Reason>),
    /// Nothing is there to answer, stop or confirm.
    Nothing,
    /// The wrong word was typed.
    Confirmation {
        /// The right one.
        expected: String,
    },
    /// No shell is open.
    NoShell,
}
