//! All that a command printed, written into a file of the operator's choice a part at a time: held against its record first.

use std::path::{Path, PathBuf};

use super::copy::{CopyFault, LinesCopy};
use super::folder::Folder;
use super::lines_reader::{LinesReader, Look};
use super::transcript::TranscriptLine;
use super::verify::FileFault;
use crate::run::FileDigest;
use crate::sanitize::escape_controls;
use crate::shell::Stream;

/// How many lines are written at a time.
const PORTION: u64 = 2_048;

/// A copy that is being written.
#[derive(Debug)]
pub(crate) struct OutputCopy {
    reader: LinesReader<TranscriptLine>,
    look: Look,
    copy: LinesCopy,
    only: Option<Stream>,
    next: u64,
}

/// Why there is no copy.
#[derive(Debug)]
pub(crate) enum NoCopy {
    /// The file cannot be written.
    Copy(CopyFault),
    /// What is to be written is not what was recorded.
    Output(FileFault),
}

impl OutputCopy {
    /// Of one stream, or of all.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn begin(
        folder: &Folder,
        output: &FileDigest,
        only: Option<Stream>,
        path: &Path,
    ) -> Result<Self, NoCopy> {
        let reader = LinesReader::open(folder, output).map_err(NoCopy::Output)?;
        let copy = LinesCopy::create(path).map_err(NoCopy::Copy)?;
        Ok(Self { reader, look: Look::Part, copy, only, next: 0 })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.copy.path().to_owned()
    }

    pub(crate) const fn lines(&self) -> u64 {
        self.copy.lines()
    }

    /// Writes the next part; whether that was the last.
    pub(crate) fn work(&mut self) -> Result<Look, NoCopy> {
        if self.look == Look::Part {
            self.look = self.reader.look_on().map_err(NoCopy::Output)?;
            return Ok(Look::Part);
        }
        let count = usize::try_from(PORTION).unwrap_or(usize::MAX);
        let lines = self.reader.read(self.next, count).map_err(NoCopy::Output)?;
        for line in lines.iter().filter(|line| self.only.is_none_or(|only| only == line.stream)) {
            self.copy.push(&escape_controls(&line.text)).map_err(NoCopy::Copy)?;
        }
        self.next += PORTION;
        if self.next < self.reader.lines() {
            return Ok(Look::Part);
        }
        self.copy.finish().map_err(NoCopy::Copy)?;
        Ok(Look::Whole)
    }
}
