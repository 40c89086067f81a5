//! Whether a run's files are what was written: offline, without the lock, changing nothing.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::{fs, io};

use serde::de::DeserializeOwned;

use super::disk;
use super::error::JournalError;
use super::folder::{Folder, HANDOFF, RESULTS, ROWS, TRANSCRIPTS};
use super::head::{Head, HeadCode};
use super::read::walk_events;
use super::record::{Damage, End, Header};
use crate::checklist::Sha;
use crate::run::{FileDigest, LeftOut};

/// A run in which nothing was found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub head: Head,
    /// How many files of the folder fit their digests.
    pub files: u64,
    /// How many records came after the one that the head code names.
    pub since_code: Option<u64>,
    /// What is no damage, and yet to be known.
    pub notes: Vec<FolderNote>,
}

/// Something about a run's folder that no digest speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderNote {
    /// It has another name than the run in it.
    Renamed { run: String },
    /// A transcript or a file of rows was full: this much is in no file.
    LeftOut {
        /// Its name inside the folder.
        file: String,
        left_out: LeftOut,
    },
    /// It holds something that no record names.
    Stray {
        /// Its name inside the folder.
        file: String,
    },
}

/// Something that is not what was written.
#[derive(Debug)]
pub enum Problem {
    /// The journal cannot be read at all.
    Journal(JournalError),
    /// A record; those after it were not looked at.
    Record {
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
    Head { code: HeadCode, fault: HeadFault },
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum FileFault {
    /// It cannot be read.
    Unreadable(io::Error),
    /// Its name leads out of the folder.
    Outside,
    /// It has another length.
    Length { found: u64 },
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
    let is_newer = matches!(walk.end, End::Newer(_));
    match walk.end {
        End::Whole => {}
        End::Torn(_) => problems.push(Problem::Torn { record }),
        End::Damaged(what) => problems.push(Problem::Record { record, what }),
        End::Newer(newer) => problems.push(Problem::Journal(JournalError::Newer(newer))),
    }
    let good_files = verify_files(folder, walk.header.as_ref(), &named, &mut problems);
    let last = walk.head.map_or(0, |head| head.seq);
    if let Some(code) = code {
        let coded = coded.or(walk.start.filter(|start| start.seq == code.seq()));
        match coded {
            // What a later greenlight wrote may hold that record: it was not looked at.
            None if is_newer => {}
            None => problems.push(Problem::Head { code, fault: HeadFault::Shorter { last } }),
            Some(head) if code.is_of(&head) => {}
            Some(_) => problems.push(Problem::Head { code, fault: HeadFault::Differs }),
        }
    }
    match walk.head {
        Some(head) if problems.is_empty() => Ok(Verified {
            head,
            files: good_files,
            since_code: code.map(|code| last - code.seq()),
            notes: notes(folder, walk.header, &named),
        }),
        None if problems.is_empty() => {
            let folder = folder.path().to_owned();
            Err(vec![Problem::Journal(JournalError::NeverBegan { folder })])
        }
        Some(_) | None => Err(problems),
    }
}

/// Checks the checklist and every file that is named; gives how many are what was written.
fn verify_files(
    folder: &Folder,
    header: Option<&Header>,
    named: &[(u64, FileDigest)],
    problems: &mut Vec<Problem>,
) -> u64 {
    let checklist = header.map(|header| {
        let read = read_parts(&folder.checklist(), header.checklist, None, |_| ());
        (0, "checklist.toml", read)
    });
    let named = named.iter().map(|(record, file)| (*record, file.file.as_str(), fits(folder, file)));
    let mut good = 0;
    for (record, file, read) in checklist.into_iter().chain(named) {
        match read {
            Ok(()) => good += 1,
            Err(fault) => problems.push(Problem::File { record, file: file.to_owned(), fault }),
        }
    }
    good
}

/// What is no damage, and yet to be known.
fn notes(folder: &Folder, header: Option<Header>, named: &[(u64, FileDigest)]) -> Vec<FolderNote> {
    let known: BTreeSet<&str> = named.iter().map(|(_, file)| file.file.as_str()).collect();
    let renamed = header.filter(|header| name_of(folder).is_some_and(|name| name != header.run));
    let renamed = renamed.map(|header| FolderNote::Renamed { run: header.run });
    let strays = strays(folder, |file| known.contains(file));
    let strays = strays.into_iter().map(|file| FolderNote::Stray { file });
    let full = named.iter().filter_map(|(_, file)| {
        Some(FolderNote::LeftOut { file: file.file.clone(), left_out: file.left_out? })
    });
    renamed.into_iter().chain(full).chain(strays).collect()
}

/// The folder's own name, whatever the way that leads to it.
fn name_of(folder: &Folder) -> Option<String> {
    let path = fs::canonicalize(folder.path()).ok()?;
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// What lies in the folder, is no file of the journal's own nor of the script that was handed off, and is not known. A
/// link is not followed.
fn strays(folder: &Folder, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = |path: &Path| {
        fs::read_dir(path).into_iter().flatten().flatten().map(|entry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            (entry.path(), entry.file_name().to_string_lossy().into_owned(), is_folder)
        })
    };
    let mut found = Vec::new();
    for (path, name, is_folder) in entries(folder.path()) {
        match name.as_str() {
            inner if is_folder && is_ours(inner) => {
                found.extend(entries(&path).map(|(_, inner, _)| format!("{name}/{inner}")));
            }
            "journal.jsonl" | "checklist.toml" | ".lock" | ".holder" => {}
            RESULTS if is_folder => {}
            _ => found.push(name),
        }
    }
    found.retain(|name| !is_known(name));
    found.sort();
    found
}

/// The transcripts, the files of rows and those of a handoff that are not known, as they are now.
///
/// # Errors
/// If one cannot be read.
pub(crate) fn left_behind(
    folder: &Folder,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<FileDigest>, JournalError> {
    let ours = |file: &String| file.split_once('/').is_some_and(|(inside, _)| is_ours(inside));
    let strays = strays(folder, is_known).into_iter().filter(ours);
    // What is no plain file was not written here.
    strays.filter(|file| folder.path().join(file).is_file()).map(|file| folder.digest_of(file)).collect()
}

/// Whether that is a folder into which files of a run are written.
fn is_ours(name: &str) -> bool {
    [TRANSCRIPTS, ROWS].contains(&name) || name.starts_with(HANDOFF)
}

/// Whether a file of the run is what was written.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn fits(folder: &Folder, file: &FileDigest) -> Result<(), FileFault> {
    each_part(folder, file, |_| ())
}

/// Reads a file of the run, gives its bytes to `each` part by part, and then says whether they were what was written.
pub(super) fn each_part(
    folder: &Folder,
    FileDigest { file, sha256, bytes, .. }: &FileDigest,
    each: impl FnMut(&[u8]),
) -> Result<(), FileFault> {
    let path = folder.inside(file).ok_or(FileFault::Outside)?;
    read_parts(&path, *sha256, Some(*bytes), each)
}

/// The same for a file whose length may not be known.
fn read_parts(
    path: &Path,
    sha256: Sha,
    bytes: Option<u64>,
    each: impl FnMut(&[u8]),
) -> Result<(), FileFault> {
    let file = disk::open_plain(path).map_err(FileFault::Unreadable)?;
    let found = file.metadata().map_err(FileFault::Unreadable)?.len();
    if bytes.is_some_and(|bytes| bytes != found) {
        return Err(FileFault::Length { found });
    }
    let (digest, _) = Sha::of_reader(&mut file.take(found), each).map_err(FileFault::Unreadable)?;
    if digest == sha256 { Ok(()) } else { Err(FileFault::Content) }
}
