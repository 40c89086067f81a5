//! Reading a run, without its lock and without changing anything.

use std::fs::File;
use std::io::{self, BufReader};

use serde::de::DeserializeOwned;

use super::disk;
use super::ends;
use super::error::{FileAction, JournalError};
use super::folder::Folder;
use super::head::Head;
use super::record::{self, Damage, End, Header, Newer, Walk};

/// What reading a journal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every record is good.
    Whole,
    /// The last record is cut off; or, in a run that is open elsewhere, is being written.
    Torn {
        /// The number it would have.
        record: u64,
    },
    /// From this record on nothing can be relied on, and nothing was read.
    Damaged {
        record: u64,
        /// What is wrong with it.
        what: Damage,
    },
    /// From this record on a later greenlight wrote what is not known here, and nothing was read.
    Newer(Newer),
}

/// What [`read`] found.
#[derive(Clone, Debug)]
pub struct Contents<T> {
    /// Record 0.
    pub header: Header,
    /// The events of all good records.
    pub events: Vec<T>,
    /// The last good record.
    pub head: Head,
    /// Whether that is all.
    pub condition: Condition,
}

/// Reads a run that may be open elsewhere, without its lock and without changing anything.
///
/// # Errors
/// If it never began or cannot be read. Damage is no error here: what stands before it is read.
pub fn read<T: DeserializeOwned>(folder: &Folder) -> Result<Contents<T>, JournalError> {
    let mut events = Vec::new();
    let Contents { header, head, condition, .. } = read_each(folder, |event| events.push(event))?;
    Ok(Contents { header, events, head, condition })
}

/// The same, giving each event to `each` and keeping none: memory does not grow with the records.
///
/// # Errors
/// As [`read`].
pub fn read_each<T: DeserializeOwned>(
    folder: &Folder,
    mut each: impl FnMut(T),
) -> Result<Contents<T>, JournalError> {
    read_heads(folder, |_, event| each(event))
}

/// The same, giving with each event the head that its record is.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_heads<T: DeserializeOwned>(
    folder: &Folder,
    each: impl FnMut(Head, T),
) -> Result<Contents<T>, JournalError> {
    contents(folder, walk_events(folder, each)?)
}

/// The same from the two ends of the journal alone, where they tell: of a long one some events at its begin and some at its end
/// are given, each with its head, and `condition` says nothing of what lies between.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_ends<T: DeserializeOwned>(
    folder: &Folder,
    mut each: impl FnMut(Head, T),
) -> Result<Contents<T>, JournalError> {
    let path = folder.journal();
    let io = || JournalError::io(FileAction::Read, &path);
    let mut file = open(folder)?;
    let length = file.metadata().map_err(io())?.len();
    match ends::walk(&mut file, length).map_err(io())? {
        Some((walk, events)) => {
            for (head, event) in events {
                each(head, event);
            }
            contents(folder, with_loss(folder, walk))
        }
        None => read_heads(folder, each),
    }
}

fn contents<T>(folder: &Folder, walk: Walk) -> Result<Contents<T>, JournalError> {
    let record = walk.next();
    match (walk.header, walk.head, walk.end) {
        (Some(header), Some(head), end) => {
            let condition = match end {
                End::Whole => Condition::Whole,
                End::Torn(_) => Condition::Torn { record },
                End::Damaged(what) => Condition::Damaged { record, what },
                End::Newer(newer) => Condition::Newer(newer),
            };
            Ok(Contents { header, events: Vec::new(), head, condition })
        }
        (_, _, End::Damaged(what)) => Err(JournalError::Damaged { record, what }),
        (_, _, End::Newer(newer)) => Err(JournalError::Newer(newer)),
        (_, _, End::Whole | End::Torn(_)) => {
            Err(JournalError::NeverBegan { folder: folder.path().to_owned() })
        }
    }
}

/// Walks over a journal whose events are `T`.
pub(super) fn walk_events<T: DeserializeOwned>(
    folder: &Folder,
    mut each: impl FnMut(Head, T),
) -> Result<Walk, JournalError> {
    let walk = record::walk(BufReader::new(open(folder)?), |head, content| {
        each(head, record::understand(head.seq, content)?);
        Ok(())
    })
    .map_err(JournalError::io(FileAction::Read, &folder.journal()))?;
    Ok(with_loss(folder, walk))
}

fn open(folder: &Folder) -> Result<File, JournalError> {
    let path = folder.journal();
    disk::open_plain(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => JournalError::NeverBegan { folder: folder.path().to_owned() },
        _ => JournalError::Io { action: FileAction::Read, path, source },
    })
}

/// A walk that ended at a cut, where the handoff knows better.
fn with_loss(folder: &Folder, mut walk: Walk) -> Walk {
    // The manifest was written after the record that it names was on disk: that one is no write that was cut off.
    let lost = || folder.handoff_head().is_some_and(|head| head >= walk.next());
    if matches!(walk.end, End::Torn(_)) && lost() {
        walk.end = End::Damaged(Damage::Form);
    }
    walk
}
