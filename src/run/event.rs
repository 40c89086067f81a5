//! What happens to a run: the words of the journal. Names and fields are its format.

use serde::{Deserialize, Serialize};

use super::{
    About, ApplyEnd, Attempt, Call, Failure, FileDigest, Finding, Mode, Moment, Prompt, PromptReply, Purpose,
    Session, ShellEnd, StopCause, Trigger, Who,
};
use crate::checklist::{ChecklistId, InputId, InputValue, Sha, StepId};

/// What happened. The journal holds these and nothing else; names and fields are its format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "type", rename_all = "kebab-case")]
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
        /// SHA-256 of its file, where it could be read; from format 2 on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        greenlight_sha256: Option<Sha>,
    },
    /// The journal's last record had been cut off while it was written: it is kept in this file, and is no part of the run.
    #[serde(rename = "set-aside")]
    Quarantined {
        /// Where it is.
        torn: FileDigest,
    },
    /// Nothing had vouched for this file of the run: what a command that was cut off had put out, or what was written for a
    /// seal that never came. It is recorded as it was found.
    #[serde(rename = "left-behind")]
    OrphanFile {
        /// Where it is.
        file: FileDigest,
    },
    /// A record could not be written; nothing went on until this one could.
    #[serde(rename = "stood-still")]
    WriteFailed {
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
        #[serde(default, skip_serializing_if = "Trigger::is_asked", rename = "errand")]
        trigger: Trigger,
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
        #[serde(default, skip_serializing_if = "Trigger::is_asked", rename = "errand")]
        trigger: Trigger,
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
        given: PromptReply,
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
    /// Greens came to their end by themselves. They stay ended until a check or a statement, however a clock moves; from
    /// format 2 on.
    Expired {
        /// Of these steps.
        steps: Vec<StepId>,
        /// By what.
        why: Expiry,
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

/// What ended a green that nobody touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    /// It is older than its step allows.
    Age,
    /// The run was opened again at a wall time before its last record, so nobody knows how old it is.
    Clock,
}

/// Why a handoff was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "because", rename_all = "kebab-case")]
pub enum AbandonCause {
    /// The operator turned back.
    Operator,
    /// A step was not green any more.
    NotGreen,
    /// The confirmation came too long after the checks.
    TooLate,
    /// The files could not be written.
    WriteFailed {
        /// What failed.
        detail: String,
    },
}

/// An event with the moment it happened at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamped {
    /// When.
    pub at: Moment,
    /// What.
    pub event: Event,
}

impl Event {
    /// The files of the run that the event vouches for.
    pub fn files(&self) -> Vec<FileDigest> {
        match self {
            Self::Checked { transcript, .. } | Self::Applied { transcript, .. } => {
                transcript.iter().cloned().collect()
            }
            Self::Quarantined { torn: file } | Self::OrphanFile { file } => vec![file.clone()],
            Self::Sealed { files } => files.clone(),
            Self::Begun { .. }
            | Self::Resumed { .. }
            | Self::WriteFailed { .. }
            | Self::InputGiven { .. }
            | Self::ShellStarting { .. }
            | Self::ShellOpened { .. }
            | Self::ShellEnded { .. }
            | Self::Queued { .. }
            | Self::Started { .. }
            | Self::Asked { .. }
            | Self::Answered { .. }
            | Self::StopAsked { .. }
            | Self::Attested { .. }
            | Self::Expired { .. }
            | Self::HandoffBegun { .. }
            | Self::HandoffAbandoned { .. }
            | Self::HandoffConfirmed { .. } => Vec::new(),
        }
    }
}
