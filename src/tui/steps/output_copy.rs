//! All that a command printed, written into a file of the operator's choice a part at a time: held against its record first.

use std::path::{Path, PathBuf};

use super::sift::{BLOCK, Wanted};
use crate::journal::{CopyFault, FileFault, Folder, LinesCopy, LinesReader, Look, TranscriptLine};
use crate::run::FileDigest;
use crate::sanitize::escape_controls;

/// How many lines are written at a time.
const PORTION: u64 = 32 * BLOCK;

/// A copy that is being written.
#[derive(Debug)]
pub(super) struct OutputCopy {
    reader: LinesReader<TranscriptLine>,
    look: Look,
    copy: LinesCopy,
    wanted: Wanted,
    next: u64,
}

/// Why there is no copy.
#[derive(Debug)]
pub(super) enum NoCopy {
    /// The file cannot be written.
    Copy(CopyFault),
    /// What is to be written is not what was recorded.
    Output(FileFault),
}

impl OutputCopy {
    pub(super) fn begin(
        folder: &Folder,
        output: &FileDigest,
        wanted: Wanted,
        path: &Path,
    ) -> Result<Self, NoCopy> {
        let reader = LinesReader::open(folder, output).map_err(NoCopy::Output)?;
        let copy = LinesCopy::create(path).map_err(NoCopy::Copy)?;
        Ok(Self { reader, look: Look::Part, copy, wanted, next: 0 })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.copy.path().to_owned()
    }

    pub(super) const fn lines(&self) -> u64 {
        self.copy.lines()
    }

    /// Writes the next part; whether that was the last.
    pub(super) fn work(&mut self) -> Result<Look, NoCopy> {
        if self.look == Look::Part {
            self.look = self.reader.look_on().map_err(NoCopy::Output)?;
            return Ok(Look::Part);
        }
        let count = usize::try_from(PORTION).unwrap_or(usize::MAX);
        let lines = self.reader.read(self.next, count).map_err(NoCopy::Output)?;
        for line in lines.iter().filter(|line| self.wanted.takes(line.stream, &line.text)) {
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
