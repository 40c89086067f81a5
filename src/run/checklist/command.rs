//! What is wanted of a run, what that leads to, and why it is refused.

use crate::checklist::{InputId, InputProblem, StepId};
use crate::run::{
    About, Attempt, Build, Call, Event, FileDigest, Outcome, Prompt, PromptReply, Reason, Session, ShellEnd,
    Who, value,
};

/// What somebody or something wants of the run.
#[derive(Clone, Debug)]
pub enum Command {
    // From the process that opens the run.
    /// Open the journal of an earlier process again.
    Resume {
        by: Who,
        greenlight: Build,
    },
    // From the operator.
    /// Start the shell, or start it again.
    OpenShell,
    /// Have the session back: start the shell if there is none, then check what lived in the session, apply what
    /// changes only the session where its check fails, and check again what rested on it.
    Reconnect,
    /// Give an input its value.
    Give {
        input: InputId,
        typed: Vec<String>,
    },
    Check(StepId),
    /// Check these, one after another, as far as what they need is green.
    CheckAll(Vec<StepId>),
    /// Run a step's apply.
    Apply {
        step: StepId,
        /// Whether the operator was shown what it changes and said yes.
        confirmed: Confirmed,
    },
    /// State that a step holds.
    Attest {
        step: StepId,
        /// The statement as it was shown.
        statement: String,
        name: String,
        note: String,
        by: Who,
    },
    /// Answer the pending prompt; the answer itself stays with the caller.
    Answer(PromptReply),
    /// Stop the running command.
    Stop,
    BeginHandoff,
    AbandonHandoff,
    ConfirmHandoff {
        typed: String,
        by: Who,
    },
    // From the shell and from timers.
    /// The shell is ready.
    ShellOpened(About),
    /// The shell is gone.
    ShellEnded(ShellEnd),
    /// The running command asks.
    Asked {
        attempt: Attempt,
        call: Call,
        prompt: Prompt,
    },
    /// The running command ended.
    Ended {
        attempt: Attempt,
        outcome: Outcome,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
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
    Timeout(Attempt),
    /// The time that a stopped command has before its process is ended.
    Grace(Attempt),
    /// A session is to be looked after; starting it again puts the earlier one off.
    KeepAlive,
    /// A green may have become too old.
    Expiry,
}

/// What to do, after the events are on disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    OpenShell(Session),
    Run {
        attempt: Attempt,
        step: StepId,
        command: String,
        /// The variables to bind before it: name and value.
        variables: Vec<(String, value::Value)>,
    },
    /// Deliver the answer that the caller holds.
    Reply {
        call: Call,
        given: PromptReply,
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
    InputInvalid { input: InputId, why: InputProblem },
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
    Confirmation { expected: String },
    /// No shell is open.
    NoShell,
}
