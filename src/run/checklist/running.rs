//! The command that runs now, what it asks, and the apply that something has to run before.

use crate::checklist::{Sha, StepId};
use crate::run::{
    Attempt, Call, FoundSubject, Moment, Prompt, Purpose, Session, StopCause, Trigger, VerdictReason,
};

/// The command that runs now.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    pub attempt: Attempt,
    pub step: StepId,
    pub purpose: Purpose,
    pub trigger: Trigger,
    pub command: String,
    /// The session that it runs in.
    pub(super) session: Session,
    pub at: Moment,
    /// The time that the run had lived then.
    pub(super) lived: u64,
    /// Of an apply the check that found what there was before.
    pub before: Option<Attempt>,
    /// By what it is seen whether there are other names to cover since.
    pub(super) covered: Option<Sha>,
    /// The question that it waits for.
    pub asking: Option<Asking>,
    /// How long it may take in all, milliseconds; the time in which a person thinks about a question is not its own.
    pub limit_ms: u64,
    pub(super) extension: Extension,
    /// Why it is being stopped.
    pub stopping: Option<StopCause>,
    /// What it asked and nobody answered.
    pub(super) unanswered: Option<Unanswered>,
    /// Somebody gave it a credential.
    pub(super) was_given_credential: bool,
}

/// Whether a command was given its time once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extension {
    Unused,
    Used,
}

/// An apply beyond the session that was confirmed: what it would change is looked at once more before it runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlannedApply {
    pub(super) step: StepId,
    /// What it was confirmed for.
    pub(super) subject: Option<FoundSubject>,
    /// The checks that are still to run before it.
    pub(super) left: Vec<StepId>,
    /// Its own check, which found what was there before.
    pub(super) before: Option<Attempt>,
}

/// A question that nobody answered, and what that means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unanswered {
    /// The command lacks what it asked for.
    Question(String),
    /// It was a request to sign in to a session that had been there: it has expired.
    SignIn(String),
}

impl Unanswered {
    pub(super) fn asked(self) -> String {
        match self {
            Self::Question(asked) | Self::SignIn(asked) => asked,
        }
    }

    /// Why the step is then undetermined.
    pub(super) fn reason(self) -> VerdictReason {
        match self {
            Self::Question(asked) => VerdictReason::Unanswered { asked },
            Self::SignIn(asked) => VerdictReason::SessionExpired { asked },
        }
    }
}

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    pub call: Call,
    pub prompt: Prompt,
}
