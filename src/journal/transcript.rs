//! The output of one command, in the order in which it came: a file of JSON lines.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::disk::{OpenMode, Sink};
use super::error::{FileAction, JournalError};
use super::folder::{Folder, TRANSCRIPTS};
use super::verify::{self, FileFault};
use crate::checklist::{Sha, StepId};
use crate::run::{Attempt, FileDigest, LeftOut};
use crate::shell::{Line, Stream};

/// How long a command's transcript becomes, in bytes: what a person may still read through, on a disk that others need too.
/// What comes after is counted.
pub(crate) const TRANSCRIPT_MAX: u64 = 64 << 20;
/// How many bytes gather before they are written.
const BUFFER: usize = 64 * 1024;
/// How many bytes wait at the most while they cannot be written.
const BUFFER_STUCK: usize = 4 * BUFFER;
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
pub struct Transcript {
    file: String,
    path: PathBuf,
    sink: Box<dyn Sink>,
    buffer: Vec<u8>,
    digest: Sha256,
    bytes: u64,
    left_out: Option<LeftOut>,
}

impl Transcript {
    /// Begins the transcript of a command. A file that is there already is left alone, and another name taken.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub fn create(folder: &Folder, step: &StepId, attempt: Attempt) -> Result<Self, JournalError> {
        folder.subfolder(TRANSCRIPTS)?;
        let mut number = 1;
        loop {
            let file = Folder::transcript(step, attempt, number);
            let path = folder.path().join(&file);
            match folder.disk().open(&path, OpenMode::New) {
                Ok(sink) => {
                    return Ok(Self {
                        file,
                        path,
                        sink,
                        buffer: Vec::new(),
                        digest: Sha256::new(),
                        bytes: 0,
                        left_out: None,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => return Err(JournalError::Io { action: FileAction::Create, path, source }),
            }
        }
    }

    /// Adds a line that came `at` milliseconds after the command started, or counts it where there is no room for it, as all
    /// that follow then.
    ///
    /// # Errors
    /// If the lines gathered so far cannot be written. They are kept, and written by the next call that can.
    pub fn push(&mut self, at: u64, line: &Line) -> Result<(), JournalError> {
        if let Some(left_out) = &mut self.left_out {
            left_out.lines += 1;
            left_out.bytes += length(&line.text);
            return Ok(());
        }
        if self.buffer.len() >= BUFFER_STUCK {
            self.flush()?;
        }
        let begin = self.buffer.len();
        let kept = TranscriptLine { at, stream: line.stream, text: line.text.clone() };
        serde_json::to_writer(&mut self.buffer, &kept).map_err(|error| JournalError::Encode(error.into()))?;
        self.buffer.push(b'\n');
        let added = self.buffer.get(begin..).unwrap_or_default();
        let more = u64::try_from(added.len()).unwrap_or(u64::MAX);
        if self.bytes.saturating_add(more) > TRANSCRIPT_MAX {
            self.buffer.truncate(begin);
            self.left_out = Some(LeftOut { lines: 1, bytes: length(&line.text) });
            return Ok(());
        }
        self.digest.update(added);
        self.bytes += more;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// What there was no room for.
    pub const fn left_out(&self) -> Option<LeftOut> {
        self.left_out
    }

    /// Writes what has gathered, without waiting for the disk.
    ///
    /// # Errors
    /// If it cannot be written; it is kept.
    pub fn flush(&mut self) -> Result<(), JournalError> {
        let mut written = 0;
        let result = loop {
            match self.buffer.get(written..) {
                None | Some([]) => break Ok(()),
                Some(rest) => match self.sink.write(rest) {
                    Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                    Ok(taken) => written += taken,
                    Err(error) => break Err(error),
                },
            }
        };
        // Only what was taken goes, so that the next try goes on where this one ended.
        self.buffer.drain(..written.min(self.buffer.len()));
        result.map_err(JournalError::io(FileAction::Write, &self.path))
    }

    /// Ends the transcript: all of it is on disk, and this is its digest.
    ///
    /// # Errors
    /// If it cannot be written or flushed; it may be called again.
    pub fn finish(&mut self) -> Result<FileDigest, JournalError> {
        self.flush()?;
        self.sink.sync().map_err(JournalError::io(FileAction::Write, &self.path))?;
        let sha256 = Sha::from_bytes(self.digest.clone().finalize().into());
        Ok(FileDigest { file: self.file.clone(), sha256, bytes: self.bytes, left_out: self.left_out })
    }
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

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}
