//! The failing rows of one check that its record does not hold: a file of JSON lines.

use super::error::JournalError;
use super::folder::{Folder, ROWS};
use super::lines_file::LinesFile;
use crate::checklist::StepId;
use crate::run::{Attempt, FailingRow, FileDigest};

/// Such a file while it is being written. Its memory does not grow with the rows.
#[derive(Debug)]
pub struct RowsFile(LinesFile);

impl RowsFile {
    /// Begins the file of a check. One that is there already is left alone, and another name taken.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub fn create(folder: &Folder, step: &StepId, attempt: Attempt) -> Result<Self, JournalError> {
        folder.subfolder(ROWS)?;
        LinesFile::create(folder, |number| Folder::rows(step, attempt, number)).map(Self)
    }

    /// Adds a row, or counts it where there is no room for it, as all that follow then.
    ///
    /// # Errors
    /// If the rows gathered so far cannot be written. They are kept, and written by the next call that can.
    pub fn push(&mut self, row: &FailingRow) -> Result<(), JournalError> {
        self.0.push(row, &row.found)
    }

    /// Ends the file: all of it is on disk, and this is its digest.
    ///
    /// # Errors
    /// If it cannot be written or flushed; it may be called again.
    pub fn finish(&mut self) -> Result<FileDigest, JournalError> {
        self.0.finish()
    }
}
