//! Whether a run's files are what was written: offline, without the lock, changing nothing.

use std::path::Path;
use std::{fmt, fs, io};

use serde::de::DeserializeOwned;

use super::disk;
use super::error::{Damage, JournalError};
use super::folder::Folder;
use super::head::{Head, HeadCode};
use super::record::End;
use super::walk_events;
use crate::checklist::Sha;
use crate::run::FileDigest;

/// A run in which nothing was found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The last record.
    pub head: Head,
    /// How many files of the folder fit their digests.
    pub files: u64,
    /// How many records came after the one that the head code names.
    pub since_code: Option<u64>,
}

/// Something that is not what was written.
#[derive(Debug)]
pub enum Problem {
    /// The journal cannot be read at all.
    Journal(JournalError),
    /// A record; those after it were not looked at.
    Record {
        /// Its number.
        record: u64,
        /// What is wrong with it.
        what: Damage,
    },
    /// The last record is cut off.
    Torn {
        /// The number it would have.
        record: u64,
    },
    /// A file that a record names.
    File {
        /// The record; 0 for the checklist.
        record: u64,
        /// Its name inside the folder.
        file: String,
        /// What is wrong with it.
        fault: FileFault,
    },
    /// The journal does not fit the head code.
    Head {
        /// The code.
        code: HeadCode,
        /// How.
        fault: HeadFault,
    },
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum FileFault {
    /// It cannot be read.
    Unreadable(io::Error),
    /// Its name leads out of the folder.
    Outside,
    /// It has another length.
    Length {
        /// The length found.
        found: u64,
    },
    /// It has another content.
    Content,
}

/// How a journal does not fit a head code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadFault {
    /// It ends before the record that the code names.
    Shorter {
        /// Its last good record.
        last: u64,
    },
    /// That record is another one: this is not the journal that the code was taken from, or it was rewritten.
    Differs,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(error) => error.fmt(f),
            Self::Record { record, what } => {
                write!(f, "record {record}: {what}; nothing after it can be relied on")
            }
            Self::Torn { record } => write!(f, "record {record}: it is cut off, or being written"),
            Self::File { record, file, fault } => {
                write!(f, "{}, named in record {record}: {fault}", crate::text::visible(file))
            }
            Self::Head { code, fault } => write!(f, "head code {code}: {fault}"),
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "it cannot be read ({error})"),
            Self::Outside => f.write_str("its name leads out of the run's folder"),
            Self::Length { found } => write!(f, "it has another length ({found} bytes) than was recorded"),
            Self::Content => f.write_str("its content is not what was recorded"),
        }
    }
}

impl fmt::Display for HeadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shorter { last } => {
                write!(f, "the journal ends at record {last}: it was cut short, or is another one")
            }
            Self::Differs => {
                f.write_str("that record is another one: the journal was rewritten, or is another one")
            }
        }
    }
}

/// Checks the whole chain, the checklist, every file that `files` finds named in an event, and the head code if given.
///
/// # Errors
/// Everything that was found wrong.
pub fn verify<T: DeserializeOwned>(
    folder: &Folder,
    mut files: impl FnMut(&T) -> Vec<FileDigest>,
    code: Option<HeadCode>,
) -> Result<Verified, Vec<Problem>> {
    let mut named: Vec<(u64, FileDigest)> = Vec::new();
    let mut coded = None;
    let walk = walk_events(folder, |head, event: T| {
        named.extend(files(&event).into_iter().map(|file| (head.seq, file)));
        if code.is_some_and(|code| code.seq() == head.seq) {
            coded = Some(head);
        }
    })
    .map_err(|error| vec![Problem::Journal(error)])?;

    let mut problems = Vec::new();
    let record = walk.next();
    match walk.end {
        End::Whole => {}
        End::Torn(_) => problems.push(Problem::Torn { record }),
        End::Damaged(what) => problems.push(Problem::Record { record, what }),
    }
    let mut good_files = 0;
    if let Some(header) = &walk.header {
        match fits(&folder.checklist(), header.checklist, None) {
            Ok(()) => good_files += 1,
            Err(fault) => {
                problems.push(Problem::File { record: 0, file: "checklist.toml".to_owned(), fault });
            }
        }
    }
    for (record, FileDigest { file, sha256, bytes }) in named {
        let fits =
            folder.inside(&file).ok_or(FileFault::Outside).and_then(|path| fits(&path, sha256, Some(bytes)));
        match fits {
            Ok(()) => good_files += 1,
            Err(fault) => problems.push(Problem::File { record, file, fault }),
        }
    }
    let last = walk.head.map_or(0, |head| head.seq);
    if let Some(code) = code {
        let coded = coded.or(walk.start.filter(|start| start.seq == code.seq()));
        match coded {
            None => problems.push(Problem::Head { code, fault: HeadFault::Shorter { last } }),
            Some(head) if code.is_of(&head) => {}
            Some(_) => problems.push(Problem::Head { code, fault: HeadFault::Differs }),
        }
    }
    match walk.head {
        Some(head) if problems.is_empty() => {
            Ok(Verified { head, files: good_files, since_code: code.map(|code| last - code.seq()) })
        }
        Some(_) => Err(problems),
        None => {
            if problems.is_empty() {
                let folder = folder.path().to_owned();
                problems.push(Problem::Journal(JournalError::NeverBegan { folder }));
            }
            Err(problems)
        }
    }
}

/// Whether a file has this digest, and this length where it is known.
fn fits(path: &Path, sha256: Sha, bytes: Option<u64>) -> Result<(), FileFault> {
    let found = fs::metadata(path).map_err(FileFault::Unreadable)?.len();
    if bytes.is_some_and(|bytes| bytes != found) {
        return Err(FileFault::Length { found });
    }
    let (digest, _) = disk::digest(path).map_err(FileFault::Unreadable)?;
    if digest == sha256 { Ok(()) } else { Err(FileFault::Content) }
}
