//! What happens to a run: the words of the journal. Names and fields are its format.

use serde::{Deserialize, Serialize};

use super::applicability::StepApplies;
use super::wish::Wish;
use crate::checklist::{Changes, ChecklistId, InputId, InputValue, Sha, StepId};
use crate::run::{
    About, ApplyEnd, Attempt, Call, Failure, FileDigest, Finding, Format, FoundSubject, Mode, Moment, Prompt,
    PromptReply, Purpose, Session, ShellEnd, StopCause, Trigger, Who, no_fields,
};

/// What happened. The journal holds these and nothing else; names and fields are its format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "type", rename_all = "kebab-case")]
pub enum Event {
    Begun {
        checklist: ChecklistId,
        version: String,
        /// The digest of its file.
        sha256: Sha,
        mode: Mode,
        by: Who,
        /// The version of greenlight.
        greenlight: String,
    },
    /// A process opened the run again: every session is gone, and what ran then is interrupted.
    Resumed {
        by: Who,
        /// The version of greenlight.
        greenlight: String,
        /// SHA-256 of its file, where it could be read; from format 2 on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        greenlight_sha256: Option<Sha>,
        /// The format of the records that follow; from format 2 on, but not in its first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<Format>,
        /// What the work was done to, as it was found last; from format 2 on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        subjects: Vec<FoundSubject>,
    },
    /// The journal's last record had been cut off while it was written: it is kept in this file, and is no part of the run.
    #[serde(rename = "set-aside")]
    Quarantined {
        torn: FileDigest,
    },
    /// Nothing had vouched for this file of the run: what a command that was cut off had put out, or what was written for a
    /// seal that never came. It is recorded as it was found.
    #[serde(rename = "left-behind")]
    OrphanFile {
        file: FileDigest,
    },
    /// A record could not be written; nothing went on until this one could.
    #[serde(rename = "stood-still")]
    WriteFailed {
        why: String,
    },
    /// The operator gave an input a value.
    InputGiven {
        input: InputId,
        value: InputValue,
    },
    /// The shell is being started.
    ShellStarting {
        session: Session,
    },
    /// The shell is ready.
    ShellOpened {
        session: Session,
        /// What it says of itself.
        about: About,
    },
    /// The shell is gone, with all that lived in it; what ran is interrupted.
    ShellEnded {
        session: Session,
        end: ShellEnd,
        /// What the work was done to, as it was found last; from format 2 on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        subjects: Vec<FoundSubject>,
    },
    /// Checks that will run one after another.
    Queued {
        /// In this order.
        steps: Vec<StepId>,
        #[serde(default, skip_serializing_if = "Trigger::is_asked", rename = "errand")]
        trigger: Trigger,
    },
    /// The intent to run a command: on disk before the shell sees it.
    Started {
        attempt: Attempt,
        /// The step it belongs to.
        step: StepId,
        purpose: Purpose,
        /// The text, letter for letter.
        command: String,
        /// The shell that it runs in.
        session: Session,
        #[serde(default, skip_serializing_if = "Trigger::is_asked", rename = "errand")]
        trigger: Trigger,
        /// Of an apply the check that found what there was before; from format 2 on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Attempt>,
    },
    /// The operator confirmed an apply beyond the session. What it would change, and what there is before, is looked at first;
    /// from format 2 on.
    ApplyPlanned {
        step: StepId,
        /// What it was confirmed for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<FoundSubject>,
        /// The steps that are checked before it, in this order.
        checks: Vec<StepId>,
        /// The check that found already what there is before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Attempt>,
    },
    /// The apply that was confirmed does not run; from format 2 on.
    ApplyGivenUp {
        step: StepId,
        why: ApplyGivenUp,
    },
    /// The running command asks something.
    Asked {
        attempt: Attempt,
        call: Call,
        prompt: Prompt,
    },
    /// The question was answered; what was answered is not kept.
    Answered {
        attempt: Attempt,
        call: Call,
        given: PromptReply,
    },
    StopAsked {
        attempt: Attempt,
        cause: StopCause,
    },
    /// The operator gave the running command its time once more, from now on; from format 2 on.
    TimeoutExtended {
        attempt: Attempt,
        /// How long it may take in all, milliseconds.
        limit_ms: u64,
    },
    /// A stop was not obeyed in time: the process of the shell is to be ended; from format 2 on.
    KillAsked {
        session: Session,
    },
    /// The operator wants this while a session is only looked after: it waits until nothing runs; from format 2 on.
    Held {
        wish: Wish,
    },
    /// The first of what waits is decided now; from format 2 on.
    Released {},
    Checked {
        attempt: Attempt,
        finding: Finding,
        /// Where its output is.
        transcript: Option<FileDigest>,
    },
    Applied {
        attempt: Attempt,
        end: ApplyEnd,
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
        step: StepId,
        /// The statement, word for word as it was shown.
        statement: String,
        name: String,
        note: String,
        by: Who,
    },
    /// It has become known whether steps apply, or known otherwise than before: what rests on one of which it is known
    /// otherwise has ended; from format 2 on.
    ApplicabilityKnown {
        steps: Vec<StepApplies>,
    },
    /// Greens came to their end by themselves. They stay ended until a check or a statement, however a clock moves; from
    /// format 2 on.
    Expired {
        steps: Vec<StepId>,
        why: Expiry,
    },
    /// A step is not checked again and again any more, though it is not green, for a reason that no other record gives; from
    /// format 2 on.
    WaitEnded {
        step: StepId,
        why: WaitEnd,
    },
    /// The operator has the run go on by itself until a person is needed, and again once they have done what was needed; from
    /// format 2 on.
    GoBegun {
        by: Who,
    },
    /// It does not go on by itself any more, for a reason that no other record gives; from format 2 on.
    GoEnded {
        why: GoEnd,
    },
    /// The handoff began: every measured step is checked again.
    HandoffBegun {
        /// In this order.
        steps: Vec<StepId>,
    },
    /// The handoff was given up.
    HandoffAbandoned {
        why: AbandonCause,
    },
    /// The operator typed the confirmation while the gate was open.
    HandoffConfirmed {
        by: Who,
    },
    /// The handoff is written; nothing is added to this run any more.
    Sealed {
        files: Vec<FileDigest>,
        /// What the work was done to; from format 2 on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        subjects: Vec<FoundSubject>,
    },
}

/// What ended a green that nobody touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    /// It is older than its step allows.
    Age,
    /// The run was opened again at a wall time before its last record, so nobody knows how old it is.
    Clock,
}

/// Why an apply that was confirmed does not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "because", rename_all = "kebab-case")]
pub enum ApplyGivenUp {
    /// What its command would change is another than it was confirmed for.
    SubjectChanged { subject: FoundSubject },
    /// What its command would change could not be found out.
    SubjectUnknown { scope: Changes },
    /// It holds already.
    #[serde(deserialize_with = "no_fields")]
    Holds,
    /// A check before it did not come to its end.
    #[serde(deserialize_with = "no_fields")]
    NotChecked,
    /// A step that it needs is not green.
    #[serde(deserialize_with = "no_fields")]
    Needs,
}

/// What ended the checks after an apply. A green ends them, and so do another apply, a stop of what runs, the end of the
/// session or of the process, a write that failed and a handoff, which are records of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitEnd {
    /// The time that they had is up: the last verdict stands.
    TimeUp,
    /// The operator stopped them, and none of them ran that could have been stopped.
    Stopped,
    /// A step that it needs is not green any more.
    NeedNotGreen,
}

/// What ended that a run goes on by itself. The end of the session or of the process, a write that failed and a handoff do as well,
/// which are records of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoEnd {
    /// Every required step is green, or does not apply.
    Done,
    /// The operator stopped it.
    Stopped,
    /// A question was not answered.
    Declined,
}

/// Why a handoff was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "because", rename_all = "kebab-case")]
pub enum AbandonCause {
    /// The operator turned back.
    #[serde(deserialize_with = "no_fields")]
    Operator,
    /// A step was not green any more.
    #[serde(deserialize_with = "no_fields")]
    NotGreen,
    /// Another subject was found than the run had been for.
    SubjectChanged { subject: FoundSubject },
    /// The confirmation came too long after the checks.
    #[serde(deserialize_with = "no_fields")]
    TooLate,
    /// The files could not be written.
    WriteFailed { detail: String },
}

/// An event with the moment it happened at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamped {
    pub at: Moment,
    pub event: Event,
}

impl Event {
    /// The files of the run that the event vouches for.
    pub fn files(&self) -> Vec<FileDigest> {
        match self {
            Self::Checked { transcript, finding, .. } => {
                transcript.iter().chain(finding.rows_file.as_deref()).cloned().collect()
            }
            Self::Applied { transcript, .. } => transcript.iter().cloned().collect(),
            Self::Quarantined { torn: file } | Self::OrphanFile { file } => vec![file.clone()],
            Self::Sealed { files, .. } => files.clone(),
            Self::Begun { .. }
            | Self::Resumed { .. }
            | Self::WriteFailed { .. }
            | Self::InputGiven { .. }
            | Self::ShellStarting { .. }
            | Self::ShellOpened { .. }
            | Self::ShellEnded { .. }
            | Self::Queued { .. }
            | Self::Started { .. }
            | Self::ApplyPlanned { .. }
            | Self::ApplyGivenUp { .. }
            | Self::Asked { .. }
            | Self::Answered { .. }
            | Self::StopAsked { .. }
            | Self::TimeoutExtended { .. }
            | Self::KillAsked { .. }
            | Self::Held { .. }
            | Self::Released {}
            | Self::Attested { .. }
            | Self::ApplicabilityKnown { .. }
            | Self::Expired { .. }
            | Self::WaitEnded { .. }
            | Self::GoBegun { .. }
            | Self::GoEnded { .. }
            | Self::HandoffBegun { .. }
            | Self::HandoffAbandoned { .. }
            | Self::HandoffConfirmed { .. } => Vec::new(),
        }
    }
}
