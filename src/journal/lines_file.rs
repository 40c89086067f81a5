//! A file of JSON lines in a run's folder, of bounded length, with its digest.

use std::io;
use std::path::PathBuf;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::disk::{OpenMode, Sink};
use super::error::{FileAction, JournalError};
use super::folder::Folder;
use crate::checklist::Sha;
use crate::run::{FileDigest, LeftOut};

/// How long such a file becomes, in bytes: what a person may still read through, on a disk that others need too. What comes
/// after is counted.
pub(crate) const LINES_MAX: u64 = 64 << 20;
/// How many bytes gather before they are written.
const BUFFER: usize = 64 * 1024;
/// How many bytes wait at the most while they cannot be written.
const BUFFER_STUCK: usize = 4 * BUFFER;

/// A file of lines that is being written. Its memory does not grow with them.
#[derive(Debug)]
pub(super) struct LinesFile {
    file: String,
    path: PathBuf,
    sink: Box<dyn Sink>,
    buffer: Vec<u8>,
    digest: Sha256,
    bytes: u64,
    left_out: Option<LeftOut>,
}

impl LinesFile {
    /// Begins a file; `name` gives its name inside the run's folder. One that is there already is left alone, and the name with
    /// the next number taken.
    pub(super) fn create(folder: &Folder, name: impl Fn(u32) -> String) -> Result<Self, JournalError> {
        let mut number = 1;
        loop {
            let file = name(number);
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

    /// Adds a line, or counts it and the bytes of its `text` where there is no room for it, as all that follow then. If the
    /// lines gathered so far cannot be written, they are kept, and written by the next call that can.
    pub(super) fn push(&mut self, line: &impl Serialize, text: &str) -> Result<(), JournalError> {
        if let Some(left_out) = &mut self.left_out {
            left_out.lines += 1;
            left_out.bytes += length(text);
            return Ok(());
        }
        if self.buffer.len() >= BUFFER_STUCK {
            self.flush()?;
        }
        let begin = self.buffer.len();
        serde_json::to_writer(&mut self.buffer, line).map_err(|error| JournalError::Encode(error.into()))?;
        self.buffer.push(b'\n');
        let added = self.buffer.get(begin..).unwrap_or_default();
        let more = u64::try_from(added.len()).unwrap_or(u64::MAX);
        if self.bytes.saturating_add(more) > LINES_MAX {
            self.buffer.truncate(begin);
            self.left_out = Some(LeftOut { lines: 1, bytes: length(text) });
            return Ok(());
        }
        self.digest.update(added);
        self.bytes += more;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// What there was no room for.
    pub(super) const fn left_out(&self) -> Option<LeftOut> {
        self.left_out
    }

    /// Writes what has gathered, without waiting for the disk; what cannot be is kept.
    pub(super) fn flush(&mut self) -> Result<(), JournalError> {
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

    /// Ends the file: all of it is on disk, and this is its digest. It may be called again.
    pub(super) fn finish(&mut self) -> Result<FileDigest, JournalError> {
        self.flush()?;
        self.sink.sync().map_err(JournalError::io(FileAction::Write, &self.path))?;
        let sha256 = Sha::from_bytes(self.digest.clone().finalize().into());
        Ok(FileDigest { file: self.file.clone(), sha256, bytes: self.bytes, left_out: self.left_out })
    }
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}
