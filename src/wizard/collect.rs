//! Gathers what one command gives, bounded in memory, complete on disk.

use crate::checklist::StepId;
use crate::journal::{Folder, JournalError, Transcript};
use crate::run::value::Value;
use crate::run::{Attempt, Failure, FileDigest, LeftOut, Moment, Outcome, OutcomeEnd};
use crate::shell::Line;

/// How many objects a verdict looks at; a check that gives more is undetermined.
pub const ROWS_KEPT: usize = 10_000;
/// How many errors are kept for the remedies; each is in the transcript too.
const FAILURES_KEPT: usize = 50;

/// The error of a command whose objects held a secret.
const SECRET_SAID: &str = "SecretInOutput";

/// The output of the running command.
pub struct Collector {
    /// Whose output it is.
    pub attempt: Attempt,
    started: Moment,
    rows: Vec<Value>,
    rows_dropped: u64,
    failures: Vec<Failure>,
    transcript: Transcript,
}

impl Collector {
    /// Opens the transcript.
    pub fn begin(
        folder: &Folder,
        step: &StepId,
        attempt: Attempt,
        now: Moment,
    ) -> Result<Self, JournalError> {
        let transcript = Transcript::create(folder, step, attempt)?;
        Ok(Self {
            attempt,
            started: now,
            rows: Vec::new(),
            rows_dropped: 0,
            failures: Vec::new(),
            transcript,
        })
    }

    /// Adds a line to the transcript.
    pub fn line(&mut self, line: &Line, now: Moment) -> Result<(), JournalError> {
        let after = now.mono.saturating_sub(self.started.mono);
        self.transcript.push(after, line)
    }

    /// What the transcript has no room for.
    pub const fn left_out(&self) -> Option<LeftOut> {
        self.transcript.left_out()
    }

    /// Keeps an object for the verdict.
    pub fn row(&mut self, value: Value) {
        if self.rows.len() < ROWS_KEPT {
            self.rows.push(value);
        } else {
            self.rows_dropped += 1;
        }
    }

    /// Keeps an object in which a secret was masked: it cannot be judged, and that is an error of the command.
    pub fn masked_row(&mut self, value: Value) {
        self.row(value);
        if !self.failures.iter().any(|known| known.error_id == SECRET_SAID) {
            self.failure(Failure {
                error_id: SECRET_SAID.to_owned(),
                exception: String::new(),
                category: "SecurityError".to_owned(),
                message: "The command put out a password that was typed here. It is masked, so what the object says cannot be judged.".to_owned(),
            });
        }
    }

    /// Keeps an error for the verdict; what was thrown comes last and must be among those kept.
    pub fn failure(&mut self, failure: Failure) {
        if self.failures.len() == FAILURES_KEPT {
            self.failures.pop();
        }
        self.failures.push(failure);
    }

    /// Everything that came, with the transcript on disk.
    pub fn finish(mut self, end: OutcomeEnd, now: Moment) -> Result<(Outcome, FileDigest), JournalError> {
        let transcript = self.transcript.finish()?;
        let outcome = Outcome {
            end,
            rows: self.rows,
            rows_dropped: self.rows_dropped,
            failures: self.failures,
            elapsed_ms: now.mono.saturating_sub(self.started.mono),
        };
        Ok((outcome, transcript))
    }
}
