//! The output of one command, in the order in which it came: a file of JSON lines.

use serde::{Deserialize, Serialize};

use super::error::JournalError;
use super::folder::{Folder, TRANSCRIPTS};
use super::lines_file::LinesFile;
use super::verify::{self, FileFault};
use crate::checklist::StepId;
use crate::run::{Attempt, FileDigest, LeftOut};
use crate::shell::{Line, Stream};

/// How much of a file's end is kept for its last lines.
const TAIL: u64 = 256 * 1024;

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    /// Milliseconds since the command started.
    #[serde(rename = "t")]
    pub at: u64,
    #[serde(rename = "s")]
    pub stream: Stream,
    #[serde(rename = "x")]
    pub text: String,
}

/// A transcript that is being written. Its memory does not grow with the output.
#[derive(Debug)]
pub struct Transcript(LinesFile);

impl Transcript {
    /// Begins the transcript of a command. A file that is there already is left alone, and another name taken.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub fn create(folder: &Folder, step: &StepId, attempt: Attempt) -> Result<Self, JournalError> {
        folder.subfolder(TRANSCRIPTS)?;
        LinesFile::create(folder, |number| Folder::transcript(step, attempt, number)).map(Self)
    }

    /// Adds a line that came `at` milliseconds after the command started, or counts it where there is no room for it, as all
    /// that follow then.
    ///
    /// # Errors
    /// If the lines gathered so far cannot be written. They are kept, and written by the next call that can.
    pub fn push(&mut self, at: u64, line: &Line) -> Result<(), JournalError> {
        self.0.push(&TranscriptLine { at, stream: line.stream, text: line.text.clone() }, &line.text)
    }

    /// Has whoever reads the file find in it all that was added.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn flush(&mut self) -> Result<(), JournalError> {
        self.0.flush()
    }

    /// What there was no room for.
    pub const fn left_out(&self) -> Option<LeftOut> {
        self.0.left_out()
    }

    /// Ends the transcript: all of it is on disk, and this is its digest.
    ///
    /// # Errors
    /// If it cannot be written or flushed; it may be called again.
    pub fn finish(&mut self) -> Result<FileDigest, JournalError> {
        self.0.finish()
    }
}

/// The name inside the folder of the transcript that a command is still writing; one of several is the last.
pub(crate) fn being_written(folder: &Folder, step: &StepId, attempt: Attempt) -> Option<String> {
    let names = (1..).map(|number| Folder::transcript(step, attempt, number));
    names.take_while(|name| folder.path().join(name).exists()).last()
}

/// The last `count` lines of a transcript, the oldest first. All of the file is read, once, and only its end is kept.
///
/// # Errors
/// If it is not what was written.
pub fn tail(
    folder: &Folder,
    transcript: &FileDigest,
    count: usize,
) -> Result<Vec<TranscriptLine>, FileFault> {
    let mut skip = transcript.bytes.saturating_sub(TAIL);
    let mut bytes: Vec<u8> = Vec::new();
    verify::each_part(folder, transcript, |part| {
        let left_out = usize::try_from(skip).map_or(part.len(), |skip| skip.min(part.len()));
        skip -= u64::try_from(left_out).unwrap_or(skip);
        bytes.extend_from_slice(part.get(left_out..).unwrap_or_default());
    })?;
    let mut lines: Vec<TranscriptLine> = bytes
        .rsplit(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .take(count)
        .collect();
    lines.reverse();
    Ok(lines)
}
