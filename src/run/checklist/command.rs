//! What is wanted of a run, what that leads to, and why it is refused.

use super::applicability::WhyNot;
use super::wish::Confirmed;
use crate::checklist::{Changes, InputId, InputProblem, StepId};
use crate::run::{
    About, Attempt, Build, Call, FileDigest, FoundSubject, Judge, Judged, Mode, Prompt, PromptReply, Reason,
    Session, ShellGone, Who, value,
};

/// What somebody or something wants of the run.
#[derive(Clone, Debug)]
pub enum Command {
    // From the process that opens the run.
    /// Begin a new run.
    Begin {
        mode: Mode,
        by: Who,
        /// The version of greenlight.
        greenlight: String,
    },
    /// Open the journal of an earlier process again.
    Resume {
        by: Who,
        greenlight: Build,
        left: Unvouched,
    },
    /// A record or a transcript could not be written: nothing is written until that is known to work again.
    WriteFailed,
    /// It works again.
    WriteRecovered {
        /// Why it had not.
        why: String,
        left: Unvouched,
        /// Whether there is no shell any more.
        shell_lost: bool,
    },
    // From the operator.
    /// Start the shell, or start it again.
    OpenShell,
    /// Have the session back: start the shell if there is none, then check what lived in the session, apply what
    /// changes only the session where its check fails, and check again what rested on it.
    Reconnect,
    /// Go on by itself until a person is needed, and again once they have done what was needed: start the shell if there is
    /// none, check, and apply what changes only the session.
    Go {
        by: Who,
    },
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
        /// What the work was done to when the statement was shown: of another one nothing was stated.
        seen: Vec<FoundSubject>,
    },
    /// Answer the pending prompt; the answer itself stays with the caller.
    Answer(PromptReply),
    /// Stop the running command.
    Stop,
    /// Give the running command its time once more, from now on; that can be done once.
    ExtendTimeout,
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
    ShellEnded(ShellGone),
    /// The running command asks.
    Asked {
        attempt: Attempt,
        call: Call,
        prompt: Prompt,
    },
    /// The running command ended.
    Ended {
        attempt: Attempt,
        judged: Box<Judged>,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
    Fired(Timer),
    /// The handoff's files are written, or could not be.
    HandoffWritten(Result<Vec<FileDigest>, HandoffFault>),
}

/// Files of the run that no record vouches for, as they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unvouched {
    /// Torn ends of the journal, which were set aside.
    pub torn: Vec<FileDigest>,
    /// What was put out by a command that was cut off, or written for a seal that never came.
    pub orphans: Vec<FileDigest>,
}

/// Why the handoff's files could not be written, and what there is of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoffFault {
    pub detail: String,
    pub left: Unvouched,
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
    /// A step that waits after its apply is to be checked again, or its time is up.
    Poll,
}

/// What to do, after the events are on disk.
#[derive(Clone, Debug)]
pub enum Effect {
    OpenShell(Session),
    Run {
        attempt: Attempt,
        step: StepId,
        command: String,
        /// The variables to bind before it: name and value.
        variables: Vec<(String, value::Value)>,
        /// Is told what comes from it.
        judge: Box<Judge>,
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
    /// Let go of the shell, which ends it: what nobody can record must not go on.
    DropShell,
    ForgetTimers,
}

/// What a command leads to, once its events are written and folded.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// To be done now.
    pub effects: Vec<Effect>,
    /// What was refused: the command, or one that had been held back until now.
    pub refused: Option<Refusal>,
}

/// Why a command is refused. It has led to nothing.
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
    /// The step does not apply.
    DoesNotApply(WhyNot),
    /// Whether the step applies cannot be told by what there is.
    NotKnownToApply(WhyNot),
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
    /// Nobody knows what this would change: that step must find it out first.
    SubjectUnknown { scope: Changes, step: StepId },
    /// What this would change is another than was shown.
    SubjectChanged(FoundSubject),
    /// It is green: there is nothing to change.
    Holds,
    /// It was given its time once more already.
    Extended,
}
