//! What runs commands: a maker of shells, the requests that it takes and the reports that it gives.
//!
//! Owns processes and scenarios; never makes a verdict and never touches the journal. A shell is one task that reads
//! [`Request`]s and writes [`ShellEvent`]s over bounded channels, so that a flood of output slows the command and not us.

use std::path::PathBuf;

use tokio::sync::mpsc;

use crate::checklist::{Localized, StepId};
use crate::run::value::Value;
use crate::run::{About, Attempt, Call, Failure, OutcomeEnd, Prompt, PromptReply};

pub(crate) mod fault;
mod formatting;
mod outbox;
pub(crate) mod powershell;
mod recorded;
pub(crate) mod rehearsal;
mod wait;

pub use crate::psrp::Secret;
pub(crate) use fault::{LastWords, ProgramEnd, ShellFault};
pub use powershell::PowerShell;
pub use rehearsal::Rehearsal;

/// How many requests or reports wait in a channel.
pub const CHANNEL: usize = 256;

pub trait Shell: Send {
    /// Starts one, as a task of the current runtime. Dropping the sender ends it, with its children.
    ///
    /// The first report is [`ShellEvent::Opened`] or [`ShellEvent::Exited`]; after [`ShellEvent::Exited`] nothing follows.
    fn open(&self, reports: mpsc::Sender<ShellEvent>) -> mpsc::Sender<Request>;

    /// The program that it starts; empty where it starts none.
    fn program(&self) -> String {
        String::new()
    }

    /// What a scripted one says to try; a real one says nothing.
    fn advice(&self) -> &[Advice] {
        &[]
    }
}

/// What whoever rehearses may try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The step that it stands by; else wherever no other stands.
    pub step: Option<StepId>,
    pub say: Localized,
}

impl Advice {
    /// That of a step, or the one that is of none.
    pub fn at<'a>(all: &'a [Self], step: Option<&StepId>) -> Option<&'a Localized> {
        let of = |step: Option<&StepId>| all.iter().find(|advice| advice.step.as_ref() == step);
        of(step).or_else(|| of(None)).map(|advice| &advice.say)
    }
}

/// What the wizard wants of a shell.
#[derive(Debug)]
pub enum Request {
    /// Run a command; only one at a time.
    Run {
        attempt: Attempt,
        /// Its text, run letter for letter in the one runspace.
        command: String,
        /// Variables to bind before it.
        variables: Vec<(String, Value)>,
    },
    Reply(Call, Answer),
    /// Stop the running command, keeping the session.
    Stop,
    /// End the process and its children now.
    Kill,
    /// Close the session and end.
    Close,
}

/// What a shell says.
#[derive(Debug)]
pub enum ShellEvent {
    Opened(About),
    /// A line of one of the streams.
    Line(Attempt, Line),
    /// An object of the output stream.
    Row(Attempt, Value),
    /// An error record; what was thrown comes before [`ShellEvent::Ended`].
    Error(Attempt, Failure),
    Progress(Attempt, Progress),
    /// A question; the command waits.
    Asks(Attempt, Call, Prompt),
    /// The command is over.
    Ended(Attempt, OutcomeEnd),
    /// The shell is gone.
    Exited(ShellExit),
}

/// How a shell went.
#[derive(Debug, Clone, PartialEq)]
pub enum ShellExit {
    /// It was closed, or killed, as asked.
    Requested,
    /// It ended by itself after it had opened.
    Died(ShellFault),
    /// It never opened.
    StartFailed(ShellFault),
}

/// The stream that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stream {
    /// The output stream, as the object's text.
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    /// Information records and `Write-Host`.
    Information,
    Progress,
    /// What a native child wrote past PowerShell.
    Noise,
}

/// One line of a stream; it holds no line break, but may hold any other control character.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    pub stream: Stream,
    pub text: String,
}

/// How far an activity of a command is; a record takes the place of the last one with its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub activity_id: i32,
    /// The activity that it is a part of.
    pub parent_id: Option<i32>,
    /// What is going on.
    pub activity: String,
    /// How far it is, in words.
    pub status: String,
    /// What of it is being done at this moment.
    pub current_operation: Option<String>,
    /// How far it is, if known, 0 to 100.
    pub percent: Option<u8>,
    /// How long it still takes, as far as the command knows.
    pub seconds_remaining: Option<u32>,
    pub record_type: ProgressRecordType,
}

/// Whether an activity goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProgressRecordType {
    #[default]
    Processing,
    Completed,
}

impl ProgressRecordType {
    const fn of(completed: bool) -> Self {
        if completed { Self::Completed } else { Self::Processing }
    }
}

/// The answer to a question.
#[derive(Debug)]
pub enum Answer {
    /// A user name and a password.
    Credential(String, Secret),
    Choice(Vec<usize>),
    Line(String),
    /// A line that is not shown.
    SecureLine(Secret),
    /// One value a field, in order.
    Fields(Vec<FieldAnswer>),
    /// No answer: the question fails, and with it, as a rule, the command.
    Declined,
}

impl Answer {
    /// What the journal keeps of it.
    pub(crate) const fn given(&self) -> PromptReply {
        match self {
            Self::Declined => PromptReply::Declined,
            Self::Credential(..)
            | Self::Choice(_)
            | Self::Line(_)
            | Self::SecureLine(_)
            | Self::Fields(_) => PromptReply::Answered,
        }
    }
}

#[derive(Debug)]
pub enum FieldAnswer {
    /// Shown while it was typed.
    Text(String),
    /// Masked while it was typed.
    Secret(Secret),
}

/// Where a program comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub path: PathBuf,
}
