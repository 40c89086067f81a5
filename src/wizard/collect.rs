//! Carries what one command gives: to its judge, and to its transcript, which is complete on disk; and from its judge the failing
//! rows that a record has no room for, to a file.

use super::recorded;
use super::scrub::Cleaned;
use crate::checklist::StepId;
use crate::journal::{Folder, JournalError, RowsFile, Transcript};
use crate::run::{Attempt, FileDigest, Judge, Judged, LeftOut, Moment, OutcomeEnd};
use crate::shell::{Line, Stream};

/// The output of the running command.
pub(super) struct Collector {
    /// Whose output it is.
    pub attempt: Attempt,
    pub judge: Box<Judge>,
    started: Moment,
    transcript: Transcript,
    folder: Folder,
    step: StepId,
    /// From the first row on that needs it.
    rows_file: Option<RowsFile>,
}

impl Collector {
    pub(super) fn begin(
        folder: &Folder,
        step: &StepId,
        attempt: Attempt,
        judge: Box<Judge>,
        started: Moment,
    ) -> Result<Self, JournalError> {
        Ok(Self {
            attempt,
            judge,
            started,
            transcript: Transcript::create(folder, step, attempt)?,
            folder: folder.clone(),
            step: step.clone(),
            rows_file: None,
        })
    }

    /// Adds a line to the transcript.
    pub(super) fn line(&mut self, line: &Line, now: Moment) -> Result<(), JournalError> {
        self.judge.heard(now);
        if line.stream == Stream::Warning {
            self.judge.warning(&line.text);
        }
        let after = now.mono.saturating_sub(self.started.mono);
        self.transcript.push(after, line)
    }

    /// Has whoever reads the transcript find in it what has come.
    pub(super) fn flush(&mut self) -> Result<(), JournalError> {
        self.transcript.flush()
    }

    /// What the transcript has no room for.
    pub(super) const fn left_out(&self) -> Option<LeftOut> {
        self.transcript.left_out()
    }

    pub(super) fn row(&mut self, row: Cleaned) -> Result<(), JournalError> {
        match row {
            Cleaned::AsItCame(value) => self.judge.row(&value),
            Cleaned::Masked(value) => self.judge.masked_row(&value, recorded::secret_in_output()),
        }
        self.keep_failing()
    }

    /// Writes the failing rows that the judge does not keep.
    fn keep_failing(&mut self) -> Result<(), JournalError> {
        let rows = self.judge.take_failing();
        if rows.is_empty() {
            return Ok(());
        }
        let file = match &mut self.rows_file {
            Some(file) => file,
            none => none.insert(RowsFile::create(&self.folder, &self.step, self.attempt)?),
        };
        rows.iter().try_for_each(|row| file.push(row))
    }

    /// A line held a secret in an encoding that cannot be read: what else its program says of it is not known either.
    pub(super) fn garbled_line(&mut self) {
        self.judge.once(recorded::secret_garbled());
    }

    /// What it came to, with the transcript on disk.
    pub(super) fn finish(
        mut self,
        end: OutcomeEnd,
        now: Moment,
    ) -> Result<(Judged, FileDigest), JournalError> {
        let transcript = self.transcript.finish()?;
        self.judge.end_rows();
        self.keep_failing()?;
        let rows_file = self.rows_file.as_mut().map(RowsFile::finish).transpose()?;
        Ok((Judged { rows_file, ..self.judge.finish(end, now) }, transcript))
    }
}
