//! The journal of one run: an append-only file that is the only truth, and the folder around it.
//!
//! Owns records and their hash chain, the lock, recovery, transcripts and the run's folder. Never knows what an event
//! means: it writes and reads whatever can be serialised. A record is one write and one flush; after a write that
//! failed nothing is added until [`Journal::repair`] has cut the file back to the last good record. The format is
//! described in `docs/journal-format.md`, the reasons stand in `docs/decisions/journal.md`.

use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::checklist::Sha;
use crate::run::{FORMAT, RunKind};

mod build;
mod copy;
pub(crate) mod disk;
mod ends;
mod error;
mod folder;
mod head;
mod holder;
mod lifecycle;
mod lines_file;
mod lines_reader;
mod lock;
mod output_copy;
mod read;
mod record;
mod rows_file;
mod transcript;
mod verify;

use disk::{DiskFault, OpenMode, Sink};
use lock::Lock;
use read::walk_events;
use record::End;

pub(crate) use build::running;
pub(crate) use copy::CopyFault;
pub use error::{FileAction, JournalError};
pub(crate) use folder::MANIFEST;
pub use folder::{Folder, RunId};
pub(crate) use head::NotAHeadCode;
pub use head::{Head, HeadCode};
pub use holder::Holder;
pub(crate) use lifecycle::Removal;
pub(crate) use lines_reader::{LinesReader, Look};
pub use lock::holder_of;
pub(crate) use lock::{Held, held};
pub(crate) use output_copy::{NoCopy, OutputCopy};
pub use read::{Condition, Contents, read, read_each};
pub(crate) use read::{read_ends, read_heads};
pub(crate) use record::EncodeFault;
pub use record::{Damage, Header, Newer};
pub use rows_file::RowsFile;
pub use transcript::{Transcript, tail};
pub(crate) use transcript::{TranscriptLine, being_written};
pub use verify::{FileFault, HeadFault, Problem, verify};
pub(crate) use verify::{FolderNote, fits, left_behind};

/// A journal open for writing, by this process alone.
#[derive(Debug)]
pub struct Journal {
    folder: Folder,
    header: Header,
    holder: Holder,
    sink: Box<dyn Sink>,
    head: Head,
    /// The length of all records that are known to be on disk.
    committed_len: u64,
    /// The line that could not be written, as far as it was tried, until the file is repaired.
    failed_write: Option<Vec<u8>>,
    /// None only while it is taken again.
    lock: Option<Lock>,
}

/// What opening a journal had to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovery {
    Clean,
    /// The last record had been cut off while it was written: it was kept in another file and taken out.
    Quarantined {
        /// The number it would have had.
        record: u64,
        /// The file in the run's folder that keeps it.
        file: String,
        /// Its length in bytes.
        bytes: u64,
    },
}

impl Journal {
    /// Begins the journal of a run in its new folder, with a copy of its checklist's bytes.
    ///
    /// # Errors
    /// If the folder is held, or something cannot be written.
    pub fn create(folder: Folder, checklist: &[u8], holder: Holder) -> Result<Self, JournalError> {
        let lock = Lock::take(&folder, &holder)?;
        let path = folder.checklist();
        disk::replace(folder.disk(), &path, checklist).map_err(JournalError::io(FileAction::Write, &path))?;
        let header = Header {
            format: FORMAT,
            run: folder.run().to_string(),
            checklist: Sha::of(checklist),
            greenlight: Some(running().clone()),
            kind: RunKind::Checklist,
        };
        let (line, head) =
            record::encode(0, Sha::from_bytes([0; 32]), &header).map_err(JournalError::Encode)?;
        let path = folder.journal();
        let io = || JournalError::io(FileAction::Create, &path);
        let mut sink = folder.disk().open(&path, OpenMode::New).map_err(io())?;
        disk::write_all(sink.as_mut(), &line).map_err(io())?;
        folder.disk().sync_dir(folder.path()).map_err(io())?;
        let committed_len = length(&line);
        Ok(Self { folder, header, holder, sink, head, committed_len, failed_write: None, lock: Some(lock) })
    }

    /// Opens the journal of an earlier process: its events, and what had to be recovered.
    ///
    /// # Errors
    /// If the run is held, damaged or cannot be read or recovered.
    pub fn open<T: DeserializeOwned>(
        folder: Folder,
        holder: Holder,
    ) -> Result<(Self, Vec<T>, Recovery), JournalError> {
        let mut events = Vec::new();
        let (journal, recovery) = Self::open_each(folder, holder, |event| events.push(event))?;
        Ok((journal, events, recovery))
    }

    /// Opens the journal of an earlier process and gives each of its events to `each`, keeping none.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_each<T: DeserializeOwned>(
        folder: Folder,
        holder: Holder,
        mut each: impl FnMut(T),
    ) -> Result<(Self, Recovery), JournalError> {
        let never_began = || JournalError::NeverBegan { folder: folder.path().to_owned() };
        let path = folder.journal();
        // Asked before the lock is taken, so that nothing is left in a folder that is no run.
        if !path.try_exists().map_err(JournalError::io(FileAction::Read, &path))? {
            return Err(never_began());
        }
        let lock = Lock::take(&folder, &holder)?;
        let walk = walk_events(&folder, |_, event| each(event))?;
        let record = walk.next();
        match walk.end {
            End::Whole | End::Torn(_) => {}
            End::Damaged(what) => return Err(JournalError::Damaged { record, what }),
            End::Newer(newer) => return Err(JournalError::Newer(newer)),
        }
        let (Some(header), Some(head)) = (walk.header, walk.head) else { return Err(never_began()) };
        let mut sink =
            folder.disk().open(&path, OpenMode::Existing).map_err(|source| match source.kind() {
                io::ErrorKind::PermissionDenied => {
                    JournalError::NotAllowed { folder: folder.path().to_owned() }
                }
                _ => JournalError::Io { action: FileAction::Write, path: path.clone(), source },
            })?;
        let tail = if let End::Torn(tail) = &walk.end { length(tail) } else { 0 };
        let found = sink.length_at(&path).map_err(JournalError::io(FileAction::Read, &path))?;
        if found != Some(walk.committed_len + tail) {
            return Err(JournalError::Changed { path });
        }
        let recovery = match walk.end {
            End::Torn(tail) => {
                let file = quarantine(&folder, record, &tail)?;
                cut(sink.as_mut(), walk.committed_len)
                    .map_err(JournalError::io(FileAction::Quarantine, &path))?;
                Recovery::Quarantined { record, file, bytes: length(&tail) }
            }
            End::Whole | End::Damaged(_) | End::Newer(_) => Recovery::Clean,
        };
        let committed_len = walk.committed_len;
        let journal =
            Self { folder, header, holder, sink, head, committed_len, failed_write: None, lock: Some(lock) };
        Ok((journal, recovery))
    }

    /// Adds an event: one write, one flush. When this returns, the record is on disk.
    ///
    /// # Errors
    /// If that is not certain. Nothing more is added then, until [`Self::repair`].
    pub fn append<T: Serialize>(&mut self, event: &T) -> Result<Head, JournalError> {
        if self.failed_write.is_some() {
            return Err(JournalError::Broken);
        }
        let (line, head) =
            record::encode(self.head.seq + 1, self.head.hash, event).map_err(JournalError::Encode)?;
        if let Err(error) = self.is_ours() {
            self.failed_write = Some(Vec::new());
            return Err(error);
        }
        let written = match self.sink.write(&line) {
            Ok(taken) if taken == line.len() => self.sink.sync(),
            Ok(taken) => {
                Err(io::Error::new(io::ErrorKind::WriteZero, DiskFault::Partly { taken, of: line.len() }))
            }
            Err(error) => Err(error),
        };
        match written {
            Ok(()) => {
                self.head = head;
                self.committed_len += length(&line);
                Ok(head)
            }
            Err(source) => {
                self.failed_write = Some(line);
                Err(JournalError::Io { action: FileAction::Write, path: self.folder.journal(), source })
            }
        }
    }

    /// Whether the names in the folder still lead to the files that are open here, and nobody else wrote to the journal.
    fn is_ours(&self) -> Result<(), JournalError> {
        let path = self.folder.journal();
        let length = self.sink.length_at(&path).map_err(JournalError::io(FileAction::Write, &path))?;
        if length != Some(self.committed_len) {
            return Err(JournalError::Changed { path });
        }
        let path = self.folder.lock();
        let in_place = self.lock.as_ref().map_or(Ok(false), Lock::is_in_place);
        if in_place.map_err(JournalError::io(FileAction::Lock, &path))? {
            Ok(())
        } else {
            Err(JournalError::Changed { path })
        }
    }

    /// Whether a write has failed and the file is not repaired yet.
    pub const fn is_broken(&self) -> bool {
        self.failed_write.is_some()
    }

    /// After a failed write: opens the file again and cuts it back to the last good record.
    ///
    /// The record that failed is then not part of the run, whether or not it had reached the disk. The lock is taken
    /// again, because a network share that came back has forgotten it.
    ///
    /// # Errors
    /// If the disk is not back, or somebody else has the run or wrote to it meanwhile. It may be called again.
    pub fn repair(&mut self) -> Result<(), JournalError> {
        let Some(failed) = &self.failed_write else { return Ok(()) };
        self.lock = None;
        self.lock = Some(Lock::take(&self.folder, &self.holder)?);
        let path = self.folder.journal();
        let rest = {
            let io = || JournalError::io(FileAction::Read, &path);
            let mut file = disk::open_plain(&path).map_err(io())?;
            let kept =
                record::walk(BufReader::new(&file).take(self.committed_len), |_, _| Ok(())).map_err(io())?;
            if kept.head != Some(self.head) {
                return Err(JournalError::Changed { path });
            }
            file.seek(SeekFrom::Start(self.committed_len)).map_err(io())?;
            let mut rest = Vec::new();
            file.take(length(failed) + 1).read_to_end(&mut rest).map_err(io())?;
            rest
        };
        let written = rest.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let is_own = rest.get(..written).is_some_and(|written| failed.starts_with(written));
        if !is_own || rest.len() > failed.len() {
            return Err(JournalError::Changed { path });
        }
        let io = || JournalError::io(FileAction::Write, &path);
        let mut sink = self.folder.disk().open(&path, OpenMode::Existing).map_err(io())?;
        if sink.length_at(&path).map_err(io())? != Some(self.committed_len + length(&rest)) {
            return Err(JournalError::Changed { path });
        }
        cut(sink.as_mut(), self.committed_len).map_err(io())?;
        self.sink = sink;
        self.failed_write = None;
        Ok(())
    }

    pub const fn head(&self) -> Head {
        self.head
    }

    /// Record 0.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    pub const fn folder(&self) -> &Folder {
        &self.folder
    }
}

/// Keeps the torn end of a journal in a file of its own, numbered as the record would have been, or after the highest that
/// is there. Each one that a record names took a record, so no name comes twice, even if its file was deleted.
fn quarantine(folder: &Folder, record: u64, tail: &[u8]) -> Result<String, JournalError> {
    let highest = folder.torn_numbers()?.into_iter().next_back();
    let number = highest.map_or(record, |highest| record.max(highest.saturating_add(1)));
    let file = Folder::torn(number);
    let path = folder.path().join(&file);
    let io = || JournalError::io(FileAction::Quarantine, &path);
    let mut sink = folder.disk().open(&path, OpenMode::New).map_err(io())?;
    disk::write_all(sink.as_mut(), tail).map_err(io())?;
    folder.disk().sync_dir(folder.path()).map_err(io())?;
    Ok(file)
}

fn cut(sink: &mut dyn Sink, good: u64) -> io::Result<()> {
    sink.truncate(good)?;
    sink.sync()
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
