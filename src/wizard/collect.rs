//! Gathers what one command gives, bounded in memory, complete on disk.

use super::recorded;
use crate::checklist::{Remedy, RemedyWhen, StepId};
use crate::journal::{Folder, JournalError, Transcript};
use crate::run::value::Value;
use crate::run::{Attempt, Failure, FileDigest, LeftOut, Moment, Outcome, OutcomeEnd, verdict};
use crate::shell::{Line, Stream};

/// How many objects a verdict looks at; a check that gives more is undetermined.
pub(super) const ROWS_KEPT: usize = 10_000;
/// How many errors are kept whole; each is in the transcript.
const FAILURES_KEPT: usize = 50;
/// Of how many what they were done to is kept.
const TARGETS_KEPT: usize = 100_000;

/// How many warnings are kept for the verdict; each is in the transcript too.
const WARNINGS_KEPT: usize = 5;

/// The output of the running command.
pub(super) struct Collector {
    /// Whose output it is.
    pub attempt: Attempt,
    started: Moment,
    rows: Vec<Value>,
    rows_dropped: u64,
    failures: Vec<Failure>,
    warnings: Vec<String>,
    /// When something came from it last, or it was answered.
    heard: Moment,
    /// What was thrown comes last.
    last: Option<Failure>,
    /// What was said of a secret, once.
    known_error_ids: Vec<String>,
    /// The kinds of errors that a remedy is for, as far as none came.
    awaited: Vec<RemedyWhen>,
    transcript: Transcript,
}

impl Collector {
    pub(super) fn begin(
        folder: &Folder,
        step: &StepId,
        remedies: &[Remedy],
        attempt: Attempt,
        now: Moment,
    ) -> Result<Self, JournalError> {
        let transcript = Transcript::create(folder, step, attempt)?;
        let awaited = remedies.iter().map(|remedy| &remedy.when).filter(|when| verdict::asks_failure(when));
        Ok(Self {
            attempt,
            started: now,
            rows: Vec::new(),
            rows_dropped: 0,
            failures: Vec::new(),
            warnings: Vec::new(),
            heard: now,
            last: None,
            known_error_ids: Vec::new(),
            awaited: awaited.cloned().collect(),
            transcript,
        })
    }

    /// Adds a line to the transcript.
    pub(super) fn line(&mut self, line: &Line, now: Moment) -> Result<(), JournalError> {
        self.heard(now);
        if line.stream == Stream::Warning && self.warnings.len() < WARNINGS_KEPT {
            self.warnings.push(line.text.clone());
        }
        let after = now.mono.saturating_sub(self.started.mono);
        self.transcript.push(after, line)
    }

    /// Something came, or was answered.
    pub(super) fn heard(&mut self, now: Moment) {
        self.heard = now;
    }

    /// What the transcript has no room for.
    pub(super) const fn left_out(&self) -> Option<LeftOut> {
        self.transcript.left_out()
    }

    /// Keeps an object for the verdict.
    pub(super) fn row(&mut self, value: Value) {
        if self.rows.len() < ROWS_KEPT {
            self.rows.push(value);
        } else {
            self.rows_dropped += 1;
        }
    }

    /// Keeps an object in which a secret was masked: it cannot be judged, and that is an error of the command.
    pub(super) fn masked_row(&mut self, value: Value) {
        self.row(value);
        self.once(recorded::secret_in_output());
    }

    /// A line held a secret in an encoding that cannot be read: what else its program says of it is not known either.
    pub(super) fn garbled_line(&mut self) {
        self.once(recorded::secret_garbled());
    }

    fn once(&mut self, failure: Failure) {
        if !self.known_error_ids.contains(&failure.error_id) {
            self.known_error_ids.push(failure.error_id.clone());
            self.failure(failure);
        }
    }

    /// Keeps an error for the verdict: the first and the last whole, and each that is the first of a kind that a remedy is for.
    pub(super) fn failure(&mut self, failure: Failure) {
        let Some(earlier) = self.last.replace(failure) else { return };
        let before = self.awaited.len();
        self.awaited.retain(|when| !verdict::failure_fits(when, &earlier));
        if self.failures.len() < FAILURES_KEPT || self.awaited.len() < before {
            self.failures.push(earlier);
        } else if self.failures.len() < TARGETS_KEPT {
            self.failures.push(Failure { target: earlier.target, ..Failure::default() });
        }
    }

    /// Everything that came, with the transcript on disk.
    pub(super) fn finish(
        mut self,
        end: OutcomeEnd,
        now: Moment,
    ) -> Result<(Outcome, FileDigest), JournalError> {
        let transcript = self.transcript.finish()?;
        self.failures.extend(self.last);
        let outcome = Outcome {
            end,
            rows: self.rows,
            rows_dropped: self.rows_dropped,
            failures: self.failures,
            warnings: self.warnings,
            silent_ms: now.mono.saturating_sub(self.heard.mono),
            elapsed_ms: now.mono.saturating_sub(self.started.mono),
        };
        Ok((outcome, transcript))
    }
}
